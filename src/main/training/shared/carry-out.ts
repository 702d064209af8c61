import type { ServerResponse } from "node:http";
import { emptyAnswer, type Answer } from "./answers.ts";
import { deliver, deliverFaulty, reset } from "./delivery.ts";
import type { FaultApplies } from "./fault-kinds.ts";
import type { Timers } from "./timers.ts";

/** One signed-in request on its way to an answer, and the fault that strikes it. */
export interface Carrying<Fault extends { readonly kind: string; readonly delayMs?: number }> {
  readonly response: ServerResponse;
  readonly line: { answered(status: number): void };
  readonly timers: Timers;
  readonly fault: Fault | undefined;
  /** Milliseconds before anything is done. */
  readonly waitMs: number;
  /** When the struck request is applied. */
  applies(fault: Fault): FaultApplies;
  /** The answer that a fault gives in place of the real one. */
  canned(fault: Fault): Answer | undefined;
  /** Does what was asked, and answers at once or later. */
  work(done: (answer: Answer) => void): void;
}

function ignoreAnswer(): void {}

function carryOutFaulty<Fault extends { readonly kind: string; readonly delayMs?: number }>(
  carrying: Carrying<Fault>,
  fault: Fault,
): void {
  const { response, timers } = carrying;
  const applies = carrying.applies(fault);
  const send = (answer: Answer): void => {
    if (response.destroyed) return;
    carrying.line.answered(answer.status);
    deliverFaulty(response, answer, fault, timers);
  };
  if (applies === "later") {
    reset(response);
    timers.after(fault.delayMs ?? 1500, () => carrying.work(ignoreAnswer));
    return;
  }
  const canned = carrying.canned(fault);
  const silent = /^(hang|reset)-(before|after)$/.test(fault.kind);
  const answersItself = canned !== undefined || silent;
  if (applies === "as-usual") carrying.work(answersItself ? ignoreAnswer : send);
  else if (!answersItself) send(emptyAnswer(500));
  if (fault.kind.startsWith("reset-")) timers.now(fault.delayMs, () => reset(response));
  else if (canned !== undefined) timers.now(fault.delayMs, () => send(canned));
}

/**
 * Works on a request and delivers its answer, as its fault wants: not at all, cut short, late, or with another answer.
 * A fault with its own answer gives it after its `delayMs`, at once without one, however long the work goes on. The
 * work is done even if the sender has gone.
 */
export function carryOut<Fault extends { readonly kind: string; readonly delayMs?: number }>(
  carrying: Carrying<Fault>,
): void {
  const { fault, response, line } = carrying;
  carrying.timers.now(carrying.waitMs, () => {
    if (fault !== undefined) return carryOutFaulty(carrying, fault);
    carrying.work((answer) => {
      if (response.destroyed) return;
      line.answered(answer.status);
      deliver(response, answer);
    });
  });
}
