import type { AccountRow } from "@contract";
import { Landmark, SquarePen } from "lucide-react";
import type { ReactNode } from "react";
import { Icon, Kbd, Marked, MaskedNumber, StatusWord } from "../ui/index.ts";
import type { Command } from "./commands.ts";

/** One thing the palette can do, as it stands in its list. */
export interface Choice {
  readonly id: string;
  readonly group: string;
  readonly face: ReactNode;
  readonly run: () => void;
}

export interface Found {
  readonly accounts: readonly AccountRow[];
  readonly commands: readonly Command[];
  readonly search: string;
  readonly go: (path: string) => void;
}

function AccountFace({ account, search }: { readonly account: AccountRow; readonly search: string }) {
  return (
    <>
      <Icon of={Landmark} />
      <span className="m">
        <Marked text={account.accountName} search={search} />{" "}
        {account.last4 === undefined ? null : <MaskedNumber last4={account.last4} search={search} />}
      </span>
      <span className="s">
        <Marked text={account.customerName} search={search} />
      </span>
      {account.change === undefined ? null : <StatusWord state={account.change.state} />}
      <span className="grow" />
      <Kbd keys="Enter" />
    </>
  );
}

function CommandFace({ command }: { readonly command: Command }) {
  return (
    <>
      <Icon of={command.icon} />
      <span className="m">{command.label}</span>
      <span className="s">{command.note}</span>
      <span className="grow" />
      {command.keys === undefined ? null : <Kbd keys={command.keys} />}
    </>
  );
}

const editFace = (
  <>
    <Icon of={SquarePen} />
    <span className="m">Edit</span>
    <span className="grow" />
    <Kbd keys="E" />
  </>
);

/** The accounts found, what can be done with the first of them, and the commands, in the order they stand in. */
export function choicesOf({ accounts, commands, search, go }: Found): readonly Choice[] {
  const [first] = accounts;
  const commandsIn = (group: Command["group"]) =>
    commands
      .filter((command) => command.group === group)
      .map((command) => ({ id: `command-${command.id}`, group, face: <CommandFace command={command} />, run: command.run }));
  return [
    ...accounts.map((account) => ({
      id: `account-${String(account.id)}`,
      group: "Accounts",
      face: <AccountFace account={account} search={search} />,
      run: () => go(`/accounts/${String(account.id)}`),
    })),
    ...(first === undefined
      ? []
      : [{
          id: `edit-${String(first.id)}`,
          group: `On ${first.accountName}`,
          face: editFace,
          run: () => go(`/accounts/${String(first.id)}/edit`),
        }]),
    ...commandsIn("Go to"),
    ...commandsIn("Do"),
  ];
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** Where a key leads from a place in the list, round its ends one by one; undefined for any other key. */
export function placeAfter(key: string, place: number, count: number): number | undefined {
  const step = steps[key];
  if (step === undefined || count === 0) return undefined;
  if (place < 0) return step > 0 ? 0 : count - 1;
  if (Math.abs(step) === 1) return (place + step + count) % count;
  return Math.min(count - 1, Math.max(0, place + step));
}
