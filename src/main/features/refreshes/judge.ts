import type { AccountVerdict, RefreshActor, RefreshSnapshot, RefreshState } from "@contract";
import { meaningOfCode } from "@contract/rules/aggregation/status-codes.ts";
import type { RefreshHappening } from "./lifecycle.ts";

/** One account before the click and as last read; both dates are the provider's, compared with each other only. */
export interface Pair {
  readonly accountId: string;
  readonly before?: RefreshSnapshot;
  readonly after?: RefreshSnapshot;
}
export interface Judged extends Pair {
  readonly verdict: AccountVerdict;
}

const runningCodes: ReadonlySet<number> = new Set([325, 5006]);

/** Newer than before: a date where there was none, or a later one. */
function isNewer(after: number | undefined, before: number | undefined): boolean {
  return after !== undefined && (before === undefined || after > before);
}

/** Whether the account has an attempt date newer than before the click. */
export function hasMoved({ before, after }: Pair): boolean {
  return isNewer(after?.attemptDateS, before?.attemptDateS);
}

/**
 * How the newer attempt ended: its code decides. Without one only a newer success date proves success, because a
 * success date may be later than an attempt date that failed after it (seed finicity-customer-accounts).
 */
function attemptVerdict({ before, after }: Pair): AccountVerdict {
  const code = after?.statusCode;
  if (code !== undefined && runningCodes.has(code)) return "running";
  if (code !== undefined) return code === 0 ? "succeeded" : "failed";
  return isNewer(after?.successDateS, before?.successDateS) ? "succeeded" : "unclear";
}

/** What came of each account. `looked`: the records were read since; `ended`: nothing more is waited for. */
export function judgeAccounts(
  pairs: readonly Pair[],
  { looked, ended }: { readonly looked: boolean; readonly ended: boolean },
): readonly Judged[] {
  const untold: AccountVerdict = ended ? "untouched" : "waiting";
  return pairs.map((pair) => {
    if (!looked) return { ...pair, verdict: untold };
    if (pair.before === undefined) return { ...pair, verdict: "new" };
    if (pair.after === undefined) return { ...pair, verdict: "gone" };
    if (hasMoved(pair)) return { ...pair, verdict: attemptVerdict(pair) };
    const running = !ended && pair.after.statusCode !== undefined && runningCodes.has(pair.after.statusCode);
    return { ...pair, verdict: running ? "running" : untold };
  });
}

/** Whether a refresh waits for this account: it was there before the click, active, and in what is refreshed. */
export function isExpected({ before }: Pair, institutionLoginId: string | undefined): boolean {
  if (before === undefined || before.status === "pending") return false;
  return institutionLoginId === undefined || before.institutionLoginId === institutionLoginId;
}

export interface Standing {
  readonly state: RefreshState;
  readonly institutionLoginId: string | undefined;
  /** What the answer itself said of who must act. */
  readonly hint?: { readonly act: RefreshActor; readonly code?: string };
  /** Looks in a row, this one included, that showed nothing new. */
  readonly sameLooks: number;
  readonly watchedMs: number;
  readonly giveUpMs: number;
  /** The provider said that another refresh was running: accounts it had done before the click do not move again. */
  readonly overlaps: boolean;
}

/** What a look leads to; without `event` the watching goes on. */
export interface Decision {
  readonly event?: Extract<RefreshHappening, "succeed" | "succeed-in-part" | "fail" | "give-up">;
  readonly act: RefreshActor;
  readonly code?: string;
  readonly message: string;
}

const enoughSameLooks = 3;
const enoughSameLooksOfOverlap = 8;
const urgency: readonly RefreshActor[] = ["customer", "operations", "provider", "wait"];
const many = (count: number): string => (count === 1 ? "1 account" : `${count} accounts`);

interface Blame {
  readonly act: RefreshActor;
  readonly code?: string;
}

function blameOf({ after, verdict }: Judged): Blame {
  if (verdict === "unclear" || after?.statusCode === undefined) return { act: "operations" };
  return { act: meaningOfCode(after.statusCode).act, code: String(after.statusCode) };
}

