import { batchSourceNames, type BatchDetail, type ColumnDraft } from "@contract";
import { FileSpreadsheet, Save, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { Button, counted, dateText, Icon, Link, PageHeader, Tag, useNavigate } from "../../ui/index.ts";
import { usePageKeys } from "../../ui/page-keys.ts";
import { DiscardBatch } from "./discard-batch.tsx";
import { hasFile, isReadIn, type Step } from "./batch-steps.ts";
import { readingWords, shortSha } from "./batch-words.ts";
import { StepBar } from "./step-bar.tsx";

const keyWords: Readonly<Record<NonNullable<BatchDetail["key"]>, string>> = {
  "customer-and-account": "Key: customer UID and account UID",
  "account-number": "Key: account number",
  "last-four-and-customer": "Key: customer UID and last four",
};

/** The file's name, size and hash, as a chip. */
export function FileChip({ batch }: { readonly batch: BatchDetail }) {
  return (
    <span className="filechip">
      <Icon of={FileSpreadsheet} size="s" />
      <span className="name">{batch.fileName ?? batchSourceNames[batch.source]}</span>
      <span className="muted">
        {batch.state === "reading" ? "being read" : counted(batch.rows, "row")}
        {batch.reading === undefined || !isReadIn(batch) ? "" : `, ${readingWords(batch.reading)}`}
        {batch.sha256 === undefined ? null : (
          <>
            , SHA-256 <span className="id">{shortSha(batch.sha256)}</span>
          </>
        )}
      </span>
    </span>
  );
}

/** The same bytes again: on every step, because a saved map may skip the first ones. */
function ImportedBefore({ batch }: { readonly batch: BatchDetail }) {
  const { sameFile } = batch;
  if (sameFile === undefined) return null;
  return (
    <Tag tone="warn" icon={TriangleAlert}>
      Imported before, <Link to={`/import/${String(sameFile.id)}`}>{dateText(sameFile.atMs)}</Link>
    </Tag>
  );
}

export interface WizardFrameProps {
  readonly batch: BatchDetail;
  readonly step: Step;
  /** Columns chosen and not checked yet, where a step can be shown with them. */
  readonly pending?: ColumnDraft | undefined;
  readonly onStep: (step: Step) => void;
  readonly banner?: ReactNode;
  readonly children: ReactNode;
  /** Left of the buttons: totals, what is still missing. */
  readonly note?: ReactNode;
  /** Back and on, the primary one last. */
  readonly actions: ReactNode;
  /** What "[" and "]" do here, as the buttons of the step say. */
  readonly onBack?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
}

/** The frame of every step: the file, where one is, what happens here, and the way back and on. */
export function WizardFrame(props: WizardFrameProps) {
  const { batch, step, pending, onStep, banner, children, note, actions, onBack, onNext } = props;
  const may = useMayEdit();
  usePageKeys({
    ...(onBack === undefined || !may ? {} : { "[": onBack }),
    ...(onNext === undefined || !may ? {} : { "]": onNext }),
  });
  const go = useNavigate();
  const facts = [
    batch.key === undefined || !hasFile(batch) ? "" : keyWords[batch.key],
    batch.mapName === undefined ? "" : `Map: ${batch.mapName}`,
  ];
  return (
    <div className="page wizard">
      <PageHeader
        title={batch.name}
        crumbs={[{ label: "Import", to: "/import" }]}
        beside={
          <>
            <FileChip batch={batch} />
            <ImportedBefore batch={batch} />
          </>
        }
        actions={
          <>
            <span className="soft small wizard-facts">{facts.filter((fact) => fact !== "").join(". ")}</span>
            {may ? <DiscardBatch batch={batch} /> : null}
            <Button variant="quiet" size="sm" icon={Save} onPress={() => go("/import")}>
              {may ? "Save and close" : "Close"}
            </Button>
          </>
        }
      />
      <StepBar batch={batch} pending={pending} step={step} onStep={onStep} />
      {banner}
      <div className="fill wizard-body" data-pane tabIndex={-1}>
        {children}
      </div>
      <footer className="wizfoot" data-pane>
        {may ? note : <span className="soft small">Only a maker or an administrator can work on these rows.</span>}
        <span className="grow" />
        {may ? actions : null}
      </footer>
    </div>
  );
}
