import { draftDiffers } from "@contract";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { failureSentence, useCall, useCommand } from "../../bridge/index.ts";
import { Banner, Button, counted, ErrorSummary, Link, Loading, useFocusRescue } from "../../ui/index.ts";
import {
  draftOf,
  draftProblems,
  ignoredSentence,
  mainsDraft,
  mustCheckAgain,
  setColumnsInput,
  type ColumnDraft,
} from "./column-draft.ts";
import { ColumnSettings } from "./column-settings.tsx";
import { ColumnTable } from "./column-table.tsx";
import type { StepProps } from "./file-step.tsx";
import { WizardFrame } from "./wizard-frame.tsx";

export interface ColumnsStepProps extends StepProps {
  /** What was chosen here before, if anything. */
  readonly draft: ColumnDraft | undefined;
  readonly onDraft: (draft: ColumnDraft) => void;
}

interface ColumnsBannerProps extends Pick<StepProps, "batch" | "pending"> {
  readonly failure: string | undefined;
  readonly onPutBack: () => void;
}

function ColumnsBanner({ batch, pending, failure, onPutBack }: ColumnsBannerProps): ReactNode {
  if (failure !== undefined) {
    return (
      <Banner tone="bad" title="The columns could not be used.">
        {failure}
      </Banner>
    );
  }
  if (mustCheckAgain(batch, pending)) {
    return (
      <Banner
        tone="warn"
        title="The columns changed: check again."
        actions={
          <Button size="sm" onPress={onPutBack}>
            Put back the checked columns
          </Button>
        }
      >
        The rows were checked and compared with other columns. Nothing can be confirmed before they are checked again.
      </Banner>
    );
  }
  const { message, savedMap } = batch;
  if (message !== undefined && batch.state === "columns") {
    return (
      <Banner tone="bad" title="The rows are not checked.">
        {message}
      </Banner>
    );
  }
  if (savedMap?.fits !== true || (pending !== undefined && draftDiffers(pending, batch))) return null;
  return (
    <Banner tone="info" title={`The saved map “${savedMap.name}” fits this file.`}>
      Its columns were taken as they were the last time. Change them here if this file is different.
    </Banner>
  );
}

/** What each column is, how an account is found, and where the changes go. */
export function ColumnsStep({ batch, pending, onStep, draft: kept, onDraft }: ColumnsStepProps) {
  const connections = useCall("connections.list", {});
  const setColumns = useCommand("batches.setColumns");
  const check = useCommand("batches.check");
  const [turn, setTurn] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  useFocusRescue(body, String(batch.savedMap?.id));
  const takesBulk = (connections.data ?? []).filter(({ provider }) => provider === "finzly");
  const draft = kept ?? draftOf(batch, takesBulk);
  const problems = turn === 0 ? [] : draftProblems(draft, batch);
  const failure = setColumns.failure ?? check.failure;
  const keep = async (): Promise<number | undefined> => {
    const input = setColumnsInput(batch, draft);
    if (input === undefined) return undefined;
    const result = await setColumns.run(input);
    return result.ok ? result.value.revision : undefined;
  };
  const goOn = async () => {
    setTurn((before) => before + 1);
    if (draftProblems(draft, batch).length > 0) return;
    const revision = await keep();
    if (revision === undefined) return;
    const result = await check.run({ id: batch.id, revision });
    if (!result.ok) return;
    onDraft({ ...draft, saveMapAs: undefined });
    onStep("check");
  };
  const isReady = connections.data !== undefined && !setColumns.isRunning && !check.isRunning;
  return (
    <WizardFrame
      batch={batch}
      step="columns"
      pending={pending}
      onStep={onStep}
      banner={
        <ColumnsBanner
          batch={batch}
          pending={pending}
          failure={failure === undefined ? undefined : failureSentence(failure)}
          onPutBack={() => onDraft(mainsDraft(batch, takesBulk))}
        />
      }
      note={<span className="soft small">{ignoredSentence(draft, batch.columns)}</span>}
      onBack={() => onStep("file")}
      onNext={isReady ? () => void goOn() : undefined}
      actions={
        <>
          <Button icon={ArrowLeft} keys="[" onPress={() => onStep("file")}>
            Back to File
          </Button>
          <Button
            variant="primary"
            icon={ArrowRight}
            keys="]"
            isPending={!isReady}
            onPress={() => void goOn()}
          >
            Check the rows
          </Button>
        </>
      }
    >
      {connections.data === undefined ? (
        <Loading />
      ) : (
        <div className="columns-step" ref={body}>
          <section className="scroll" aria-label="Columns" data-pane tabIndex={-1}>
            <ErrorSummary
              errors={problems}
              turn={turn}
              title={`${counted(problems.length, "thing")} to put right. Nothing was checked.`}
            />
            {takesBulk.length === 0 ? (
              <p className="prose">
                There is no connection yet. <Link to="/settings/connections">Add a connection</Link>
              </p>
            ) : null}
            <ColumnTable batch={batch} draft={draft} problems={problems} onChange={onDraft} />
          </section>
          <ColumnSettings batch={batch} draft={draft} connections={takesBulk} problems={problems} onChange={onDraft} />
        </div>
      )}
    </WizardFrame>
  );
}