function worst(blames: readonly Blame[], hint: Blame | undefined): Blame {
  const all = hint === undefined ? blames : [hint, ...blames];
  for (const act of urgency) {
    const found = all.filter((blame) => blame.act === act);
    const [first] = found;
    if (first !== undefined) return found.find(({ code }) => code !== undefined) ?? first;
  }
  return { act: "operations" };
}

const asks: Readonly<Record<RefreshActor, string>> = {
  customer: "The customer must act; another refresh will not help until they do.",
  operations: "Operations must look at it.",
  provider: "The provider must repair its connection to the bank.",
  wait: "Nobody needs to act: wait, then read the records again.",
  nobody: "",
  sender: "",
};

/** What an answer that names the customer without a code was (reference §2.3). */
const asksTheCustomer = " The bank asks the customer a question (203).";

function conclude(judged: readonly Judged[], hint: Blame | undefined): Decision {
  const succeeded = judged.filter(({ verdict }) => verdict === "succeeded" || verdict === "new").length;
  const failed = judged.filter(({ verdict }) => verdict === "failed" || verdict === "unclear");
  const untouched = judged.filter(({ verdict }) => verdict === "waiting").length;
  if (failed.length === 0 && untouched === 0 && (hint === undefined || succeeded > 0))
    return { event: "succeed", act: "nobody", message: `The provider refreshed ${many(succeeded)}.` };
  const blame = failed.length === 0 && hint === undefined ? { act: "wait" as const } : worst(failed.map(blameOf), hint);
  const code = blame.code === undefined ? "" : ` Code ${blame.code}.`;
  const left = untouched === 0 ? "" : ` ${many(untouched)} had no newer attempt.`;
  const asked = hint?.act === "customer" && hint.code === undefined ? asksTheCustomer : "";
  const counts = `${many(succeeded)} succeeded, ${many(failed.length)} did not.`;
  const result = `${succeeded + failed.length === 0 ? "" : counts}${left}${code}${asked} ${asks[blame.act]}`;
  return { event: succeeded > 0 ? "succeed-in-part" : "fail", ...blame, message: result.trim() };
}

/**
 * What the records, just read, mean for the refresh. It has ended when every account it waits for has a newer attempt
 * date and none is running; after an answer three looks without anything new are enough, or having watched long enough.
 * One without an answer is given up then.
 */
export function decide(judged: readonly Judged[], standing: Standing): Decision {
  const { state, hint, sameLooks, watchedMs, giveUpMs } = standing;
  const expected = judged.filter((pair) => isExpected(pair, standing.institutionLoginId));
  const open = expected.filter(({ verdict }) => verdict === "waiting" || verdict === "running");
  const moved = expected.filter(hasMoved).length;
  const running = open.some(({ verdict }) => verdict === "running");
  const unclear = expected.some(({ verdict }) => verdict === "unclear");
  const told = judged.filter((pair) => pair.before === undefined || expected.includes(pair));
  const settled = sameLooks >= enoughSameLooks;
  const answered = state === "answered";
  const somethingHappened = moved > 0 || judged.some(({ verdict }) => verdict === "new" || verdict === "gone");
  if (open.length === 0 && (!unclear || settled) && (somethingHappened || (answered && settled)))
    return conclude(told, hint);
  if (answered && !running && (settled || watchedMs >= giveUpMs)) return conclude(told, hint);
  if (standing.overlaps && moved > 0 && !running && sameLooks >= enoughSameLooksOfOverlap) return conclude(told, hint);
  const seen = `${moved} of ${many(expected.length)} ${expected.length === 1 ? "has" : "have"} a newer attempt date`;
  if (watchedMs >= giveUpMs || state === "given-up") {
    const message =
      `${seen}; the others showed none. The refresh may still end at the provider. Read the records later.`;
    return { event: "give-up", act: "operations", message };
  }
  return { act: "wait", message: `${seen}. The records are read again; the refresh is not asked for again.` };
}
