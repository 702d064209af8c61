import type { BatchDetail, BatchProgress } from "@contract";
import { useCallback, useEffect, useRef, useState } from "react";
import { call } from "../../bridge/index.ts";
import { useAnnounce, useFocusRescue } from "../../ui/index.ts";
import { canShow, landingStep, stepTitles, type Step } from "./batch-steps.ts";
import { CheckStep } from "./check-step.tsx";
import { setColumnsInput, type ColumnDraft } from "./column-draft.ts";
import { ColumnsStep } from "./columns-step.tsx";
import { CompareStep } from "./compare-step.tsx";
import { confirmFormOf, wholeNumber, type ConfirmForm } from "./confirm-form.ts";
import { ConfirmStep } from "./confirm-step.tsx";
import { FileStep } from "./file-step.tsx";
import { noFilter, type PlanFilter } from "./row-filter.ts";

export interface WizardPageProps {
  readonly batch: BatchDetail;
  readonly progress: BatchProgress | undefined;
}

interface Held {
  readonly batch: BatchDetail;
  readonly step: Step;
  readonly form: ConfirmForm;
  readonly draft: ColumnDraft | undefined;
  /** Whether the person did anything here; looking on keeps nothing. */
  readonly isTouched: boolean;
}

/** Main remembers where a person is and what they typed, so that leaving, a lock or a restart loses nothing. */
async function keepPlace({ batch, step, form, draft, isTouched }: Held): Promise<void> {
  if (!isTouched) return;
  const stopAfter = form.stops ? wholeNumber(form.stopAfter) : undefined;
  if (batch.state === "columns" && draft !== undefined) {
    const input = setColumnsInput(batch, { ...draft, saveMapAs: "" });
    if (input !== undefined) await call("batches.setColumns", input);
  }
  await call("batches.keepPlace", {
    id: batch.id,
    step,
    reasonCategory: form.reasonCategory,
    reason: form.reason.slice(0, 255),
    authorisationRef: form.authorisationRef,
    ...(stopAfter === undefined ? {} : { stopAfterRefusals: stopAfter }),
  });
}

/** From a file to sending, step by step; going back keeps everything. */
export function WizardPage({ batch, progress }: WizardPageProps) {
  const [chosen, setChosen] = useState<Step>();
  const [draft, setDraft] = useState<ColumnDraft>();
  const [typed, setTyped] = useState<ConfirmForm>();
  const [filter, setFilter] = useState<PlanFilter>({ ...noFilter, bucket: "will-change" });
  const announce = useAnnounce();
  const step = chosen !== undefined && canShow(chosen, batch) ? chosen : landingStep(batch);

  const form = typed ?? confirmFormOf(batch);
  const isTouched = typed !== undefined || draft !== undefined || chosen !== undefined;
  const held = useRef<Held>({ batch, step, form, draft, isTouched });
  useEffect(() => {
    held.current = { batch, step, form, draft, isTouched };
  });
  const { state } = batch;
  useEffect(() => {
    announce(`Step ${stepTitles[step]}.`);
  }, [step, announce]);
  useEffect(() => {
    if (state === "reading") setDraft(undefined);
  }, [state]);
  useEffect(() => () => void keepPlace(held.current), []);

  const onStep = useCallback((next: Step) => {
    setChosen(next);
    void keepPlace({ ...held.current, step: next, draft: undefined, isTouched: true });
  }, []);
  const frame = useRef<HTMLDivElement>(null);
  useFocusRescue(frame, step);
  const props = { batch, progress, onStep };
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
