import { VostroFailure, type FailureDetails } from "../core/failures.ts";
import type { HttpAnswer } from "../http/client.ts";
import type { HttpFailure } from "../http/http-failure.ts";
import { retryAfterMs } from "../http/retry-after.ts";
import type { RefreshAnswer } from "./aggregator.ts";
import type { WriteOutcome } from "./provider.ts";

/** The provider as a sentence names it. */
export type ProviderName = "Finzly" | "Finicity" | "Signzy";

/** How long a connection waits for the head and the end of an answer. */
export interface Waits {
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
}

/** Ends every sentence about a write in doubt. */
export const maybeApplied = "The change may or may not have been applied.";
/** Ends every sentence about a refresh in doubt. */
export const refreshGoesOn = "The refresh may be going on there; it is not asked for again.";

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`;

function brokenWords(provider: ProviderName, { kind }: HttpFailure, waits: Waits): string {
  if (kind === "no-answer") return `${provider} did not answer in ${seconds(waits.headersTimeoutMs)}.`;
  if (kind === "slow-body") return `${provider}'s answer did not end in ${seconds(waits.bodyTimeoutMs)}.`;
  if (kind === "too-large") return `${provider}'s answer was too large to read.`;
  if (kind === "cancelled") return `We stopped before ${provider} answered.`;
  return `The connection to ${provider} broke before its answer was complete.`;
}

const statusOf = ({ status }: HttpFailure) => (status === undefined ? {} : { httpStatus: status });

function notSent(failure: HttpFailure) {
  const reason = failure.kind === "certificate" ? ("certificate" as const) : ("unreachable" as const);
  return { kind: "not-sent" as const, reason, message: `${failure.message} Nothing was sent.` };
}

/** 429 or 503 to a write: the provider says "not now", so nothing was applied. */
export function busyOutcome(
  provider: ProviderName,
  answer: HttpAnswer,
  nowMs: number,
): Extract<WriteOutcome, { kind: "busy" }> {
  const wait = retryAfterMs(answer.headers["retry-after"], nowMs);
  const words = answer.status === 429 ? "asks us to send more slowly (429)" : "is out of service for now (503)";
  const message = `${provider} ${words}. Nothing was applied.`;
  return { kind: "busy", httpStatus: answer.status, message, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
}

/** What a broken write means: definite only when no byte can have left. */
export function writeOutcomeOfFailure(provider: ProviderName, failure: HttpFailure, waits: Waits): WriteOutcome {
  if (failure.phase === "before-send") return notSent(failure);
  return { kind: "unknown", message: `${brokenWords(provider, failure, waits)} ${maybeApplied}`, ...statusOf(failure) };
}

/** What a broken refresh means: not sent only when no byte can have left. */
export function refreshAnswerOfFailure(provider: ProviderName, failure: HttpFailure): RefreshAnswer {
  if (failure.phase === "before-send") return notSent(failure);
  const patient = failure.kind === "cancelled" || failure.kind === "no-answer";
  const what = patient
    ? `${provider} did not answer in time.`
    : `The connection to ${provider} broke before its answer was complete.`;
  return { kind: "still-running", message: `${what} ${refreshGoesOn}`, ...statusOf(failure) };
}

/** A read's broken exchange as the failure a person sees: offline, provider-changed (too large) or provider-down. */
export function readFailureOfHttp(provider: ProviderName, failure: HttpFailure, waits: Waits): VostroFailure {
  const words = failure.phase === "before-send" ? failure.message : brokenWords(provider, failure, waits);
  const code =
    failure.kind === "offline" ? "offline" : failure.kind === "too-large" ? "provider-changed" : "provider-down";
  return new VostroFailure(code, `${words} Nothing was read.`, {
    retryable: code !== "provider-changed",
    cause: failure,
  });
}

/** 429 or 503 to a read, with the provider's own code where it gave one. */
export function busyReadFailure(
  { message, retryAfterMs: wait }: ReturnType<typeof busyOutcome>,
  coded: Pick<FailureDetails, "providerCode"> = {},
): VostroFailure {
  const details = { ...coded, retryable: true, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  return new VostroFailure("provider-busy", message.replace("applied", "read"), details);
}
