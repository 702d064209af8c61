/* oxlint-disable jsx-a11y/no-autofocus -- the field appears because a person asked for it */
import { useState, type KeyboardEvent } from "react";
import { Button, CheckboxTile, Chip, ErrorMessage, LinkButton, Tag, TextField, WarningMessage } from "../../ui/index.ts";
import { codesOf, knownCodes, withCode, withoutFields } from "./draft-form.ts";
import type { EditorModel } from "./editor-model.ts";
import { issuesOf } from "./field-values.ts";
import { FormGroup } from "./form-group.tsx";
import { readCode, secTiles } from "./sec-tiles.ts";

function AddCode({ onAdd }: { readonly onAdd: (code: string) => void }) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const add = () => {
    const read = readCode(text);
    if (!read.ok) return setError(read.message);
    onAdd(read.code);
    setText("");
    setError(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    add();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter in its field adds the code
    <fieldset className="add-code" aria-label="Add another code" onKeyDown={onKeyDown}>
      <TextField label="Another code" mono autoFocus value={text} onChange={setText} maxLength={20} error={error} />
      <Button size="md" onPress={add}>Add code</Button>
    </fieldset>
  );
}

function Summary({ model, onAdd }: { readonly model: EditorModel; readonly onAdd: (() => void) | undefined }) {
  const { known, draft, checked } = model;
  const tiles = secTiles(knownCodes(known), codesOf(known, draft), known.secCodes !== undefined);
  const isChanged = checked.changes.some((change) => change.field === "secCodes");
  const allowed = model.account.customerSecCodes;
  const revert = () => model.edit("secCodes", (now) => withoutFields(now, ["secCodes"]), { step: true });
  return (
    <div className="secsum">
      {isChanged || draft.proposed.secCodes !== undefined ? (
        <>
          <span className="dirty"><i />changed</span>
          {tiles.filter((tile) => tile.state === "added").map((tile) => <Chip key={tile.code} mark="added">{tile.code}</Chip>)}
          {tiles.filter((tile) => tile.state === "removed").map((tile) => <Chip key={tile.code} mark="removed">{tile.code}</Chip>)}
          <LinkButton onPress={revert}>Revert SEC codes</LinkButton>
        </>
      ) : null}
      {onAdd === undefined ? null : <LinkButton onPress={onAdd}>Add another code</LinkButton>}
      <span className="muted">
        {known.secCodes === undefined
          ? "The last known codes are unknown; exactly the ticked codes are sent."
          : allowed === undefined
            ? "The whole list is sent."
            : `Allowed for the customer: ${allowed.join(" ")}.`}
      </span>
    </div>
  );
}

export function SecGroup({ model }: { readonly model: EditorModel }) {
  const { known, draft, checked } = model;
  const [isAdding, setAdding] = useState(false);
  const tiles = secTiles(knownCodes(known), codesOf(known, draft), known.secCodes !== undefined);
  const set = (code: string, on: boolean) => model.edit("secCodes", (now) => withCode(now, known, code, on), { step: true });
  const issues = issuesOf("secCodes", checked.issues);
  return (
    <FormGroup title="SEC codes" fields={["secCodes"]} known={known}>
      <fieldset className="secs" aria-label="SEC codes" data-field="secCodes">
        <div className="tiles">
          {tiles.map((tile) => (
            <CheckboxTile
              key={tile.code}
              code={tile.code}
              description={tile.name}
              tag={tile.isHighRisk ? <Tag tone="warn">High risk</Tag> : undefined}
              isSelected={tile.isOn}
              mark={tile.state === "same" ? undefined : tile.state}
              onChange={(on) => set(tile.code, on)}
            />
          ))}
        </div>
        <Summary model={model} onAdd={isAdding ? undefined : () => setAdding(true)} />
        {issues.map((issue) =>
          issue.severity === "error" ? (
            <ErrorMessage key={issue.code + issue.message}>{issue.message}</ErrorMessage>
          ) : (
            <WarningMessage key={issue.code + issue.message}>{issue.message}</WarningMessage>
          ),
        )}
        {isAdding ? <AddCode onAdd={(code) => set(code, true)} /> : null}
      </fieldset>
    </FormGroup>
  );
}
