/* oxlint-disable jsx-a11y/no-autofocus -- focus has to start inside a dialog, in the field it asks for */
import type { AccountId, Connection } from "@contract";
import { subtypesByType } from "@contract/rules/finzly-fields.ts";
import { fundingBases, fundingBasisWords } from "@contract/rules/funding-basis.ts";
import { useState } from "react";
import { failureSentence, fieldSentences, useCommand } from "../../bridge/index.ts";
import {
  Button, Dialog, ErrorSummary, Form, MoneyField, SelectField, TextField, ToggleGroup, type FieldError,
} from "../../ui/index.ts";
import { emptyHandAccount, handFaults, handInput, type HandAccount } from "./hand-account.ts";

export interface HandDialogProps {
  readonly isOpen: boolean;
  readonly connections: readonly Connection[];
  readonly onClose: () => void;
  readonly onAdded: (id: AccountId) => void;
}

const types = [...subtypesByType.keys()].map((type) => ({ id: type, label: type }));
const bases = fundingBases.map((basis) => ({ id: basis, label: fundingBasisWords[basis] }));

interface FormProps extends Omit<HandDialogProps, "isOpen"> {}

function HandForm({ connections, onClose, onAdded }: FormProps) {
  const start = connections.find((each) => !each.canRead) ?? connections[0];
  const [typed, setTyped] = useState<HandAccount>({ ...emptyHandAccount, connectionId: start?.id });
  const [tries, setTries] = useState(0);
  const add = useCommand("accounts.addByHand");
  const faults = tries === 0 ? [] : handFaults(typed);
  const sentences = fieldSentences(add.failure);
  const errorAt = (field: keyof HandAccount) =>
    faults.find((fault) => fault.field === field)?.message ?? sentences.get(field) ?? sentences.get(`known.${field}`);
  const errors: readonly FieldError[] = [
    ...faults,
    ...(add.failure === undefined || faults.length > 0
      ? []
      : add.failure.fields?.map(({ path, message }) => ({ field: path.replace(/^known\./u, ""), message })) ?? [
          { field: "", message: failureSentence(add.failure) },
        ]),
  ];
  const text = (field: Exclude<keyof HandAccount, "connectionId" | "fundingBasis">) => ({
    name: field,
    value: typed[field],
    onChange: (value: string) => setTyped((before) => ({ ...before, [field]: value })),
    error: errorAt(field),
  });
  const submit = async () => {
    setTries((last) => last + 1);
    const { connectionId } = typed;
    if (handFaults(typed).length > 0 || connectionId === undefined) return;
    const result = await add.run(handInput(typed, connectionId));
    if (result.ok) onAdded(result.value.id);
  };
  const currency = /^[A-Za-z]{3}$/u.test(typed.currency.trim()) ? typed.currency.trim().toUpperCase() : "USD";
  return (
    <Form onSubmit={submit}>
      <ErrorSummary errors={errors} turn={tries} title="The account was not added." />
      <p className="small soft">Enter what you know; a blank stays unknown. Everything is labelled “Entered by hand”.</p>
      <div className="hand-fields">
        <SelectField
          label="Connection"
          name="connectionId"
          required
          span={2}
          choices={connections.map((each) => ({ id: String(each.id), label: each.name, sub: each.environment.toUpperCase() }))}
          value={typed.connectionId === undefined ? undefined : String(typed.connectionId)}
          onChange={(id) => setTyped((before) => ({ ...before, connectionId: connections.find((each) => String(each.id) === id)?.id }))}
          error={errorAt("connectionId")}
        />
        <TextField label="Customer UID" required mono autoFocus {...text("customerUid")} />
        <TextField label="Customer name" required {...text("customerName")} />
        <TextField label="Account UID" required mono help="Digits only." {...text("accountUid")} />
        <TextField label="Account name" {...text("accountName")} />
        <TextField label="Account number" mono help="Masked as soon as it is saved." {...text("accountNumber")} />
        <TextField label="Routing number" mono {...text("routingNumber")} />
        <SelectField
          label="Account type"
          name="accountType"
          choices={types}
          value={typed.accountType === "" ? undefined : typed.accountType}
          onChange={(accountType) => setTyped((before) => ({ ...before, accountType, accountSubType: "" }))}
          error={errorAt("accountType")}
        />
        <SelectField
          label="Account subtype"
          name="accountSubType"
          choices={(subtypesByType.get(typed.accountType) ?? []).map((subtype) => ({ id: subtype, label: subtype }))}
          value={typed.accountSubType === "" ? undefined : typed.accountSubType}
          onChange={(accountSubType) => setTyped((before) => ({ ...before, accountSubType }))}
          help={typed.accountType === "" ? "Choose the type first." : undefined}
          error={errorAt("accountSubType")}
        />
        <TextField label="Currency" mono help="Three letters, such as USD." {...text("currency")} />
        <TextField label="ACH company ID" mono {...text("achCompanyId")} />
        <ToggleGroup
          label="Funding basis"
          span={2}
          choices={bases}
          value={typed.fundingBasis}
          onChange={(fundingBasis) => setTyped((before) => ({ ...before, fundingBasis }))}
        />
        <MoneyField label="Debit limit" currency={currency} {...text("debitExposureLimit")} />
        <MoneyField label="Credit limit" currency={currency} {...text("creditExposureLimit")} />
        <TextField label="SEC codes" mono span={2} help="Parted by spaces, such as CCD PPD." {...text("secCodes")} />
      </div>
      <div className="acts">
        <span className="grow" />
        <Button onPress={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" isPending={add.isRunning}>Add the account</Button>
      </div>
    </Form>
  );
}

/** An account of a connection that cannot read, as a person knows it. */
export function HandDialog({ isOpen, ...form }: HandDialogProps) {
  return (
    <Dialog title="Add an account by hand" isOpen={isOpen} onClose={form.onClose} wide>
      <HandForm {...form} />
    </Dialog>
  );
}
