import { finzlyFields, subtypesByType } from "@contract/rules/finzly-fields.ts";
import type { EditorModel } from "./editor-model.ts";
import { shownText } from "./field-values.ts";
import { DraftChoice, DraftMasked, DraftText } from "./form-fields.tsx";
import { FormGroup } from "./form-group.tsx";

const fields = [
  "accountName", "accountType", "accountSubType", "systemOfRecords", "accountNumber", "currency", "costCenter", "masterGl",
] as const;

function subtypesFor(model: EditorModel) {
  const type = shownText("accountType", model.known, model.draft.proposed);
  const fitting = subtypesByType.get(type);
  const all = finzlyFields.accountSubType.choices ?? [];
  return fitting === undefined ? all : all.filter((choice) => choice.replacement !== undefined || fitting.includes(choice.value));
}

export function IdentityGroup({ model }: { readonly model: EditorModel }) {
  return (
    <FormGroup title="Identity" fields={fields} known={model.known}>
      <DraftText model={model} field="accountName" />
      <DraftChoice model={model} field="accountType" />
      <DraftChoice model={model} field="accountSubType" choices={subtypesFor(model)} />
      <DraftChoice model={model} field="systemOfRecords" />
      <DraftMasked model={model} field="accountNumber" />
      <DraftText model={model} field="currency" mono />
      <DraftText model={model} field="costCenter" mono />
      <DraftText model={model} field="masterGl" mono />
    </FormGroup>
  );
}

const routingFields = ["routingNumber", "bankIdType", "countryCode", "fboAccountNumber"] as const;

export function RoutingGroup({ model }: { readonly model: EditorModel }) {
  return (
    <FormGroup title="Routing" fields={routingFields} known={model.known} className="routing">
      <DraftText model={model} field="routingNumber" mono />
      <DraftChoice model={model} field="bankIdType" />
      <DraftText model={model} field="countryCode" mono />
      <DraftMasked model={model} field="fboAccountNumber" />
    </FormGroup>
  );
}

const finicityFields = ["accountName", "accountNumber"] as const;

/** All that Finicity takes of an account. */
export function NameAndNumberGroup({ model }: { readonly model: EditorModel }) {
  return (
    <FormGroup title="Name and number at Finicity" fields={finicityFields} known={model.known}>
      <DraftText model={model} field="accountName" />
      <DraftMasked model={model} field="accountNumber" />
    </FormGroup>
  );
}
