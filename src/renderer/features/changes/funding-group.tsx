import { basisOf, chooseBasis, fundingBases, fundingBasisWords, offsetIsForced, type FundingBasis } from "@contract/rules/funding-basis.ts";
import { ToggleGroup } from "../../ui/index.ts";
import { withoutFields } from "./draft-form.ts";
import type { EditorModel } from "./editor-model.ts";
import { issuesOf } from "./field-values.ts";
import { DraftMoney, DraftText } from "./form-fields.tsx";
import { FormGroup } from "./form-group.tsx";

const fields = ["isUnderWritten", "isAchPrefund", "debitExposureLimit", "creditExposureLimit", "achCompanyId", "callbackLimit"] as const;
const choices = fundingBases.map((basis) => ({ id: basis, label: fundingBasisWords[basis] }));

function FundingBasisField({ model }: { readonly model: EditorModel }) {
  const { known, draft, checked } = model;
  const basis = basisOf(known, draft.proposed);
  const chosen: FundingBasis | undefined = basis === "unknown" || basis === "both" ? undefined : basis;
  const isProposed = draft.proposed.isAchPrefund !== undefined || draft.proposed.isUnderWritten !== undefined;
  const changed = checked.changes.some((change) => change.field === "isAchPrefund" || change.field === "isUnderWritten");
  const issues = [...issuesOf("isAchPrefund", checked.issues), ...issuesOf("isUnderWritten", checked.issues)];
  const words = (severity: "error" | "warning") =>
    issues.filter((issue) => issue.severity === severity).map((issue) => issue.message).join(" ") || undefined;
  const choose = (next: FundingBasis) =>
    model.edit("fundingBasis", (now) => ({ ...now, proposed: chooseBasis(next, known, now.proposed).proposed }), { step: true });
  const revert = () =>
    model.edit(
      "fundingBasis",
      (now) => {
        const forced = offsetIsForced(known, now.proposed) ? (["enableOffset"] as const) : [];
        return withoutFields(now, ["isAchPrefund", "isUnderWritten", ...forced]);
      },
      { step: true },
    );
  const help =
    chosen !== undefined && isProposed
      ? chooseBasis(chosen, known, draft.proposed).sends
      : chosen === undefined
        ? "The last known basis is unknown; nothing is sent until you choose."
        : "Last known; nothing is sent.";
  return (
    <ToggleGroup
      label="Funding basis"
      name="isAchPrefund"
      span={2}
      choices={choices}
      value={chosen}
      onChange={choose}
      changed={changed}
      onRevert={revert}
      help={help}
      error={words("error")}
      warning={words("warning")}
    />
  );
}

export function FundingGroup({ model }: { readonly model: EditorModel }) {
  return (
    <FormGroup title="ACH funding and limits" fields={fields} known={model.known}>
      <FundingBasisField model={model} />
      <DraftMoney model={model} field="debitExposureLimit" />
      <DraftMoney model={model} field="creditExposureLimit" />
      <DraftText model={model} field="achCompanyId" mono />
      <DraftMoney model={model} field="callbackLimit" />
    </FormGroup>
  );
}
