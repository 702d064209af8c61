import { setTimeout as sleep } from "node:timers/promises";
import type { HttpAnswer } from "./exchange.ts";
import { HttpFailure, type HttpFailureKind } from "./http-failure.ts";
import { withJitter } from "../core/jitter.ts";
import { retryAfterMs } from "./retry-after.ts";

export interface ReadPatience {
  /** How often a failed read is tried again. */
  readonly retries: number;
  /** First wait; doubled each time. */
  readonly firstWaitMs: number;
  /** A provider that asks for longer is not waited for here. */
  readonly longestWaitMs: number;
  readonly nowMs: () => number;
  readonly random: () => number;
}

const passing: ReadonlySet<HttpFailureKind> = new Set(["unreachable", "connect-timeout", "no-answer", "reset"]);
const passingStatus = (status: number): boolean => status === 429 || status >= 500;

/**
 * Sends a read, again when it met 429, 5xx, a reset or a time-out: bounded, with growing waits, honouring Retry-After.
 * Only for requests that change nothing. The last answer or failure is the caller's.
 */
export async function safeRead(
  send: () => Promise<HttpAnswer>,
  patience: ReadPatience,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  for (let tries = 0; ; tries += 1) {
    const last = tries >= patience.retries;
    const result = await attempt(send);
    if (last || !("failure" in result || passingStatus(result.answer.status))) return finished(result);
    if ("failure" in result && !passing.has(result.failure.kind)) throw result.failure;
    const asked = "answer" in result ? retryAfterMs(result.answer.headers["retry-after"], patience.nowMs()) : undefined;
    if (asked !== undefined && asked > patience.longestWaitMs) return finished(result);
    const waitMs = asked ?? Math.min(patience.firstWaitMs * 2 ** tries, patience.longestWaitMs);
    await wait(withJitter(waitMs, patience.random), signal);
  }
}

type Result = { readonly answer: HttpAnswer } | { readonly failure: HttpFailure };

async function attempt(send: () => Promise<HttpAnswer>): Promise<Result> {
  try {
    return { answer: await send() };
  } catch (error) {
    if (error instanceof HttpFailure) return { failure: error };
    throw error;
  }
}

function finished(result: Result): HttpAnswer {
  if ("failure" in result) throw result.failure;
  return result.answer;
}

async function wait(waitMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(waitMs, undefined, { signal });
  } catch (error) {
    throw new HttpFailure("cancelled", "before-send", "The request was given up.", { cause: error });
  }
}
