import { accountNumberWarning } from "@contract/rules/account-number-text.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { useProviderName } from "../../bridge/provider-name.ts";
import { SelectField, TextAreaField, TextField } from "../../ui/index.ts";
import { withField, withoutFields } from "./draft-form.ts";
import type { EditorModel } from "./editor-model.ts";
import { issuesOf } from "./field-values.ts";
import { FormGroup } from "./form-group.tsx";
import { reasonCategories } from "./send-words.ts";

export function ReasonGroup({ model }: { readonly model: EditorModel }) {
  const { draft, checked } = model;
  const provider = useProviderName();
  const isRequired = checked.risk.class === "high" && checked.changes.length > 0;
  const errorAt = (path: "reason" | "authorisationRef") =>
    issuesOf(path, checked.issues).filter((issue) => issue.severity === "error").map((issue) => issue.message).join(" ") || undefined;
  const categories = draft.reasonCategory === "" || reasonCategories.includes(draft.reasonCategory)
    ? reasonCategories
    : [...reasonCategories, draft.reasonCategory];
  return (
    <FormGroup
      title="Reason"
      fields={[]}
      known={model.known}
      note={provider === "Finzly" ? "sent to Finzly, kept in the trail" : "kept in the trail, not sent"}
      className="last"
    >
      <SelectField
        label="Category"
        name="reasonCategory"
        placeholder="Choose one"
        choices={categories.map((category) => ({ id: category, label: category }))}
        value={draft.reasonCategory === "" ? undefined : draft.reasonCategory}
        onChange={(reasonCategory) => model.edit("reasonCategory", (now) => ({ ...now, reasonCategory }), { step: true })}
      />
      <TextField
        label="Authorisation ref."
        name="authorisationRef"
        mono
        maxLength={100}
        required={isRequired}
        value={draft.authorisationRef}
        onChange={(authorisationRef) => model.edit("authorisationRef", (now) => ({ ...now, authorisationRef }))}
        error={errorAt("authorisationRef")}
        warning={accountNumberWarning(draft.authorisationRef)}
        help="Kept in the trail, not sent."
      />
      <TextAreaField
        label={finzlyFields.reason.label}
        name="reason"
        span={2}
        required={isRequired}
        countTo={255}
        value={draft.proposed.reason ?? ""}
        onChange={(text) =>
          model.edit("reason", (now) => (text === "" ? withoutFields(now, ["reason"]) : withField(now, "reason", text)))
        }
        error={errorAt("reason")}
        warning={accountNumberWarning(draft.proposed.reason ?? "")}
      />
    </FormGroup>
  );
}
