import { hasHeadings, type Connection } from "@contract";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { failureSentence, useCall, useCommand } from "../../bridge/index.ts";
import {
  Banner,
  Button,
  counted,
  ErrorMessage,
  ErrorSummary,
  Link,
  Loading,
  SelectField,
  TextField,
} from "../../ui/index.ts";
import {
  draftOf,
  draftProblems,
  ignoredSentence,
  keyOptions,
  setColumnsInput,
  type ColumnDraft,
  type DraftProblem,
  type KeyKind,
} from "./column-draft.ts";
import { ColumnTable } from "./column-table.tsx";
import type { StepProps } from "./file-step.tsx";
import { WizardFrame } from "./wizard-frame.tsx";

export interface ColumnsStepProps extends StepProps {
  /** What was chosen here before, if anything. */
  readonly draft: ColumnDraft | undefined;
  readonly onDraft: (draft: ColumnDraft) => void;
}

interface SettingsProps {
  readonly draft: ColumnDraft;
  readonly connections: readonly Connection[];
  readonly problems: readonly DraftProblem[];
  /** Whether a map of these columns can be remembered. */
  readonly canRemember: boolean;
  readonly onChange: (draft: ColumnDraft) => void;
}

function KeyChoice({ draft, problems, onChange }: SettingsProps) {
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

function ColumnSettings(props: SettingsProps) {
  const { draft, connections, problems, canRemember, onChange } = props;
  return (
    <aside className="column-settings" aria-label="Key, connection and map" data-pane>
      <KeyChoice {...props} />
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
      {canRemember ? (
        <TextField
          label="Remember this map as"
          value={draft.saveMapAs}
          maxLength={80}
          onChange={(saveMapAs) => onChange({ ...draft, saveMapAs })}
          help="Files with the same headings then skip this step."
        />
      ) : (
        <p className="small muted">
          This map cannot be remembered: without headings, any file of as many columns would fit it.
        </p>
      )}
    </aside>
  );
}

/** What each column is, how an account is found, and where the changes go. */
export function ColumnsStep({ batch, onStep, draft: kept, onDraft }: ColumnsStepProps) {
  const connections = useCall("connections.list", {});
  const setColumns = useCommand("batches.setColumns");
  const check = useCommand("batches.check");
  const [turn, setTurn] = useState(0);
  if (connections.data === undefined) return <Loading />;
  const takesBulk = connections.data.filter(({ provider }) => provider === "finzly");
  const draft = kept ?? draftOf(batch, takesBulk);
  const problems = turn === 0 ? [] : draftProblems(draft, batch.columns);
  const failure = setColumns.failure ?? check.failure;
  const keep = async (): Promise<number | undefined> => {
    const input = setColumnsInput(batch, draft);
    if (input === undefined) return undefined;
    const result = await setColumns.run(input);
    return result.ok ? result.value.revision : undefined;
  };
  const goOn = async () => {
    setTurn((before) => before + 1);
    if (draftProblems(draft, batch.columns).length > 0) return;
    const revision = await keep();
    if (revision === undefined) return;
    const result = await check.run({ id: batch.id, revision });
    if (result.ok) onStep("check");
  };
  const skipped = batch.mapName !== undefined && batch.columns.some((column) => column.matchedBy === "saved-map");
  const banner =
    failure !== undefined ? (
      <Banner tone="bad" title="The columns could not be used.">
        {failureSentence(failure)}
      </Banner>
    ) : batch.message !== undefined && batch.state === "columns" ? (
      <Banner tone="bad" title="The rows are not checked.">
        {batch.message}
      </Banner>
    ) : skipped ? (
      <Banner tone="info" title={`The saved map “${batch.mapName ?? ""}” fits this file.`}>
        Its columns were taken as they were the last time. Change them here if this file is different.
      </Banner>
    ) : undefined;
  return (
    <WizardFrame
      batch={batch}
      step="columns"
      onStep={onStep}
      banner={banner}
      note={<span className="soft small">{ignoredSentence(draft, batch.columns)}</span>}
      onBack={() => onStep("file")}
      onNext={setColumns.isRunning || check.isRunning ? undefined : () => void goOn()}
      actions={
        <>
          <Button icon={ArrowLeft} keys="[" onPress={() => onStep("file")}>
            Back to File
          </Button>
          <Button
            variant="primary"
            icon={ArrowRight}
            keys="]"
            isPending={setColumns.isRunning || check.isRunning}
            onPress={() => void goOn()}
          >
            Check the rows
          </Button>
        </>
      }
    >
      <div className="columns-step">
        <section className="scroll" aria-label="Columns" data-pane tabIndex={-1}>
          <ErrorSummary
            errors={problems}
            turn={turn}
            title={`${counted(problems.length, "thing")} to put right. Nothing was checked.`}
          />
          {takesBulk.length === 0 ? (
            <p className="prose">
              There is no connection yet. <Link to="/settings/connections">Add a connection</Link>
            </p>
          ) : null}
          <ColumnTable batch={batch} draft={draft} problems={problems} onChange={onDraft} />
        </section>
        <ColumnSettings
          draft={draft}
          connections={takesBulk}
          problems={problems}
          canRemember={hasHeadings(batch)}
          onChange={onDraft}
        />
      </div>
    </WizardFrame>
  );
}
