import { newCorrelationId } from "../../core/clock.ts";
import { withJitter } from "../../core/jitter.ts";
import type { Writer } from "../../database/sql.ts";
import type { AccountProvider, WriteOutcome } from "../../providers/provider.ts";
import type { ChangePatch, ChangeRecord } from "./change-record.ts";
import type { ChangeEvent } from "./lifecycle.ts";
import { noteAccepted, preparedOf } from "./look.ts";
import { readAfter, readBefore } from "./read-around.ts";
import { maskedText } from "./quoted-numbers.ts";
import { goOn, ownDeed, type SendDependencies, type SendVerdict } from "./send-dependencies.ts";
import { finishAttempt, gateIsOpen, insertAttempt, longestRestMs } from "./store.ts";
import { move, movedOn, mustFind } from "./transition.ts";

/**
 * Waiting time before try `tries + 1`, in ms: 1 s doubling to 60 s, or what the provider asked for; up to a quarter more,
 * and never above the longest rest.
 */
export function backoffMs(tries: number, askedMs: number | undefined, random: () => number): number {
  const waitMs = askedMs ?? Math.min(60_000, 1000 * 2 ** Math.min(tries, 6));
  return Math.min(longestRestMs, withJitter(waitMs, random));
}

/** What an answer means to the changes behind it: their turn, or everything of the connection has to wait. */
export type Answered = "free" | "turned-away";

export interface Turn {
  readonly signal: AbortSignal;
  /** False once no further request may begin; asked in the transaction that commits the intent. */
  readonly mayBegin: () => boolean;
  /** Called before the outcome is saved, once no request of this change can follow; how long the answer took. */
  readonly answered: (answer: Answered, elapsedMs: number) => void;
}

/**
 * Sends one approved change: sign in, read again and compare where the connection can read, commit the intent, send
 * exactly its bytes, commit the outcome, read back. Every step leaves the change in a state that survives a crash.
 * Failure conflict when it was taken back, held back or stopped before it left; storage-failed when the disk does not
 * take the intent: nothing was sent then, and the next try reads again.
 */
export async function sendOne(
  deps: SendDependencies,
  queued: ChangeRecord,
  turn: Turn,
): Promise<SendVerdict> {
  const { signal, answered } = turn;
  await deps.connections.provider(queued.connectionId).turn(signal);
  const provider = deps.connections.provider(queued.connectionId);
  const notSignedIn = await provider.signIn(signal);
  if (notSignedIn !== undefined) {
    return await holdBack(deps, mustFind(deps.store.read, queued.id), notSignedIn, undefined);
  }
  let current = queued;
  if (provider.canRead) {
    const change = mustFind(deps.store.read, queued.id);
    const mayGo = change.state === "approved" && !change.held && !change.compareFirst;
    if (!mayGo || !gateIsOpen(deps.store.read, change)) return goOn;
    const ready = await readBefore(deps, provider, change, signal);
    if ("postponed" in ready) return await holdBack(deps, change, ready.postponed, undefined);
    if (!("change" in ready)) return ready;
    current = ready.change;
  }
  let ended = await attempt(deps, provider, current, whyNow(queued), turn);
  if (ended.outcome.kind === "unauthorized") {
    current = await deps.persistence.surely((writer) => {
      endAttempt(deps, writer, current, ended, "wait", {}, "The provider did not accept the token; signing in afresh");
      return mustFind(writer, current.id);
    });
    provider.forgetToken();
    const refused = await provider.signIn(signal);
    if (refused !== undefined) return await holdBack(deps, current, refused, undefined);
    ended = await attempt(deps, provider, current, "after a fresh sign-in", turn);
  }
  const { outcome } = ended;
  const mayStopItsBatch = outcome.kind === "refused" && current.batchId !== undefined;
  if (isOver(outcome, provider) && !mayStopItsBatch) answered("free", ended.elapsedMs);
  if (outcome.kind === "busy" || outcome.kind === "unauthorized") answered("turned-away", ended.elapsedMs);
  return await conclude(deps, provider, current, ended, signal);
}

/** Whether no request of the change can follow: it was refused, or accepted where nothing is read back. */
const isOver = ({ kind }: WriteOutcome, { canRead }: Pick<AccountProvider, "canRead">): boolean =>
  kind === "refused" || (kind === "accepted" && !canRead);

/** One request that is over; `endedAtMs` is when its outcome was known, which may be long before it could be saved. */
interface Ended {
  readonly outcome: WriteOutcome;
  readonly attemptId: number;
  readonly endedAtMs: number;
  readonly elapsedMs: number;
}

function whyNow({ resend, tries }: ChangeRecord): string {
  if (resend) return "sent again by a person";
  return tries > 0 ? `try ${tries + 1}, after "not now"` : "first";
}

async function attempt(
  deps: SendDependencies,
  provider: AccountProvider,
  change: ChangeRecord,
  why: string,
  { signal, mayBegin }: Turn,
): Promise<Ended> {
  const prepared = preparedOf(provider, change);
  const correlationId = newCorrelationId();
  const attemptId = await deps.journal.markFirst((writer) => {
    if (!mayBegin() || !gateIsOpen(writer, change)) throw movedOn(change);
    const at = ownDeed(deps, correlationId);
    const id = insertAttempt(writer, { changeId: change.id, why, prepared, startedAtMs: at.atMs, correlationId });
    move(
      writer,
      deps.audit,
      { ...change, state: "approved" },
      "start",
      { sentAtMs: at.atMs, message: null, notBeforeMs: null },
      {
        ...at,
        text: `Sending${change.kind === "delete" ? " the deletion" : ""} (${why})`,
        facts: { attempt: id, host: prepared.origin },
      },
    );
    return id;
  });
  deps.announce();
  const startedMs = deps.clock.monotonicMs();
  const outcome = await provider.write(prepared, signal);
  const elapsedMs = deps.clock.monotonicMs() - startedMs;
  return { outcome: meaningOf(change, outcome), attemptId, endedAtMs: deps.clock.nowMs(), elapsedMs };
}

