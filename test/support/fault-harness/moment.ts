import { setTimeout as sleep } from "node:timers/promises";
import type { FinzlySimulator, LedgerEntry } from "../../../src/main/training/finzly/index.ts";
import { commitPoints, commitSetting, commitVariable, type CommitPoint } from "./kill-at-commit.ts";
import type { Kill, ProviderPoint } from "./plan.ts";

/** How often the ledger is looked at. */
const lookEveryMs = 2;

const isCommitPoint = (point: Kill["at"]): point is CommitPoint => commitPoints.some((known) => known === point);

/** The environment that makes the app end itself at a commit; empty for moments seen at the provider. */
export function environmentFor(kill: Kill | undefined): Record<string, string> {
  if (kill === undefined || !isCommitPoint(kill.at)) return {};
  return {
    NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${new URL("./kill-at-commit.ts", import.meta.url).href}`,
    [commitVariable]: commitSetting(kill.at, kill.nth),
  };
}

const counted: Readonly<Record<ProviderPoint, (entry: LedgerEntry) => boolean>> = {
  random: ({ route }) => route === "accounts.update",
  "request-received": ({ route, fault, bodyComplete }) =>
    route === "accounts.update" && fault === "hang-before" && bodyComplete,
  "applied-before-answer": ({ route, fault, applied }) =>
    route === "accounts.update" && fault === "hang-after" && applied,
  answered: ({ route, status }) => route === "accounts.update" && status === 200,
  "pre-read": ({ route }) => route === "accounts.get",
};

/** Holds the provider still at the nth update, where the moment lies inside a request. */
function holdProvider(simulator: FinzlySimulator, { at, nth }: Kill): number {
  if (at !== "request-received" && at !== "applied-before-answer") return nth;
  simulator.faults.set({
    route: "accounts.update",
    kind: at === "request-received" ? "hang-before" : "hang-after",
    every: nth,
    times: 1,
  });
  return 1;
}

/** Resolves true when the moment has come at the provider, false when `signal` ends the waiting first. */
export async function momentAtProvider(simulator: FinzlySimulator, kill: Kill, signal: AbortSignal): Promise<boolean> {
  const { at } = kill;
  if (isCommitPoint(at)) return false;
  const from = simulator.ledger.entries().length;
  const nth = holdProvider(simulator, kill);
  while (!signal.aborted) {
    if (simulator.ledger.entries().slice(from).filter(counted[at]).length >= nth) {
      if (kill.delayMs > 0) await sleep(kill.delayMs);
      return true;
    }
    await sleep(lookEveryMs);
  }
  return false;
}
