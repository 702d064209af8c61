import { newCorrelationId } from "../../core/clock.ts";
import { refreshStateWords, type RefreshActor } from "@contract";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { runsAlready } from "../../providers/refresh-codes.ts";
import type { Writer } from "../../database/sql.ts";
import { decide, hasMoved, isExpected, judgeAccounts, type Decision, type Pair } from "./judge.ts";
import type { RefreshDependencies, RefreshNotice } from "./refresh-access.ts";
import { noticeOf } from "./notice.ts";
import type { RefreshPatch, RefreshRecord } from "./refresh-record.ts";
import { snapshotsOf } from "./sending.ts";
import { findRefresh, insertEvent, pairsOf, patchRefresh, saveAfter } from "./store.ts";
import { move, type Deed } from "./transition.ts";

export interface Look {
  /** What was read; undefined when it could not be. */
  readonly records: readonly AggregatedRecord[] | undefined;
  readonly trouble?: string;
  readonly watchedMs: number;
  readonly giveUpMs: number;
  /** Until the next look, in ms. */
  readonly nextInMs: (looks: number) => number;
  readonly deed: Deed;
}

const sameAsBefore = (before: readonly Pair[], after: readonly Pair[]): boolean =>
  JSON.stringify(before.map(({ after: seen }) => seen ?? null)) ===
  JSON.stringify(after.map(({ after: seen }) => seen ?? null));

const endStates = {
  succeed: "succeeded",
  "succeed-in-part": "partly-succeeded",
  fail: "failed",
  "give-up": "given-up",
} as const;

function end(
  deps: RefreshDependencies,
  writer: Writer,
  refresh: RefreshRecord,
  event: keyof typeof endStates,
  decision: Decision,
  progress: RefreshPatch,
  deed: Deed,
): RefreshNotice | undefined {
  const state = endStates[event];
  const patch = {
    ...progress,
    act: decision.act,
    code: decision.code ?? null,
    message: decision.message,
    endedAtMs: deed.atMs,
    nextLookAtMs: null,
  };
  if (refresh.state === "given-up" && event === "give-up") {
    patchRefresh(writer, refresh, patch);
    return undefined;
  }
  const line = { kind: "ended", title: refreshStateWords[state], text: decision.message } as const;
  move(writer, deps.audit, refresh, event, patch, line, deed);
  return noticeOf(refresh, state, deed.atMs);
}

/**
 * Writes what a look showed into the refresh and ends it where that is clear. Returns the notice to give, if any.
 * Does nothing when the refresh has ended meanwhile.
 */
export function applyLook(
  deps: RefreshDependencies,
  writer: Writer,
  id: RefreshRecord["id"],
  look: Look,
): RefreshNotice | undefined {
  const refresh = findRefresh(writer, id);
  if (refresh === undefined || !["answered", "still-running", "given-up"].includes(refresh.state)) return undefined;
  const before = pairsOf(writer, id);
  if (look.records !== undefined) saveAfter(writer, id, snapshotsOf(look.records));
  const pairs = look.records === undefined ? before : pairsOf(writer, id);
  const over = look.watchedMs >= look.giveUpMs;
  const same = sameAsBefore(before, pairs) ? refresh.sameLooks + (look.records === undefined ? 0 : 1) : 0;
  const looked = pairs.some(({ after }) => after !== undefined) || look.records !== undefined;
  const judged = judgeAccounts(pairs, { looked, ended: false });
  const moved = pairs.filter((pair) => isExpected(pair, refresh.institutionLoginId) && hasMoved(pair)).length;
  const decision = decide(judged, {
    state: refresh.state,
    institutionLoginId: refresh.institutionLoginId,
    sameLooks: look.records === undefined && over ? 3 : same,
    watchedMs: look.watchedMs,
    giveUpMs: look.giveUpMs,
    overlaps: refresh.code !== undefined && runsAlready(refresh.code),
    ...(refresh.hinted ? { hint: hintOf(refresh) } : {}),
  });
  const { deed } = look;
  const looks = refresh.looks + 1;
  const progress: RefreshPatch = {
    looks,
    sameLooks: same,
    watchedMs: Math.round(look.watchedMs),
    accountsMoved: moved,
    ...(moved > 0 && refresh.seenAtMs === undefined ? { seenAtMs: deed.atMs } : {}),
  };
  if (moved > refresh.accountsMoved) {
    const text = `${moved} of ${refresh.accounts} accounts have a newer attempt date.`;
    insertEvent(writer, id, { atMs: deed.atMs, kind: "seen", title: "Newer attempt date seen", text });
  }
  const concluded = decision.event !== undefined && (look.records !== undefined || over);
  if (concluded && decision.event !== undefined)
    return end(deps, writer, refresh, decision.event, withTrouble(decision, look), progress, deed);
  const { message } = withTrouble(decision, look);
  patchRefresh(writer, refresh, { ...progress, message, nextLookAtMs: deed.atMs + look.nextInMs(looks) });
  return undefined;
}

function hintOf({ act, code }: RefreshRecord): { act: RefreshActor; code?: string } {
  return { act, ...(code === undefined ? {} : { code }) };
}

function withTrouble(decision: Decision, { trouble }: Look): Decision {
  if (trouble === undefined) return decision;
  return { ...decision, message: `${decision.message} The last look failed: ${trouble}` };
}

export function lookDeed(deps: RefreshDependencies, person?: Deed["person"], correlationId = newCorrelationId()): Deed {
  return { person, atMs: deps.clock.nowMs(), correlationId };
}
