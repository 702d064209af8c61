import type { AccountVerdict, RefreshActor, RefreshDetail, RefreshRow, RefreshSnapshot, RefreshState } from "@contract";
import { refreshStateWords } from "@contract";
import { shownValue } from "@contract/rules/aggregation/shown-value.ts";
import { meaningOfCode } from "@contract/rules/aggregation/status-codes.ts";
import { CircleCheck, CircleSlash, CircleX, Hourglass, LoaderCircle, TriangleAlert, type LucideIcon } from "lucide-react";
import { counted, type Tone } from "../../ui/index.ts";

export type ResultRow = RefreshDetail["results"][number];

export interface Look {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly spins?: boolean;
}

const looks: Readonly<Record<RefreshState, Omit<Look, "word">>> = {
  clicked: { icon: Hourglass, tone: "wait" },
  sent: { icon: LoaderCircle, tone: "run", spins: true },
  answered: { icon: LoaderCircle, tone: "run", spins: true },
  "still-running": { icon: Hourglass, tone: "run" },
  succeeded: { icon: CircleCheck, tone: "good" },
  "partly-succeeded": { icon: TriangleAlert, tone: "warn" },
  failed: { icon: CircleX, tone: "bad" },
  "given-up": { icon: TriangleAlert, tone: "unknown" },
};

/** How a refresh stands; one that failed before its request left was not sent. */
export function lookOf({ state, sentAtMs }: Pick<RefreshRow, "state" | "sentAtMs">): Look {
  if (state === "failed" && sentAtMs === undefined) return { word: "Not sent", icon: CircleSlash, tone: "plain" };
  return { ...looks[state], word: refreshStateWords[state] };
}

/** "R-0093". */
export function refreshName(id: number): string {
  return `R-${String(id).padStart(4, "0")}`;
}

export const providerWords = { finicity: "Finicity", signzy: "Finicity through Signzy" } as const;

export const actorWords: Readonly<Record<RefreshActor, string>> = {
  customer: "Customer must act",
  operations: "Operations must act",
  provider: "Provider must act",
  wait: "Nobody: wait",
  nobody: "Nobody",
  sender: "Whoever asks for it",
};

export interface Meaning {
  readonly short: string;
  readonly doing: string;
  readonly group: "customer" | "operations" | "provider" | "running" | "waiting" | "fine";
}

const plain: Readonly<Record<AccountVerdict, Meaning>> = {
  waiting: { short: "No newer attempt date yet", doing: "Nobody: the records are read again", group: "running" },
  running: { short: "Already refreshing at the bank", doing: "Nobody: wait", group: "running" },
  succeeded: { short: "Last aggregation succeeded", doing: "Nobody", group: "fine" },
  failed: { short: "Attempt failed", doing: "Operations looks at it", group: "operations" },
  unclear: { short: "Newer attempt, no success", doing: "Read again; then ask the provider", group: "operations" },
  untouched: { short: "Not attempted", doing: "See the message above", group: "waiting" },
  new: { short: "New account", doing: "Nobody", group: "fine" },
  gone: { short: "Account is gone", doing: "Confirm with the customer", group: "operations" },
};

/** What a result means, who must act and under which heading it stands; a code decides where it says why it failed. */
export function meaningOf({ verdict, after }: ResultRow): Meaning {
  const code = after?.statusCode;
  if (verdict !== "failed" || code === undefined) return plain[verdict];
  const { short, doing, act } = meaningOfCode(code);
  const group = act === "nobody" || act === "wait" ? "waiting" : act;
  return { short, doing, group };
}

export const groupWords: readonly (readonly [Meaning["group"], string])[] = [
  ["customer", "Customer must act"],
  ["operations", "Operations must act"],
  ["provider", "Provider must act"],
  ["running", "Still running at the provider"],
  ["waiting", "Not attempted"],
  ["fine", "Nothing to do"],
];

/** The balance with separators, a true minus and the digits of its currency; else as the provider wrote it. */
export function balanceText(snapshot: RefreshSnapshot | undefined): string {
  const balance = snapshot?.balance;
  return balance === undefined ? "—" : shownValue(balance, "money", snapshot?.currency).text;
}

export interface ResultGroup {
  readonly id: string;
  readonly words: string;
  readonly note?: string | undefined;
  readonly rows: readonly ResultRow[];
}

const groupNotes: Readonly<Partial<Record<Meaning["group"], string>>> = {
  customer: "Tell them; a new refresh will not help until they have.",
  running: "This page updates when a newer attempt date appears.",
};

/** The results by who must act. */
export function groupsByActor(results: readonly ResultRow[]): readonly ResultGroup[] {
  return groupWords
    .map(([id, words]) => ({ id, words, note: groupNotes[id], rows: results.filter((row) => meaningOf(row).group === id) }))
    .filter(({ rows }) => rows.length > 0);
}

/** The results by bank: institution and the customer's sign-in there. */
export function groupsByInstitution(results: readonly ResultRow[]): readonly ResultGroup[] {
  const groups = Map.groupBy(results, ({ before, after }) => {
    const { institutionId, institutionLoginId } = after ?? before ?? {};
    return JSON.stringify([institutionId ?? "", institutionLoginId ?? ""]);
  });
  return [...groups].map(([id, rows]) => {
    const [first] = rows;
    const { institutionId, institutionLoginId } = first?.after ?? first?.before ?? {};
    const act = rows.filter((row) => ["customer", "operations", "provider"].includes(meaningOf(row).group)).length;
    return {
      id,
      words: institutionId === undefined ? "Institution not sent" : `Institution ${institutionId}`,
      note: [
        institutionLoginId === undefined ? "" : `Login ${institutionLoginId}.`,
        act === 0 ? "Nobody must act." : `${counted(act, "account")} ${act === 1 ? "needs" : "need"} somebody to act.`,
      ].filter((part) => part !== "").join(" "),
      rows,
    };
  });
}
