import type { BatchDetail, BatchProgress } from "@contract";
import { useEffect, useRef, useState } from "react";
import { useAnnounce, useFocusRescue } from "../../ui/index.ts";
import { canShow, landingStep, stepTitles, type Step } from "./batch-steps.ts";
import { CheckStep } from "./check-step.tsx";
import { keptDraft, type ColumnDraft } from "./column-draft.ts";
import { ColumnsStep } from "./columns-step.tsx";
import { CompareStep } from "./compare-step.tsx";
import { confirmFormOf, wholeNumber, type ConfirmForm } from "./confirm-form.ts";
import { ConfirmStep } from "./confirm-step.tsx";
import { FileStep } from "./file-step.tsx";
import { noFilter, type PlanFilter } from "./row-filter.ts";
import { useKeptPlace } from "./use-kept-place.ts";

export interface WizardPageProps {
  readonly batch: BatchDetail;
  readonly progress: BatchProgress | undefined;
}

/** From a file to sending, step by step; going back keeps everything. */
export function WizardPage({ batch, progress }: WizardPageProps) {
  const [chosen, setChosen] = useState<Step>();
  const [draft, setDraft] = useState<ColumnDraft>();
  const [typed, setTyped] = useState<ConfirmForm>();
  const [filter, setFilter] = useState<PlanFilter>({ ...noFilter, bucket: "will-change" });
  const announce = useAnnounce();
  const pending = draft === undefined ? batch.columnDraft : keptDraft(batch, draft);
  const step = chosen !== undefined && canShow(chosen, batch, pending) ? chosen : landingStep(batch, pending);

  const form = typed ?? confirmFormOf(batch);
  const stopAfter = form.stops ? wholeNumber(form.stopAfter) : undefined;
  useKeptPlace({
    name: batch.name,
    isTouched: typed !== undefined || draft !== undefined || chosen !== undefined,
    place: {
      id: batch.id,
      step,
      reasonCategory: form.reasonCategory,
      reason: form.reason.slice(0, 255),
      authorisationRef: form.authorisationRef,
      ...(stopAfter === undefined ? {} : { stopAfterRefusals: stopAfter }),
      ...(pending === undefined ? {} : { columnDraft: pending }),
    },
  });
  const { state } = batch;
  useEffect(() => {
    announce(`Step ${stepTitles[step]}.`);
  }, [step, announce]);
  useEffect(() => {
    if (state === "reading") setDraft(undefined);
  }, [state]);

  const frame = useRef<HTMLDivElement>(null);
  useFocusRescue(frame, step);
  const props = { batch, progress, pending, onStep: setChosen };
  return (
    <div className="page" ref={frame}>
      {step === "file" ? <FileStep {...props} /> : null}
      {step === "columns" ? <ColumnsStep {...props} draft={draft} onDraft={setDraft} /> : null}
      {step === "check" ? <CheckStep {...props} /> : null}
      {step === "compare" ? <CompareStep {...props} filter={filter} onFilter={setFilter} /> : null}
      {step === "confirm" ? <ConfirmStep {...props} form={form} onForm={setTyped} /> : null}
    </div>
  );
}