/**
 * 409 to one sent again may well speak of the request before, whose outcome is still open; and so may 404 to a deletion.
 */
function meaningOf(change: ChangeRecord, outcome: WriteOutcome): WriteOutcome {
  if (!change.resend || outcome.kind !== "refused") return outcome;
  const { httpStatus, message } = outcome;
  if (httpStatus !== 409 && !(change.kind === "delete" && httpStatus === 404)) return outcome;
  return { kind: "unknown", httpStatus, message: `${message} The request before may or may not have been applied.` };
}

function endAttempt(
  deps: SendDependencies,
  writer: Writer,
  change: ChangeRecord,
  { outcome, attemptId, endedAtMs }: Ended,
  event: ChangeEvent,
  patch: ChangePatch,
  text: string,
): void {
  const at = ownDeed(deps);
  const httpStatus = "httpStatus" in outcome ? outcome.httpStatus : undefined;
  const code = "code" in outcome ? outcome.code : undefined;
  finishAttempt(writer, attemptId, {
    outcome: outcome.kind === "unauthorized" ? "not-sent" : outcome.kind,
    atMs: endedAtMs,
    httpStatus,
    providerCode: code,
    message: outcome.message === undefined ? undefined : maskedText(change, outcome.message),
  });
  move(writer, deps.audit, { ...change, state: "sending" }, event, patch, {
    ...at,
    text,
    facts: { attempt: attemptId, outcome: outcome.kind, httpStatus, providerCode: code },
  });
}

async function conclude(
  deps: SendDependencies,
  provider: AccountProvider,
  change: ChangeRecord,
  ended: Ended,
  signal: AbortSignal,
): Promise<SendVerdict> {
  const { outcome } = ended;
  switch (outcome.kind) {
    case "accepted": {
      await deps.persistence.surely((writer) => {
        endAttempt(
          deps,
          writer,
          change,
          ended,
          "accept",
          {
            providerCode: outcome.code ?? null,
            providerMessage: outcome.message ?? null,
            message: null,
            resend: false,
            queueSeq: null,
          },
          `Accepted by provider${change.kind === "delete" ? ": the account is deleted there" : ""}`,
        );
        noteAccepted(deps, writer, change, deps.clock.nowMs());
      });
      deps.noteAnswer(change, { kind: "answered", message: "", held: false });
      deps.announce(true);
      if (provider.canRead) await readAfter(deps, provider, change, signal);
      return goOn;
    }
    case "refused":
      await deps.persistence.surely((writer) =>
        endAttempt(
          deps,
          writer,
          change,
          ended,
          "refuse",
          {
            providerCode: outcome.code ?? null,
            providerMessage: outcome.message,
            message: outcome.message,
            resend: false,
            queueSeq: null,
          },
          `Refused by provider: ${outcome.message}`,
        ),
      );
      deps.noteAnswer(change, { kind: "answered", message: outcome.message, held: false });
      deps.announce(true);
      return goOn;
    case "unknown": {
      const settleAtMs = ended.endedAtMs + deps.connections.get(change.connectionId).settleWindowMs;
      await deps.persistence.surely((writer) =>
        endAttempt(
          deps,
          writer,
          change,
          ended,
          "lose-track",
          { message: outcome.message, settleAtMs, settlement: null, resend: false },
          `Outcome unknown: ${outcome.message}`,
        ),
      );
      deps.noteAnswer(change, { kind: "unknown", message: outcome.message, held: false });
      deps.announce(true);
      return goOn;
    }
    case "unauthorized":
    case "busy":
    case "not-sent":
      return await holdBack(deps, change, outcome, ended);
    default:
      throw new Error(outcome satisfies never);
  }
}

type Postponed = Extract<WriteOutcome, { kind: "busy" | "not-sent" | "unauthorized" }>;

/** The change was definitely not applied: it stays approved and is tried again by itself, bounded, or waits for a person. */
async function holdBack(
  deps: SendDependencies,
  change: ChangeRecord,
  outcome: Postponed,
  ended: Ended | undefined,
): Promise<SendVerdict> {
  const connection = deps.connections.get(change.connectionId);
  const needsPerson =
    outcome.kind === "unauthorized" ||
    (outcome.kind === "not-sent" && (outcome.reason === "sign-in" || outcome.reason === "certificate"));
  const usedUp = change.tries + 1 > connection.busyRetries;
  const waitMs = backoffMs(change.tries, outcome.kind === "busy" ? outcome.retryAfterMs : undefined, deps.random);
  const untilMs = deps.clock.nowMs() + waitMs;
  const patch: ChangePatch = needsPerson
    ? { message: outcome.message, notBeforeMs: null }
    : { message: outcome.message, tries: change.tries + 1, held: usedUp, notBeforeMs: usedUp ? null : untilMs };
  const text = `Not sent: ${outcome.message}`;
  await deps.persistence.surely((writer) => {
    if (ended !== undefined) endAttempt(deps, writer, change, ended, "wait", patch, text);
    else move(writer, deps.audit, { ...change, state: "approved" }, "wait", patch, { ...ownDeed(deps), text });
  });
  const kind = needsPerson ? "sign-in" : "busy";
  deps.noteAnswer(change, { kind, message: outcome.message, held: !needsPerson && usedUp });
  deps.announce();
  if (needsPerson) {
    deps.connections.markSignInRefused(change.connectionId, outcome.message, newCorrelationId());
    return { next: "stop" };
  }
  return { next: "rest", waitMs };
}
