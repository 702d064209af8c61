import type { KnownFields, ProposedFields } from "@contract";
import { Plus, X } from "lucide-react";
import { Button, FieldShell, IconButton, TextField } from "../../ui/index.ts";
import { withField, type Draft } from "./draft-form.ts";
import type { EditorModel } from "./editor-model.ts";
import { fieldFrame } from "./form-fields.tsx";

type Row = NonNullable<ProposedFields["additionalAttributes"]>[number];

function rowsOf(known: KnownFields, draft: Draft): readonly Row[] {
  if (draft.proposed.additionalAttributes !== undefined) return draft.proposed.additionalAttributes;
  const value = known.additionalAttributes?.value;
  return Array.isArray(value) ? value.filter((row) => typeof row === "object") : [];
}

function textOf(value: Row[string] | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function otherKeys({ attributeName: _name, value: _value, ...others }: Row): string | undefined {
  return Object.keys(others).length === 0 ? undefined : `Kept as it is: ${JSON.stringify(others)}`;
}

/** Name and value rows; whatever else a row holds is kept. */
export function AttributeRows({ model }: { readonly model: EditorModel }) {
  const rows = rowsOf(model.known, model.draft);
  const propose = (change: (rows: readonly Row[]) => readonly Row[], step: boolean) =>
    model.edit(
      "additionalAttributes",
      (draft) => withField(draft, "additionalAttributes", [...change(rowsOf(model.known, draft))]),
      { step },
    );
  const set = (index: number, key: "attributeName" | "value", text: string) =>
    propose((now) => now.map((row, at) => (at === index ? { ...row, [key]: text } : row)), false);
  return (
    <FieldShell {...fieldFrame({ model, field: "additionalAttributes", span: "all" })}>
      <div className="attributes">
        {rows.map((row, index) => {
          const others = otherKeys(row);
          return (
            // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
            <div key={index} className="row">
              <TextField
                label={`Name ${String(index + 1)}`}
                value={textOf(row["attributeName"])}
                onChange={(text) => set(index, "attributeName", text)}
              />
              <TextField
                label={`Value ${String(index + 1)}`}
                value={textOf(row["value"])}
                onChange={(text) => set(index, "value", text)}
              />
              <IconButton
                label={`Remove attribute ${String(index + 1)}`}
                icon={X}
                onPress={() => propose((now) => now.filter((_row, at) => at !== index), true)}
              />
              {others === undefined ? null : <span className="extra">{others}</span>}
            </div>
          );
        })}
        <div>
          <Button
            size="sm"
            icon={Plus}
            onPress={() => propose((now) => [...now, { attributeName: "", value: "" }], true)}
          >
            Add attribute
          </Button>
        </div>
      </div>
    </FieldShell>
  );
}
