import type { BatchDetail } from "@contract";
import { accountNumberWarning } from "@contract/rules/account-number-text.ts";
import { ArrowLeft, Send } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { reasonCategories } from "../../bridge/reason-categories.ts";
import {
  Banner,
  Button,
  counted,
  countText,
  EnvironmentBadge,
  ErrorSummary,
  Facts,
  RiskTag,
  SelectField,
  TextAreaField,
  TextField,
  ToggleGroup,
} from "../../ui/index.ts";
import { usePageKeys } from "../../ui/page-keys.ts";
import {
  approvalReason,
  broughtWords,
  confirmInput,
  confirmLabel,
  confirmProblems,
  effectSentence,
  isHighRisk,
  mustType,
  mustTypeCount,
  notSentWords,
  type ConfirmForm,
  type ConfirmProblem,
} from "./confirm-form.ts";
import type { StepProps } from "./file-step.tsx";
import { WizardFrame } from "./wizard-frame.tsx";

export interface ConfirmStepProps extends StepProps {
  readonly form: ConfirmForm;
  readonly onForm: (form: ConfirmForm) => void;
}

/** What will happen: object, count, effect, environment. */
function Effect({ batch }: { readonly batch: BatchDetail }) {
  const { totals } = batch;
  const left = (batch.counts["will-change"] ?? 0) - totals.chosen;
  return (
    <section className="confirm-effect" aria-label="What will happen">
      <h2>
        {counted(totals.chosen, "account")} {totals.chosen === 1 ? "changes" : "change"}{" "}
        {batch.environment === undefined ? null : <EnvironmentBadge environment={batch.environment} />}
      </h2>
      <p>{totals.sentence}</p>
      <p className="soft">{effectSentence(batch)}</p>
      <Facts
        wrap
        facts={[
          { label: "Connection", value: batch.connectionName ?? "unknown" },
          {
            label: "Risk",
            value: (
              <span className="codes">
                {(["high", "medium", "low"] as const)
                  .filter((risk) => totals.risk[risk] > 0)
                  .map((risk) => (
                    <span key={risk} className="codes">
                      <RiskTag risk={risk} /> {countText(totals.risk[risk])}
                    </span>
                  ))}
              </span>
            ),
          },
          ...(batch.approvals === 0
            ? []
            : [{ label: "For approval", value: `${counted(batch.approvals, "row")}. ${approvalReason(batch)}` }]),
          { label: "Left out", value: left === 0 ? "none" : `${counted(left, "row")} you unticked` },
          { label: "Not sent", value: notSentWords(batch) },
        ]}
      />
    </section>
  );
}

interface FieldsProps extends Pick<ConfirmStepProps, "batch" | "form" | "onForm"> {
  readonly problems: readonly ConfirmProblem[];
}

