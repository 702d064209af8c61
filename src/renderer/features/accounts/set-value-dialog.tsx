import type { AccountId } from "@contract";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import {
  Button,
  Callout,
  counted,
  Dialog,
  MoneyField,
  SelectField,
  TextField,
  ToggleGroup,
  useNavigate,
} from "../../ui/index.ts";
import {
  bulkChoices,
  bulkEdit,
  bulkFields,
  bulkProblem,
  isMoney,
  type BulkField,
  type BulkValue,
  type CodesMode,
} from "./bulk-value.ts";

export interface SetValueDialogProps {
  readonly ids: ReadonlySet<AccountId>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const modes: readonly { readonly id: CodesMode; readonly label: string }[] = [
  { id: "add", label: "Add" },
  { id: "remove", label: "Remove" },
  { id: "replace", label: "Replace all" },
];

function ValueField({
  value,
  error,
  onChange,
}: {
  readonly value: BulkValue;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}) {
  const choices = bulkChoices(value.field);
  if (choices !== undefined) {
    return (
      <SelectField
        label="Value"
        placeholder="Choose one"
        choices={choices}
        value={value.text === "" ? undefined : value.text}
        onChange={onChange}
        error={error}
      />
    );
  }
  if (isMoney(value.field))
    return <MoneyField label="Value" currency="USD" value={value.text} onChange={onChange} error={error} />;
  return (
    <TextField
      label="Value"
      mono={value.field === "secCodes"}
      value={value.text}
      onChange={onChange}
      error={error}
      help={value.field === "secCodes" ? "Codes with spaces between, such as PPD WEB." : undefined}
    />
  );
}

/** One value for one field of many accounts; it leads to Compare, where every row is seen before anything is sent. */
export function SetValueDialog({ ids, isOpen, onClose }: SetValueDialogProps) {
  const [value, setValue] = useState<BulkValue>({ field: "creditExposureLimit", text: "", codes: "add" });
  const [tried, setTried] = useState(false);
  const { run, isRunning, failure } = useCommand("batches.fromAccounts");
  const go = useNavigate();
  const problem = bulkProblem(value);
  const goOn = async () => {
    setTried(true);
    if (problem !== undefined) return;
    const result = await run({ accountIds: [...ids], ...bulkEdit(value) });
    if (result.ok && result.value.id !== undefined) go(`/import/${String(result.value.id)}`);
  };
  return (
    <Dialog
      title={`Set a value on ${counted(ids.size, "account")}`}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isPending={isRunning} onPress={() => void goOn()}>
            Compare {counted(ids.size, "account")}
          </Button>
        </>
      }
    >
      {failure === undefined ? null : <Callout tone="bad">{failureSentence(failure)}</Callout>}
      <SelectField<BulkField>
        label="Field"
        choices={bulkFields}
        value={value.field}
        onChange={(field) => setValue({ field, text: "", codes: value.codes })}
      />
      {value.field === "secCodes" ? (
        <ToggleGroup
          label="What to do with the codes"
          choices={modes}
          value={value.codes}
          onChange={(codes) => setValue({ ...value, codes })}
        />
      ) : null}
      <ValueField value={value} error={tried ? problem : undefined} onChange={(text) => setValue({ ...value, text })} />
      <p className="soft small">Nothing is sent yet: the next page shows old and new for every account.</p>
    </Dialog>
  );
}
