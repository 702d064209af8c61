/* oxlint-disable jsx-a11y/no-autofocus -- focus has to start inside a dialog, in the field it asks for */
import type { Connection, ConnectionId, Failure } from "@contract";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import {
  Button,
  Callout,
  Dialog,
  ErrorMessage,
  Form,
  SelectField,
  TextField,
  ToggleGroup,
  useNavigate,
} from "../../ui/index.ts";

export interface ReadDialogProps {
  readonly isOpen: boolean;
  readonly connections: readonly Connection[];
  readonly onClose: () => void;
  /** Goes on to the form for an account that cannot be read. */
  readonly onByHand: () => void;
}

/** A load that goes on already is the newest there is: there is nothing to look at first. */
function refusedWords(failure: Failure): string {
  return failure.code === "conflict" ? failure.message : failureSentence(failure);
}

const isId = (text: string): boolean => /^[A-Za-z0-9_-]{1,100}$/u.test(text);
const idWords = "Letters, digits, hyphen and underscore only.";

function ReadForm({ connections, onClose, onByHand }: Omit<ReadDialogProps, "isOpen">) {
  const [chosen, setChosen] = useState<ConnectionId | undefined>(
    connections.find((each) => each.canRead)?.id ?? connections[0]?.id,
  );
  const [scope, setScope] = useState<"all" | "one">("all");
  const [customerUid, setCustomerUid] = useState("");
  const [institutionId, setInstitutionId] = useState("");
  const [missed, setMissed] = useState(false);
  const load = useCommand("accounts.load");
  const go = useNavigate();
  const connection = connections.find((each) => each.id === chosen);
  const uid = customerUid.trim();
  const isUidGood = isId(uid);
  const institution = connection?.provider === "finicity" ? institutionId.trim() : "";
  const isInstitutionGood = institution === "" || isId(institution);
  const run = async () => {
    if (connection === undefined) return;
    if (scope === "one" && !(isUidGood && isInstitutionGood)) return setMissed(true);
    const at = institution === "" ? {} : { institutionId: institution };
    const one = scope === "one" ? { customerUid: uid, ...at } : {};
    const result = await load.run({ connectionId: connection.id, ...one });
    if (result.ok) onClose();
  };
  const cannotRead = connection !== undefined && !connection.canRead;
  const refused = (path: string) => load.failure?.fields?.find((field) => field.path === path)?.message;
  if (connections.length === 0) {
    return (
      <>
        <p>There is no connection yet. An administrator adds one under Settings, Connections.</p>
        <div className="acts">
          <span className="grow" />
          <Button onPress={onClose}>Close</Button>
          <Button variant="primary" onPress={() => go("/settings")}>
            Open Settings
          </Button>
        </div>
      </>
    );
  }
  return (
    <Form onSubmit={run}>
      <SelectField
        label="Connection"
        choices={connections.map((each) => ({
          id: String(each.id),
          label: each.name,
          sub: each.canRead ? each.environment.toUpperCase() : `${each.environment.toUpperCase()}, cannot read`,
        }))}
        value={chosen === undefined ? undefined : String(chosen)}
        onChange={(id) => setChosen(connections.find((each) => String(each.id) === id)?.id)}
      />
      {cannotRead ? (
        <Callout tone="warn">
          This connection cannot read accounts. Add the account by hand; Vostro keeps what you enter and what it writes.
        </Callout>
      ) : (
        <ToggleGroup
          label="What to read"
          choices={[
            { id: "all", label: "All customers" },
            { id: "one", label: "One customer" },
          ]}
          value={scope}
          onChange={setScope}
        />
      )}
      {!cannotRead && scope === "one" ? (
        <TextField
          label="Customer UID"
          name="customerUid"
          required
          mono
          autoFocus
          value={customerUid}
          onChange={setCustomerUid}
          error={missed && !isUidGood ? idWords : refused("customerUid")}
        />
      ) : null}
      {!cannotRead && scope === "one" && connection?.provider === "finicity" ? (
        <TextField
          label="Institution id"
          name="institutionId"
          mono
          help="Only the active accounts at this institution are read; the others stay as they are."
          value={institutionId}
          onChange={setInstitutionId}
          error={missed && !isInstitutionGood ? idWords : refused("institutionId")}
        />
      ) : null}
      {load.failure === undefined ? null : <ErrorMessage>{refusedWords(load.failure)}</ErrorMessage>}
      <div className="acts">
        <span className="grow" />
        <Button onPress={onClose}>Cancel</Button>
        {cannotRead ? (
          <Button variant="primary" onPress={onByHand}>
            Add an account by hand
          </Button>
        ) : (
          <Button variant="primary" type="submit" isPending={load.isRunning}>
            {scope === "all" ? "Read all customers" : "Read this customer"}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** Asks which connection to read and how much; the reading itself goes on behind the list. */
export function ReadDialog({ isOpen, ...form }: ReadDialogProps) {
  return (
    <Dialog title="Read accounts from a provider" isOpen={isOpen} onClose={form.onClose}>
      <ReadForm {...form} />
    </Dialog>
  );
}