function Fields({ batch, form, onForm, problems }: FieldsProps) {
  const set = (part: Partial<ConfirmForm>) => onForm({ ...form, ...part });
  const errorAt = (field: ConfirmProblem["field"]) => problems.find((problem) => problem.field === field)?.message;
  const chosen = countText(batch.totals.chosen);
  return (
    <section className="confirm-fields" aria-label="Why, and how it runs">
      <SelectField
        label="Reason category"
        name="reasonCategory"
        placeholder="Choose one"
        choices={reasonCategories.map((id) => ({ id, label: id }))}
        value={form.reasonCategory === "" ? undefined : form.reasonCategory}
        onChange={(reasonCategory) => set({ reasonCategory })}
        error={errorAt("reasonCategory")}
      />
      <TextField
        label="Authorisation ref."
        name="authorisationRef"
        mono
        maxLength={100}
        required={mustType(batch, "authorisationRef")}
        value={form.authorisationRef}
        onChange={(authorisationRef) => set({ authorisationRef })}
        error={errorAt("authorisationRef")}
        warning={accountNumberWarning(form.authorisationRef)}
        help={broughtWords(batch, "authorisationRef") ?? "Kept in the trail, not sent."}
      />
      <TextAreaField
        label="Reason"
        name="reason"
        span="all"
        required={mustType(batch, "reason")}
        help={broughtWords(batch, "reason")}
        countTo={255}
        value={form.reason}
        onChange={(reason) => set({ reason })}
        error={errorAt("reason")}
        warning={accountNumberWarning(form.reason)}
      />
      <ToggleGroup
        label="When Finzly refuses rows"
        name="stops"
        span={form.stops ? 1 : "all"}
        choices={[
          { id: "on", label: "Go on" },
          { id: "stop", label: "Stop after some" },
        ]}
        value={form.stops ? "stop" : "on"}
        onChange={(choice: "on" | "stop") => set({ stops: choice === "stop" })}
        help={
          form.stops
            ? "Rows under way finish; the others stay and can be sent later."
            : "Every row is tried; refused ones can be sent again."
        }
      />
      {form.stops ? (
        <TextField
          label="Stop after this many refusals"
          name="stopAfter"
          inputMode="numeric"
          value={form.stopAfter}
          onChange={(stopAfter) => set({ stopAfter })}
          error={errorAt("stopAfter")}
        />
      ) : null}
      {mustTypeCount(batch) ? (
        <TextField
          label={`Type ${chosen} to confirm`}
          name="typedCount"
          inputMode="numeric"
          span="all"
          required
          value={form.typedCount}
          onChange={(typedCount) => set({ typedCount })}
          error={errorAt("typedCount")}
          help={
            isHighRisk(batch) ? `${counted(batch.totals.risk.high, "change")} of High risk.` : "More than 100 changes."
          }
        />
      ) : null}
    </section>
  );
}

/** Object, count, effect and environment; the reason; and the one button that sends. */
export function ConfirmStep({ batch, onStep, form, onForm }: ConfirmStepProps) {
  const confirm = useCommand("batches.confirm");
  const [turn, setTurn] = useState(0);
  const back = useRef<HTMLButtonElement>(null);
  const fields = useRef<HTMLDivElement>(null);
  const isHigh = isHighRisk(batch);
  useEffect(() => {
    if (isHigh) back.current?.focus();
    else fields.current?.querySelector<HTMLElement>("button, input")?.focus();
  }, [isHigh]);
  const problems = turn === 0 ? [] : confirmProblems(batch, form);
  const send = async () => {
    setTurn((before) => before + 1);
    if (confirmProblems(batch, form).length > 0) return;
    await confirm.run(confirmInput(batch, form));
  };
  usePageKeys({ "Ctrl Enter": () => void send() });
  return (
    <WizardFrame
      batch={batch}
      step="confirm"
      onStep={onStep}
      banner={
        confirm.failure === undefined ? undefined : (
          <Banner tone="bad" title="Nothing was sent.">
            {failureSentence(confirm.failure)}
          </Banner>
        )
      }
      note={
        <span className="soft small">
          Nothing reaches {(batch.environment ?? "training").toUpperCase()} before you press the button.
        </span>
      }
      onBack={() => onStep("compare")}
      actions={
        <>
          <Button ref={back} icon={ArrowLeft} keys="[" onPress={() => onStep("compare")}>
            Back to Compare
          </Button>
          <Button
            variant="primary"
            icon={Send}
            keys="Ctrl Enter"
            isPending={confirm.isRunning}
            onPress={() => void send()}
          >
            {confirmLabel(batch)}
          </Button>
        </>
      }
    >
      <div className="scroll confirm-step" ref={fields}>
        <ErrorSummary
          errors={problems}
          turn={turn}
          title={`${counted(problems.length, "thing")} to put right. Nothing was sent.`}
        />
        <Effect batch={batch} />
        <Fields batch={batch} form={form} onForm={onForm} problems={problems} />
      </div>
    </WizardFrame>
  );
}
