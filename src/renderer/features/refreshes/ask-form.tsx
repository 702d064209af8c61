import type { ConnectionId, OutputOf } from "@contract";
import { useState } from "react";
import { failureSentence, useCall, useCommand } from "../../bridge/index.ts";
import { Button, Callout, counted, ErrorMessage, Form, SelectField, TextField, useAnnounce } from "../../ui/index.ts";
import { everyLogin, LoginChoice, WhoIsAsked, type OfferedConnection } from "./ask-fields.tsx";
import type { AskedCustomer } from "./customer-standings.tsx";

type Started = OutputOf<"refreshes.start">;

/** Customers that were selected elsewhere, at one connection. */
export interface SelectedCustomers {
  readonly connectionId: ConnectionId;
  readonly customers: readonly AskedCustomer[];
}

export interface AskFormProps {
  readonly connections: readonly OfferedConnection[];
  readonly connectionId: ConnectionId | undefined;
  /** What stands in the field at first. */
  readonly typed: string;
  /** In place of the field. */
  readonly selected?: readonly SelectedCustomers[] | undefined;
  readonly onClose: () => void;
  readonly onStarted: (ids: readonly number[]) => void;
}

const namesOf = (text: string): string[] => [...new Set(text.split(/[\s,;]+/u).filter((part) => part !== ""))];
const isName = (name: string): boolean => /^[A-Za-z0-9_-]{1,100}$/u.test(name);

function LeftOut({ started, leftOut, onClose }: Started & { readonly onClose: () => void }) {
  return (
    <div className="stack">
      <p>{counted(started.length, "refresh was", "refreshes were")} asked for; one runs after another.</p>
      {leftOut.map(({ customerId, message }) => <Callout key={customerId} tone="warn">{message}</Callout>)}
      <div className="acts">
        <span className="grow" />
        <Button variant="primary" onPress={onClose}>Show the refreshes</Button>
      </div>
    </div>
  );
}

/** Who, through which connection, and why. Nothing is sent before its last button. */
export function AskForm({ connections, connectionId, typed, selected, onClose, onStarted }: AskFormProps) {
  const [text, setText] = useState(typed);
  const [reason, setReason] = useState("");
  const [chosen, setChosen] = useState(connectionId);
  const [login, setLogin] = useState(everyLogin);
  const [agreedTo, setAgreedTo] = useState<number>();
  const [missed, setMissed] = useState(false);
  const [outcome, setOutcome] = useState<Started>();
  const start = useCommand("refreshes.start");
  const announce = useAnnounce();
  const connection = connections.find(({ id }) => id === chosen) ?? connections[0];
  const customers =
    selected?.find((group) => group.connectionId === connection?.id)?.customers ??
    namesOf(text).map((customerId): AskedCustomer => ({ customerId }));
  const names = customers.map(({ customerId }) => customerId);
  const areGood = names.length > 0 && names.length <= 100 && names.every(isName);
  const checked = useCall(
    "refreshes.offer",
    { ...(connection === undefined ? {} : { connectionId: connection.id }), customers: areGood ? names : [] },
    { enabled: connection !== undefined && areGood },
  );
  const obstacles = checked.data?.obstacles ?? [];
  const logins = areGood ? (checked.data?.logins ?? []) : [];
  const scope = logins.find(({ institutionLoginId }) => institutionLoginId === login);
  const ready = names.filter((name) => !obstacles.some(({ customerId }) => customerId === name));
  const agreed = agreedTo === ready.length;
  if (connection === undefined) {
    return <p>There is no connection that can refresh. An administrator adds one under Settings, Connections.</p>;
  }
  const finish = ({ started }: Started) => {
    onClose();
    if (started.length > 0) onStarted(started.map(({ id }) => id));
  };
  if (outcome !== undefined) return <LeftOut {...outcome} onClose={() => finish(outcome)} />;
  const run = async () => {
    const isComplete = areGood && ready.length > 0 && reason.trim() !== "" && (ready.length === 1 || agreed);
    if (!isComplete) return setMissed(true);
    const result = await start.run({
      connectionId: connection.id,
      customers: ready.map((customerId) => ({
        customerId,
        ...(scope === undefined ? {} : { institutionLoginId: scope.institutionLoginId }),
      })),
      reason: reason.trim(),
      ...(ready.length > 1 ? { confirmed: ready.length } : {}),
    });
    if (!result.ok) return;
    announce(`${counted(result.value.started.length, "refresh", "refreshes")} asked for.`);
    if (result.value.leftOut.length > 0) setOutcome(result.value);
    else finish(result.value);
  };
  return (
    <Form onSubmit={run}>
      <p className="soft">
        The provider asks the customer’s banks. It allows this only where there is a reason, never on a schedule; it
        reads healthy accounts by itself once a day.
      </p>
      <SelectField
        label="Connection"
        choices={connections.map((each) => ({
          id: String(each.id), label: each.name, sub: each.environment.toUpperCase(),
        }))}
        value={String(connection.id)}
        onChange={(id) => setChosen(connections.find((each) => String(each.id) === id)?.id)}
      />
      {selected === undefined ? (
        <TextField
          label="Customer"
          name="customers"
          required
          mono
          help="The provider’s customer id; several with commas between them."
          value={text}
          onChange={setText}
          error={missed && !areGood ? "Name 1 to 100 customers: letters, digits, hyphen and underscore." : undefined}
        />
      ) : null}
      <LoginChoice logins={logins} value={scope === undefined ? everyLogin : login} onChange={setLogin} />
      <TextField
        label="Reason"
        name="reason"
        required
        maxLength={255}
        help="Kept in the audit trail."
        value={reason}
        onChange={setReason}
        error={
          missed && reason.trim() === ""
            ? `Say why ${names.length > 1 ? "these customers are" : "this customer is"} refreshed now.`
            : undefined
        }
      />
      <WhoIsAsked
        customers={areGood ? customers : []}
        obstacles={obstacles}
        agreed={agreed}
        onAgree={(agrees) => setAgreedTo(agrees ? ready.length : undefined)}
        isMissed={missed}
        ready={ready.length}
        isFromSelection={selected !== undefined}
      />
      {start.failure === undefined ? null : <ErrorMessage>{failureSentence(start.failure)}</ErrorMessage>}
      <div className="acts">
        <span className="grow" />
        <Button onPress={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" isPending={start.isRunning}>
          Refresh {names.length > 1 && ready.length !== 1 ? counted(ready.length, "customer") : "customer"}
          {connection.environment === "production" ? " in PRODUCTION" : ""}
        </Button>
      </div>
    </Form>
  );
}
