import { draftDiffers, type BatchDetail, type BatchProgress, type ColumnDraft } from "@contract";
import { ArrowRight, FileUp } from "lucide-react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import {
  Banner,
  Button,
  bytesText,
  Callout,
  counted,
  countText,
  Empty,
  Facts,
  Link,
  dateTimeText,
  Progress,
  ShortHash,
  useNavigate,
} from "../../ui/index.ts";
import { isFromSavedMap, isReadIn, type Step } from "./batch-steps.ts";
import { HowRead, ReadOtherwise } from "./how-read.tsx";
import { PreviewGrid } from "./preview-grid.tsx";
import { workSentence } from "./progress-words.ts";
import { ReadProblems } from "./read-problems.tsx";
import { NotTakenOver, TakenOver } from "./taken-over.tsx";
import { WizardFrame } from "./wizard-frame.tsx";

export interface StepProps {
  readonly batch: BatchDetail;
  readonly progress: BatchProgress | undefined;
  /** Columns chosen and not checked yet. */
  readonly pending: ColumnDraft | undefined;
  readonly onStep: (step: Step) => void;
}

function Reads({ batch, progress }: Pick<StepProps, "batch" | "progress">) {
  const cancel = useCommand("batches.cancel");
  const beginning = isReadIn(batch) ? "Opening the file." : "Gathering the rows.";
  return (
    <div className="reads" aria-busy="true">
      <p className="strong">Reading {batch.fileName ?? "the rows"}…</p>
      <Progress label="Rows read" done={progress?.rowsDone ?? 0} total={progress?.rowsTotal} />
      <p className="soft">{progress === undefined ? beginning : workSentence(progress)}</p>
      <div className="acts">
        <Button isPending={cancel.isRunning} onPress={() => void cancel.run({ id: batch.id })}>
          Cancel reading
        </Button>
        <span className="muted small">
          {batch.readsAgain
            ? "Cancel, and it stays as it was read before. You can go elsewhere; reading goes on."
            : "Nothing is sent while a file is read. You can go elsewhere; reading goes on."}
        </span>
      </div>
      {cancel.failure === undefined ? null : <Callout tone="bad">{failureSentence(cancel.failure)}</Callout>}
    </div>
  );
}

function FileFacts({ batch }: { readonly batch: BatchDetail }) {
  return (
    <Facts
      facts={[
        { label: "Rows", value: countText(batch.rows) },
        ...(batch.bytes === undefined ? [] : [{ label: "Size", value: bytesText(batch.bytes) }]),
        ...(batch.sha256 === undefined ? [] : [{ label: "SHA-256", value: <ShortHash hash={batch.sha256} /> }]),
        { label: isReadIn(batch) ? "Read" : "Taken over", value: `${dateTimeText(batch.createdAtMs)}, ${batch.madeBy}` },
      ]}
    />
  );
}

/** Whether a map saved for these very headings says it all, so that the columns need no look. */
function isMapped(batch: BatchDetail, pending: ColumnDraft | undefined): boolean {
  if (pending !== undefined && draftDiffers(pending, batch)) return false;
  const isReady =
    batch.key !== undefined && batch.connectionId !== undefined && batch.columns.every(({ unit }) => unit !== "ask");
  return batch.state === "columns" && isReady && isFromSavedMap(batch);
}

function SameFile({ batch }: { readonly batch: BatchDetail }) {
  const { sameFile } = batch;
  if (sameFile === undefined) return null;
  return (
    <Banner tone="warn" title="The same file was imported before.">
      <Link to={`/import/${String(sameFile.id)}`}>{sameFile.name}</Link>, {dateTimeText(sameFile.atMs)}. Look at what
      became of it before you send these rows again.
    </Banner>
  );
}

/** How the file was understood, with its first rows; anything detected can be changed. */
export function FileStep({ batch, progress, pending, onStep }: StepProps) {
  const choose = useCommand("batches.chooseFile");
  const check = useCommand("batches.check");
  const go = useNavigate();
  const { preview, columns, readProblems, raggedRows } = batch;
  /** With keys: what stands here while the file is read stays when it is read. */
  const firstRows = [
    <ReadProblems key="problems" readProblems={readProblems} raggedRows={raggedRows} />,
    <PreviewGrid key="rows" preview={preview} columns={columns} />,
  ];
  const chooseAnother = async () => {
    const result = await choose.run({});
    if (result.ok && result.value.id !== undefined) go(`/import/${String(result.value.id)}`);
  };
  if (batch.state === "reading") {
    return (
      <WizardFrame batch={batch} step="file" onStep={onStep} actions={null}>
        <div className="scroll file-step">
          {[<Reads key="reads" batch={batch} progress={progress} />, ...(columns.length === 0 ? [] : firstRows)]}
        </div>
      </WizardFrame>
    );
  }
  const isFailed = batch.state === "failed";
  const skips = isMapped(batch, pending);
  const banner =
    check.failure !== undefined ? (
      <Banner tone="bad" title="The rows could not be checked.">
        {failureSentence(check.failure)}
      </Banner>
    ) : batch.readMessage !== undefined ? (
      <Banner tone="bad" title="The file was not read in another way.">
        {batch.readMessage} It stays as it was read before, with everything you did here.
      </Banner>
    ) : batch.sameFile !== undefined && !isFailed ? (
      <SameFile batch={batch} />
    ) : skips ? (
      <Banner
        tone="info"
        title={`The saved map “${batch.mapName ?? ""}” fits these headings exactly.`}
        actions={
          <Button size="sm" onPress={() => onStep("columns")}>
            Look at the columns
          </Button>
        }
      >
        The step Columns is skipped.
      </Banner>
    ) : undefined;
  const goOn = async () => {
    if (!skips) return onStep("columns");
    const result = await check.run({ id: batch.id, revision: batch.revision });
    if (result.ok) onStep("check");
  };
  return (
    <WizardFrame
      batch={batch}
      step="file"
      pending={pending}
      onStep={onStep}
      banner={banner}
      note={
        isFailed ? undefined : (
          <span className="soft small">
            {counted(batch.rows, "row")} {isReadIn(batch) ? "read" : "taken over"}. Every cell is kept as text.
          </span>
        )
      }
      onNext={isFailed || check.isRunning ? undefined : () => void goOn()}
      actions={
        isFailed ? null : (
          <Button variant="primary" icon={ArrowRight} keys="]" isPending={check.isRunning} onPress={() => void goOn()}>
            {skips ? "Check the rows" : "Continue to Columns"}
          </Button>
        )
      }
    >
      <div className="scroll file-step">
        {isFailed && !isReadIn(batch) ? (
          <NotTakenOver batch={batch} />
        ) : isFailed ? (
          <>
            <Empty
              title="This file could not be read"
              action={
                <Button variant="primary" icon={FileUp} onPress={() => void chooseAnother()}>
                  Choose another CSV file
                </Button>
              }
            >
              {batch.message ?? "Vostro could not read it."} Nothing was changed.
            </Empty>
            <ReadOtherwise batch={batch} />
          </>
        ) : (
          [
            isReadIn(batch) ? <HowRead key="how" batch={batch} /> : <TakenOver key="from" batch={batch} />,
            ...firstRows,
            <FileFacts key="facts" batch={batch} />,
          ]
        )}
      </div>
    </WizardFrame>
  );
}
