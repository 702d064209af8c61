import { Disclosure, TextAreaField, ToggleGroup } from "../../ui/index.ts";
import { AttributeRows } from "./attribute-rows.tsx";
import { withField, withoutFields } from "./draft-form.ts";
import type { EditorModel } from "./editor-model.ts";
import { featureObject, prettyFeatures, switchesOf, switchState, withSwitch } from "./feature-switches.ts";
import { knownText } from "./field-values.ts";
import { DraftYesNo, fieldFrame } from "./form-fields.tsx";
import { FormGroup } from "./form-group.tsx";

const fields = [
  "enableOffset", "defaultOffset", "enableWire", "enableCallbacks", "feeAccount", "returnAccount", "accountAnalysis",
] as const;
const switchChoices = [
  { id: "yes", label: "Yes" },
  { id: "no", label: "No" },
  { id: "unset", label: "Not set" },
] as const;

function shownFeatures({ known, draft }: EditorModel): string {
  if (draft.proposed.accountFeatures !== undefined) return draft.proposed.accountFeatures;
  const text = knownText("accountFeatures", known.accountFeatures, "USD");
  const object = featureObject(text);
  return object === undefined ? text : prettyFeatures(object);
}

function FeaturesEditor({ model }: { readonly model: EditorModel }) {
  const text = shownFeatures(model);
  const object = featureObject(text);
  const propose = (next: string, step: boolean) =>
    model.edit(
      "accountFeatures",
      (draft) =>
        next === "" && model.known.accountFeatures === undefined
          ? withoutFields(draft, ["accountFeatures"])
          : withField(draft, "accountFeatures", next),
      { step },
    );
  return (
    <>
      {object === undefined
        ? null
        : switchesOf(object).map((each) => (
            <ToggleGroup
              key={each.key}
              size="sm"
              label={each.label}
              choices={switchChoices}
              value={switchState(object, each)}
              onChange={(state) => propose(withSwitch(object, each, state), true)}
            />
          ))}
      <TextAreaField
        {...fieldFrame({ model, field: "accountFeatures", span: "all" })}
        label="Account features as JSON"
        help="Sent as a whole; keys Vostro does not know are kept."
        mono
        rows={Math.min(12, Math.max(3, text.split("\n").length))}
        value={text}
        onChange={(next) => propose(next, false)}
      />
    </>
  );
}

export function FeaturesGroup({ model }: { readonly model: EditorModel }) {
  const isTouched = (["accountFeatures", "additionalAttributes"] as const).some(
    (field) => model.draft.proposed[field] !== undefined,
  );
  return (
    <FormGroup title="Features" fields={fields} known={model.known}>
      {fields.map((field) => <DraftYesNo key={field} model={model} field={field} />)}
      <div className="more">
        <Disclosure title="Account features, attributes" note={isTouched ? "changed" : undefined} defaultExpanded={isTouched}>
          <div className="more-fields">
            <FeaturesEditor model={model} />
            <AttributeRows model={model} />
          </div>
        </Disclosure>
      </div>
    </FormGroup>
  );
}
