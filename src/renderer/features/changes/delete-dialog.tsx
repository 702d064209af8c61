import type { AccountDetail, ChangeDetail } from "@contract";
import { accountNumberWarning } from "@contract/rules/account-number-text.ts";
import { checkDeletion, type DeletionWords } from "@contract/rules/aggregation/deletion.ts";
import { needsSecondPerson } from "@contract/rules/risk.ts";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { failureSentence, useCall, useCommand } from "../../bridge/index.ts";
import { Button, Callout, Dialog, SelectField, TextAreaField, TextField } from "../../ui/index.ts";
import { environmentWord, reasonCategories } from "./send-words.ts";

const longestReason = 255;
const nothing = { reason: "", authorisationRef: "", typed: "", reasonCategory: "" };
type Words = typeof nothing;

interface FieldsProps {
  readonly account: AccountDetail;
  readonly words: Words;
  readonly onChange: (words: Words) => void;
  readonly errorAt: (path: keyof DeletionWords) => string | undefined;
}

function DeletionFields({ account, words, onChange, errorAt }: FieldsProps) {
  const set = (field: keyof Words) => (text: string) => onChange({ ...words, [field]: text });
  const named = account.last4 === undefined ? "the account’s name" : `${account.last4} or the account’s name`;
  return (
    <>
      <SelectField
        label="Category"
        placeholder="Choose one"
        choices={reasonCategories.map((category) => ({ id: category, label: category }))}
        value={words.reasonCategory === "" ? undefined : words.reasonCategory}
        onChange={set("reasonCategory")}
      />
      <TextField
        label="Authorisation ref."
        mono
        required
        maxLength={100}
        value={words.authorisationRef}
        onChange={set("authorisationRef")}
        warning={accountNumberWarning(words.authorisationRef)}
        error={errorAt("authorisationRef")}
      />
      <TextAreaField
        label="Reason"
        required
        countTo={longestReason}
        value={words.reason}
        onChange={set("reason")}
        warning={accountNumberWarning(words.reason)}
        help="Kept in the trail with your name, not sent."
        error={errorAt("reason")}
      />
      <TextField
        label={`Type ${named} to confirm`}
        required
        maxLength={200}
        value={words.typed}
        onChange={set("typed")}
        error={errorAt("typed")}
      />
    </>
  );
}

function Effects() {
  return (
    <ul className="effects">
      <li>Finicity removes the account from its system. It can no longer be read or refreshed through Finicity.</li>
      <li>The account at the bank is not touched: nothing is closed and no money moves.</li>
      <li>Other accounts of the same sign-in at the bank stay at Finicity.</li>
      <li>Vostro cannot undo it. What Finicity keeps of it is for its own rules to say.</li>
      <li>Vostro keeps showing what it last read, marked as deleted, with your name and the time.</li>
    </ul>
  );
}

export interface DeleteAccountProps {
  readonly account: AccountDetail;
  /** There is a draft: one change of an account at a time. */
  readonly hasDraft: boolean;
  readonly onAsked: (change: ChangeDetail) => void;
}

/** Asks for the deletion of an account at Finicity: High risk, and the account is named by typing. */
export function DeleteAccount({ account, hasDraft, onAsked }: DeleteAccountProps) {
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState(nothing);
  const [tried, setTried] = useState(false);
  const { run, isRunning, failure, clear } = useCommand("changes.deleteAccount");
  const { data: settings } = useCall("workspace.settings", {});
  const waits = settings !== undefined && needsSecondPerson(settings.secondPerson, { class: "high" });
  const tooLong = words.reason.trim().length > longestReason;
  const missing = checkDeletion(words, account);
  const where = `Finicity ${environmentWord(account.environment)}`;
  const errorAt = (path: keyof DeletionWords) => {
    if (!tried) return undefined;
    if (path === "reason" && tooLong) return `The reason may have at most ${String(longestReason)} characters.`;
    return missing.find((each) => each.path === path)?.message;
  };
  const close = () => {
    setOpen(false);
    setWords(nothing);
    setTried(false);
    clear();
  };
  const ask = async () => {
    setTried(true);
    if (missing.length > 0 || tooLong) return;
    const result = await run({ accountId: account.id, ...words });
    if (!result.ok) return;
    close();
    onAsked(result.value);
  };
  return (
    <>
      <Button variant="quiet" icon={Trash2} onPress={() => setOpen(true)}>
        Delete at Finicity…
      </Button>
      <Dialog
        title={`Delete ${account.accountName} at ${where}?`}
        isOpen={isOpen}
        onClose={close}
        role="alertdialog"
        wide
        footer={
          <>
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- High risk: focus starts on the way out */}
            <Button autoFocus onPress={close}>{hasDraft ? "Close" : "Cancel"}</Button>
            {hasDraft ? null : (
              <Button variant="danger" isPending={isRunning} onPress={() => void ask()}>
                {waits ? "Submit 1 deletion for approval" : `Delete 1 account at ${where}`}
              </Button>
            )}
          </>
        }
      >
        {hasDraft ? (
          <Callout tone="warn">
            This account has a draft, and an account has one change at a time. Discard the draft first.
          </Callout>
        ) : (
          <>
            <p>
              {account.customerName}. <b className="strong">High risk.</b>
            </p>
            <Effects />
            <DeletionFields account={account} words={words} onChange={setWords} errorAt={errorAt} />
            {failure === undefined ? null : <Callout tone="bad">{failureSentence(failure)}</Callout>}
          </>
        )}
      </Dialog>
    </>
  );
}
