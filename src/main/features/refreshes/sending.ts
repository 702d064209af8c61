import { providerNames } from "@contract";
import { newCorrelationId } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { AggregatorProvider, RefreshAnswer } from "../../providers/aggregator.ts";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { meaningOfCode } from "@contract/rules/aggregation/status-codes.ts";
import { isExpected } from "./judge.ts";
import { noticeOf } from "./notice.ts";
import type { KeepRecords, RefreshConnection, RefreshDependencies, RefreshNotice } from "./refresh-access.ts";
import type { RefreshRecord } from "./refresh-record.ts";
import { snapshotOf } from "./snapshot.ts";
import type { SteadyClock } from "./steady-clock.ts";
import { findRefresh, noteMoment, saveAfter, saveBefore } from "./store.ts";
import { surely } from "./surely.ts";
import { move, mustFind, type Deed } from "./transition.ts";

const longestReadMs = 120_000;
const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`;

function ownDeed({ clock }: RefreshDependencies): Deed {
  return { person: undefined, atMs: clock.nowMs(), correlationId: newCorrelationId() };
}

export function snapshotsOf(records: readonly AggregatedRecord[]) {
  return new Map(records.map((record) => [record.accountId, snapshotOf(record)]));
}

/** Ends a refresh that refreshed nothing; the customer need not cool down. Returns the notice to give, if any. */
export function fallThrough(
  deps: RefreshDependencies,
  writer: Writer,
  refresh: RefreshRecord,
  title: string,
  message: string,
  deed: Deed = ownDeed(deps),
  code?: string,
): RefreshNotice | undefined {
  const coded = code === undefined ? {} : { code };
  move(
    writer,
    deps.audit,
    refresh,
    "fall-through",
    { act: "sender", message, endedAtMs: deed.atMs, coolUntilMs: null, nextLookAtMs: null, ...coded },
    { kind: "ended", title, text: message },
    deed,
  );
  return noticeOf(refresh, "failed", deed.atMs);
}

export interface Sending {
  readonly connection: RefreshConnection;
  readonly aggregator: AggregatorProvider;
  readonly steady: SteadyClock;
  /** Aborted when the workspace closes. */
  readonly closing: AbortSignal;
}

/** The records as they are before the click does anything; without them nobody could tell what came of it. */
async function readBefore(
  deps: RefreshDependencies,
  refresh: RefreshRecord,
  { aggregator, closing }: Sending,
): Promise<readonly AggregatedRecord[] | undefined> {
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(longestReadMs)]);
    return await aggregator.readRecords(refresh.customerId, signal);
  } catch (error) {
    if (!(error instanceof VostroFailure)) throw error;
    if (closing.aborted) return undefined;
    if (error.code === "sign-in-needed")
      deps.connections.markSignInRefused(refresh.connectionId, error.message, newCorrelationId());
    const words = error.message.replace(/ Nothing was (?:read|sent)\./u, "");
    const message = `The account records could not be read first. ${words} Nothing was refreshed.`;
    const notice = deps.store.transaction((writer) => {
      const now = findRefresh(writer, refresh.id);
      return now?.state === "clicked" ? fallThrough(deps, writer, now, "Not sent", message) : undefined;
    });
    if (notice !== undefined) deps.notify(notice);
    return undefined;
  }
}

function newestAttempt(records: readonly AggregatedRecord[]): string {
  const newest = Math.max(0, ...records.map(({ attemptDateS }) => attemptDateS ?? 0));
  if (newest === 0) return "no account had an attempt date";
  return `newest attempt date ${new Date(newest * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Commits the intent; false when it was taken back meanwhile. */
function commitIntent(
  deps: RefreshDependencies,
  refresh: RefreshRecord,
  records: readonly AggregatedRecord[],
  { connection, steady }: Sending,
): boolean {
  const snapshots = snapshotsOf(records);
  const accounts = [...snapshots].filter(([accountId, before]) =>
    isExpected({ accountId, before }, refresh.institutionLoginId),
  ).length;
  return deps.store.transaction((writer) => {
    const now = mustFind(writer, refresh.id);
    if (now.state !== "clicked") return false;
    const deed = ownDeed(deps);
    saveBefore(writer, refresh.id, snapshots);
    const steadyMs = steady.nowMs();
    move(
      writer,
      deps.audit,
      now,
      "send",
      {
        sentAtMs: deed.atMs,
        accounts,
        coolUntilMs: steadyMs + connection.refreshCoolDownMs,
        message: "The request is open.",
      },
      {
        kind: "sent",
        title: `Sent to ${providerNames[refresh.provider]}`,
        text: `Customer ${refresh.customerId}. The account records were read first: ${newestAttempt(records)}.`,
      },
      deed,
    );
    noteMoment(writer, steadyMs);
    return true;
  });
}

interface Ending {
  readonly answer: RefreshAnswer;
  readonly timedOut: boolean;
  readonly waitedMs: number;
}

const notAgain = "The refresh was not cancelled and is not asked for again; the records are read instead.";

/** Returns the notice to give where the answer ends the refresh, if any. */
function settleAnswer(
  deps: RefreshDependencies,
  writer: Writer,
  refresh: RefreshRecord,
  ending: Ending,
): RefreshNotice | undefined {
  const { answer } = ending;
  if (answer.kind !== "not-sent" && answer.kind !== "refused") {
    comeUnderWatch(deps, writer, refresh, { ...ending, answer });
    return undefined;
  }
  const title = answer.kind === "refused" ? `Refused by ${providerNames[refresh.provider]}` : "Not sent";
  const code = "code" in answer ? answer.code : undefined;
  return fallThrough(deps, writer, refresh, title, answer.message, ownDeed(deps), code);
}

type Watchable = Exclude<RefreshAnswer, { readonly kind: "not-sent" | "refused" }>;

function comeUnderWatch(
  deps: RefreshDependencies,
  writer: Writer,
  refresh: RefreshRecord,
  { answer, timedOut, waitedMs }: Ending & { readonly answer: Watchable },
): void {
  const deed = ownDeed(deps);
  const provider = providerNames[refresh.provider];
  const code = "code" in answer && answer.code !== undefined ? { code: answer.code } : {};
  const now = { answeredAtMs: deed.atMs, nextLookAtMs: deed.atMs };
  if (answer.kind === "still-running") {
    const title = timedOut ? `No answer in ${seconds(waitedMs)}` : "Still running at the provider";
    const text = timedOut ? `${provider} works this way. ${notAgain}` : `${answer.message} ${notAgain}`;
    const patch = { ...now, act: "wait" as const, message: text, ...code };
    return move(writer, deps.audit, refresh, "run-on", patch, { kind: "no-answer", title, text }, deed);
  }
  if (answer.kind === "needs-customer") {
    const patch = { ...now, act: "customer" as const, hinted: true, message: answer.message, ...code };
    const event = { kind: "answered", title: "The customer must act", text: answer.message } as const;
    return move(writer, deps.audit, refresh, "answer", patch, event, deed);
  }
  if (answer.kind === "ended-with-code") {
    const { act, short } = meaningOfCode(Number(answer.code));
    const text = `${answer.message} The records are read for what came of each account.`;
    const event = { kind: "answered", title: `Answered: ${short}`, text } as const;
    return move(writer, deps.audit, refresh, "answer", { ...now, act, hinted: true, message: text, ...code }, event, deed);
  }
  saveAfter(writer, refresh.id, snapshotsOf(answer.records));
  const text = `${provider} answered in ${seconds(waitedMs)}. The records are read for what came of it.`;
  const event = { kind: "answered", title: "Answered", text } as const;
  move(writer, deps.audit, refresh, "answer", { ...now, act: "wait", message: text }, event, deed);
}

/**
 * Carries out one refresh that waits for its turn: reads the records, commits the intent, posts exactly once, commits
 * what the answer means. Every step leaves it in a state from which a restart goes on without posting again.
 */
export async function sendOne(deps: RefreshDependencies, refresh: RefreshRecord, sending: Sending): Promise<void> {
  const { connection, aggregator, closing } = sending;
  const records = await readBefore(deps, refresh, sending);
  if (records === undefined || closing.aborted || !commitIntent(deps, refresh, records, sending)) return;
  deps.publish("workspace.dataChanged", { topics: ["refreshes", "audit"] });
  const timeout = AbortSignal.timeout(connection.refreshTimeoutMs);
  const { customerId, institutionLoginId } = refresh;
  const startedMs = deps.clock.monotonicMs();
  const keepRecords = deps.beginRead(refresh.connectionId);
  const answer = await aggregator.refresh(
    institutionLoginId === undefined
      ? { scope: "customer", customerId }
      : { scope: "login", customerId, institutionLoginId },
    AbortSignal.any([closing, timeout]),
  );
  const waitedMs = Math.round(deps.clock.monotonicMs() - startedMs);
  const timedOut = timeout.aborted && answer.kind === "still-running";
  const waited = timedOut ? connection.refreshTimeoutMs : waitedMs;
  if (answer.kind === "not-sent" && answer.reason === "sign-in")
    deps.connections.markSignInRefused(refresh.connectionId, answer.message, newCorrelationId());
  const notice = await surely(deps.store, closing, (writer) =>
    settleAnswer(deps, writer, mustFind(writer, refresh.id), { answer, timedOut, waitedMs: waited }),
  );
  if (notice !== undefined) deps.notify(notice);
  if (answer.kind === "answered") keep(deps, refresh, answer.records, keepRecords);
}

/**
 * Hands the records to whoever keeps accounts; a refresh does not fail by it. `wholeOf` names the customer where they
 * were read as all it has: what a refresh itself answers with may leave accounts out.
 */
export function keep(
  deps: RefreshDependencies,
  refresh: RefreshRecord,
  records: readonly AggregatedRecord[],
  keepRecords: KeepRecords,
  wholeOf?: string,
): void {
  try {
    keepRecords(records, wholeOf);
  } catch (error) {
    deps.log.error("Refreshed accounts could not be kept", { refresh: refresh.id, error: String(error) });
  }
}
