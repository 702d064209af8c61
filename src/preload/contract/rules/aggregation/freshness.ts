import type { AggregatedRecord } from "./record.ts";
import { meaningOfCode } from "./status-codes.ts";
import type { StatusMeaning } from "./status-meaning.ts";

/** What freshness is judged by: the code and the three dates, each absent where the provider did not say. */
export type FreshnessFacts = Pick<
  AggregatedRecord,
  "statusCode" | "balanceDateS" | "successDateS" | "attemptDateS" | "balance"
>;

/**
 * What came of the last attempt. `unclear`: the dates say that it has not succeeded (yet), and no code says why.
 * The success date may be later than the attempt date (seed finicity-customer-accounts): that is a success.
 */
export type AttemptOutcome = "never" | "succeeded" | "failed" | "running" | "unclear";

const runningCodes: ReadonlySet<number> = new Set([325, 5006]);

/** What the provider says of the last attempt; a code decides before the dates do. */
export function attemptOutcome({ statusCode, successDateS, attemptDateS }: FreshnessFacts): AttemptOutcome {
  if (statusCode !== undefined && runningCodes.has(statusCode)) return "running";
  if (statusCode !== undefined && statusCode !== 0) return "failed";
  if (attemptDateS !== undefined && (successDateS === undefined || successDateS < attemptDateS)) return "unclear";
  if (statusCode === 0 || successDateS !== undefined) return "succeeded";
  return "never";
}

const never: StatusMeaning = {
  isKnown: true,
  category: "Not aggregated yet",
  act: "wait",
  short: "Not aggregated yet",
  meaning: "The provider has not asked the bank about this account yet.",
  because: "",
  doing: "Nobody: wait, then read again",
  isConnectFix: false,
};
const success: StatusMeaning = { ...meaningWithoutCode(0), short: "Last success on record" };
const unclear: StatusMeaning = {
  isKnown: true,
  category: "Not clear",
  act: "operations",
  short: "Last attempt not confirmed",
  meaning: "The last attempt is later than the last success, and the provider gives no reason.",
  because: "the provider gives no reason",
  doing: "Read again; if it stays, ask the provider",
  isConnectFix: false,
};

function meaningWithoutCode(code: number): StatusMeaning {
  const { code: _, ...rest } = meaningOfCode(code);
  return rest;
}

/** What the account's state means, who must act and what they do; without a code, worked out of the dates. */
export function statusMeaning(facts: FreshnessFacts): StatusMeaning {
  const outcome = attemptOutcome(facts);
  if (outcome === "unclear" && facts.statusCode === 0) {
    return {
      ...unclear,
      code: 0,
      act: "wait",
      meaning: "The code says success, but the last attempt is later than the last success: it may still be running.",
      because: "it may still be running",
      doing: "Nobody: wait, then read again",
    };
  }
  if (facts.statusCode !== undefined) return meaningOfCode(facts.statusCode);
  return outcome === "never" ? never : outcome === "succeeded" ? success : unclear;
}

/** Who must act before the account is fresh again. */
export function whoMustAct(facts: FreshnessFacts): StatusMeaning["act"] {
  return statusMeaning(facts).act;
}

/** Whether what is known may be older than it looks: its last attempt failed, or did not succeed as far as is known. */
export function isLastAttemptBad(facts: FreshnessFacts): boolean {
  const outcome = attemptOutcome(facts);
  return outcome === "failed" || outcome === "unclear";
}

/** The moment that what is known comes from: of the balance, else of the last success; in seconds. */
export function knowledgeDateS(facts: FreshnessFacts): number | undefined {
  return facts.balanceDateS ?? facts.successDateS;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

/** "18 Nov 14:20" in local time, with the year where it is another than now. */
function moment(atS: number, nowMs: number): string {
  const at = new Date(atS * 1000);
  if (Number.isNaN(at.getTime())) return `second ${String(atS)}`;
  const year = at.getFullYear() === new Date(nowMs).getFullYear() ? "" : ` ${String(at.getFullYear())}`;
  return `${String(at.getDate())} ${months[at.getMonth()] ?? ""}${year} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

function balancePart({ balance, balanceDateS }: FreshnessFacts, nowMs: number): string {
  if (balanceDateS !== undefined) return `Balance is from ${moment(balanceDateS, nowMs)}`;
  return balance === undefined ? "There is no balance yet" : "The balance has no date";
}

function attemptPart(facts: FreshnessFacts, nowMs: number): string {
  const { attemptDateS, successDateS } = facts;
  const on = attemptDateS === undefined ? "" : ` on ${moment(attemptDateS, nowMs)}`;
  switch (attemptOutcome(facts)) {
    case "never":
      return "the provider has not asked the bank yet";
    case "running":
      return `an attempt${attemptDateS === undefined ? "" : ` begun${on}`} is still running`;
    case "failed":
      return `the last attempt${on} failed: ${statusMeaning(facts).because}`;
    case "unclear":
      return `the last attempt${on} has not succeeded: ${statusMeaning(facts).because}`;
    case "succeeded":
      return successDateS === undefined ? `the last attempt${on} succeeded` : lastSuccess(successDateS, nowMs);
  }
}

function lastSuccess(successDateS: number, nowMs: number): string {
  return `the last attempt succeeded on ${moment(successDateS, nowMs)}`;
}

/**
 * "Balance is from 18 Nov 14:20; the last attempt on 19 Nov 03:10 failed: the customer must answer a security
 * question." Dates in local time. Every combination of absent dates and code has its sentence.
 */
export function freshnessSentence(facts: FreshnessFacts, nowMs: number): string {
  return `${balancePart(facts, nowMs)}; ${attemptPart(facts, nowMs)}.`;
}
