import type { ConnectionId } from "@contract";
import { useState } from "react";
import { failureSentence, useCall, useCommand } from "../../bridge/index.ts";
import {
  Button, Callout, Checkbox, counted, Dialog, ErrorMessage, SelectField, TextField, timeText, useAnnounce,
} from "../../ui/index.ts";

export interface Asking {
  readonly connectionId?: ConnectionId | undefined;
  readonly customers: readonly string[];
}

export interface AskDialogProps {
  readonly asking: Asking | undefined;
  readonly onClose: () => void;
  /** The first that was started. */
  readonly onStarted: (id: number) => void;
}

const namesOf = (text: string): string[] => [...new Set(text.split(/[\s,;]+/u).filter((part) => part !== ""))];

function AskForm({ asking, onClose, onStarted }: AskDialogProps & { readonly asking: Asking }) {
  const [customers, setCustomers] = useState(asking.customers.join(", "));
  const [reason, setReason] = useState("");
  const [chosen, setChosen] = useState(asking.connectionId);
  const [agreed, setAgreed] = useState(false);
  const [missed, setMissed] = useState(false);
  const start = useCommand("refreshes.start");
  const announce = useAnnounce();
  const offer = useCall("refreshes.offer", { customers: [] });
  const connections = offer.data?.connections ?? [];
  const connection = connections.find(({ id }) => id === chosen) ?? connections[0];
  const names = namesOf(customers);
  const areGood = names.length > 0 && names.length <= 100 && names.every((name) => /^[A-Za-z0-9_-]{1,100}$/u.test(name));
  const checked = useCall(
    "refreshes.offer",
    { ...(connection === undefined ? {} : { connectionId: connection.id }), customers: areGood ? names : [] },
    { enabled: connection !== undefined && areGood },
  );
  const obstacles = checked.data?.obstacles ?? [];
  const needsConfirmation = names.length > 1;
  if (offer.data !== undefined && connection === undefined) {
    return <p>There is no connection that can refresh. An administrator adds one under Settings, Connections.</p>;
  }
  const run = async () => {
    if (connection === undefined) return;
    if (!areGood || reason.trim() === "" || (needsConfirmation && !agreed)) return setMissed(true);
    const result = await start.run({
      connectionId: connection.id,
      customers: names.map((customerId) => ({ customerId })),
      reason: reason.trim(),
      ...(needsConfirmation ? { confirmed: names.length } : {}),
    });
    if (!result.ok) return;
    const [first] = result.value.started;
    announce(`${counted(result.value.started.length, "refresh", "refreshes")} asked for.`);
    onClose();
    if (first !== undefined) onStarted(first.id);
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <p className="soft">
        The provider asks the customer’s banks. It allows this only where there is a reason, never on a schedule; it
        reads healthy accounts by itself once a day.
      </p>
      <SelectField
        label="Connection"
        choices={connections.map((each) => ({
          id: String(each.id), label: each.name, sub: each.environment.toUpperCase(),
        }))}
        value={connection === undefined ? undefined : String(connection.id)}
        onChange={(id) => setChosen(connections.find((each) => String(each.id) === id)?.id)}
      />
      <TextField
        label="Customer"
        name="customers"
        required
        mono
        help="The provider’s customer id; several with commas between them."
        value={customers}
        onChange={setCustomers}
        error={missed && !areGood ? "Name 1 to 100 customers: letters, digits, hyphen and underscore." : undefined}
      />
      <TextField
        label="Reason"
        name="reason"
        required
        help="Kept in the audit trail."
        value={reason}
        onChange={setReason}
        error={missed && reason.trim() === "" ? "Say why this customer is refreshed now." : undefined}
      />
      {obstacles.map((obstacle) => (
        <Callout key={obstacle.customerId} tone="warn">
          {obstacle.message}
          {obstacle.retryAtMs === undefined ? "" : ` It can be asked for again after ${timeText(obstacle.retryAtMs)}.`}
        </Callout>
      ))}
      {needsConfirmation ? (
        <Checkbox isSelected={agreed} onChange={setAgreed}>
          Refresh all {counted(names.length, "customer")}, one after another
        </Checkbox>
      ) : null}
      {missed && needsConfirmation && !agreed ? (
        <ErrorMessage>Confirm the number of customers.</ErrorMessage>
      ) : null}
      {start.failure === undefined ? null : <ErrorMessage>{failureSentence(start.failure)}</ErrorMessage>}
      <div className="acts">
        <span className="grow" />
        <Button onPress={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" isPending={start.isRunning}>
          Refresh {names.length > 1 ? counted(names.length, "customer") : "customer"}
          {connection?.environment === "production" ? " in PRODUCTION" : ""}
        </Button>
      </div>
    </form>
  );
}

/** Asks who is to be refreshed and why. Nothing is sent before its last button. */
export function AskDialog({ asking, ...rest }: AskDialogProps) {
  return (
    <Dialog title="Refresh a customer’s accounts" isOpen={asking !== undefined} onClose={rest.onClose}>
      {asking === undefined ? null : <AskForm asking={asking} {...rest} />}
    </Dialog>
  );
}

