import { draftDiffers, hasHeadings, type BatchDetail, type Connection } from "@contract";
import { Radio, RadioGroup } from "react-aria-components";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { ErrorMessage, SelectField, TextField } from "../../ui/index.ts";
import { keptDraft, keyOptions, type ColumnDraft, type DraftProblem, type KeyKind } from "./column-draft.ts";
import { ForgetMap } from "./forget-map.tsx";

export interface ColumnSettingsProps {
  readonly batch: BatchDetail;
  readonly draft: ColumnDraft;
  readonly connections: readonly Connection[];
  readonly problems: readonly DraftProblem[];
  readonly onChange: (draft: ColumnDraft) => void;
}

type PartProps = Pick<ColumnSettingsProps, "draft" | "problems" | "onChange">;

function KeyChoice({ draft, problems, onChange }: PartProps) {
  const problem = problems.find((each) => each.field === "key");
  return (
    <RadioGroup
      className="key-choice"
      data-field="key"
      value={draft.key ?? null}
      onChange={(kind) => onChange({ ...draft, key: kind as KeyKind })}
      aria-label="How an account is found"
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <h2 className="strong">An account is found by</h2>
      {keyOptions(draft.targets).map((option) => (
        <Radio key={option.kind} value={option.kind} isDisabled={option.why !== undefined} className="radio-line">
          <span className="dot" />
          <span>
            {option.label}
            {option.why === undefined ? null : <small className="muted">{option.why}</small>}
          </span>
        </Radio>
      ))}
      {problem === undefined ? null : <ErrorMessage>{problem.message}</ErrorMessage>}
    </RadioGroup>
  );
}

interface SavedMapProps extends PartProps {
  readonly map: NonNullable<BatchDetail["savedMap"]>;
  /** Whether the columns on screen are the map's. */
  readonly isUsed: boolean;
}

/** A map is kept for these headings: it stays as it is, is changed on purpose, or is forgotten. */
function SavedMapChoice({ map, isUsed, draft, problems, onChange }: SavedMapProps) {
  const mayEdit = useMayEdit();
  const { saveMapAs } = draft;
  return (
    <div className="key-choice">
      <RadioGroup
        className="key-choice"
        value={saveMapAs === undefined ? "once" : "change"}
        onChange={(use) => onChange({ ...draft, saveMapAs: use === "change" ? map.name : undefined })}
        aria-label={`The saved map “${map.name}”`}
      >
        <h2 className="strong">Saved map “{map.name}”</h2>
        <p className="small muted">
          {isUsed ? "These columns are the map’s." : "These columns are not the map’s."}
        </p>
        <Radio value="once" className="radio-line">
          <span className="dot" />
          <span>
            Leave the saved map as it is
            <small className="muted">Changes here are for this file only.</small>
          </span>
        </Radio>
        <Radio value="change" className="radio-line">
          <span className="dot" />
          <span>
            Change the saved map
            <small className="muted">The next files with these headings take these columns.</small>
          </span>
        </Radio>
      </RadioGroup>
      {saveMapAs === undefined ? null : (
        <TextField
          label="Name of the map"
          name="saveMapAs"
          value={saveMapAs}
          maxLength={80}
          required
          onChange={(name) => onChange({ ...draft, saveMapAs: name })}
          error={problems.find((each) => each.field === "saveMapAs")?.message}
        />
      )}
      {mayEdit ? (
        <p>
          <ForgetMap map={map} label="Forget this map" />
        </p>
      ) : null}
    </div>
  );
}

/** The key, the connection, and what is remembered of the columns. */
export function ColumnSettings({ batch, draft, connections, problems, onChange }: ColumnSettingsProps) {
  const isUsed = batch.savedMap?.fits === true && !draftDiffers(keptDraft(batch, draft), batch);
  const part = { draft, problems, onChange };
  return (
    <aside className="column-settings" aria-label="Key, connection and map" data-pane>
      <KeyChoice {...part} />
      <SelectField
        label="Changes go to"
        name="connection"
        placeholder="Choose a connection"
        choices={connections.map((each) => ({
          id: String(each.id),
          label: each.name,
          sub: each.environment.toUpperCase(),
        }))}
        value={draft.connectionId === undefined ? undefined : String(draft.connectionId)}
        onChange={(id) => onChange({ ...draft, connectionId: connections.find((each) => String(each.id) === id)?.id })}
        error={problems.find((each) => each.field === "connection")?.message}
      />
      {batch.savedMap !== undefined ? (
        <SavedMapChoice {...part} map={batch.savedMap} isUsed={isUsed} />
      ) : hasHeadings(batch) ? (
        <TextField
          label="Remember this map as"
          value={draft.saveMapAs ?? ""}
          maxLength={80}
          onChange={(name) => onChange({ ...draft, saveMapAs: name === "" ? undefined : name })}
          help="Files with the same headings then skip this step."
        />
      ) : batch.source === "file" || batch.source === "paste" ? (
        <p className="small muted">
          This map cannot be remembered: without headings, any file of as many columns would fit it.
        </p>
      ) : null}
    </aside>
  );
}
