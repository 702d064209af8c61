import type { BatchDetail, ColumnDraft } from "@contract";
import { Check } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { Icon } from "../../ui/index.ts";
import { canShow, stepNote, steps, stepTitles, type Step } from "./batch-steps.ts";

export interface StepBarProps {
  readonly batch: BatchDetail;
  /** Columns chosen and not checked yet. */
  readonly pending: ColumnDraft | undefined;
  readonly step: Step;
  readonly onStep: (step: Step) => void;
}

/** Where a person is on the way from a file to sending; steps already reached can be gone back to. */
export function StepBar({ batch, pending, step, onStep }: StepBarProps) {
  const here = steps.indexOf(step);
  return (
    <ol className="steps" aria-label="Import steps">
      {steps.map((each, at) => {
        const mark = at < here ? "done" : at === here ? "now" : "todo";
        const inside = (
          <>
            <span className="n">{mark === "done" ? <Icon of={Check} size="xs" /> : at + 1}</span>
            <span className="t">
              {stepTitles[each]}
              <small>{stepNote(each, batch, pending)}</small>
            </span>
          </>
        );
        return (
          <li key={each} className={mark} aria-current={mark === "now" ? "step" : undefined}>
            {mark !== "now" && canShow(each, batch, pending) ? (
              <AriaButton className="step-btn" onPress={() => onStep(each)}>
                {inside}
              </AriaButton>
            ) : (
              <span className="step-btn">{inside}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
