import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Pool } from "undici";
import { answerParent } from "../child-process.ts";
import { openOutboxRoom, type OutboxRoom, type SendOptions } from "./outbox-room.ts";
import { newmanRun } from "./newman-run.ts";
import { openPlainPool, plainLoop, plainToken } from "./plain-loop.ts";

export type SenderQuestion =
  | ({ readonly ask: "open" } & SendOptions)
  | { readonly ask: "outbox"; readonly round: number }
  | { readonly ask: "plain" }
  /** The first so many requests of the last round. */
  | { readonly ask: "newman"; readonly requests: number };

export interface Sent {
  readonly elapsedMs: number;
  readonly accepted: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
}

interface Opened {
  readonly options: SendOptions;
  readonly room: OutboxRoom;
  readonly pool: Pool;
  readonly token: string;
}

const lagStepMs = 1;
let opened: Opened | undefined;

/** Times the work with the event loop watched; the lag is what a turn came later than asked. */
async function timed(work: () => Promise<number>): Promise<Sent> {
  globalThis.gc?.();
  const lag = monitorEventLoopDelay({ resolution: lagStepMs });
  lag.enable();
  const startMs = performance.now();
  const accepted = await work();
  const elapsedMs = performance.now() - startMs;
  lag.disable();
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - lagStepMs);
  return { elapsedMs, accepted, lagP99Ms: late(lag.percentile(99)), lagMaxMs: late(lag.max) };
}

async function answer(question: SenderQuestion): Promise<Sent | "opened"> {
  if (question.ask === "open") {
    const { ask: _ask, ...options } = question;
    const origin = new URL(options.simulator.apiBaseUrl).origin;
    const token = await plainToken(options.simulator.tokenUrl);
    opened = { options, room: await openOutboxRoom(options), pool: openPlainPool(origin, options.concurrency), token };
    return "opened";
  }
  if (opened === undefined) throw new Error("The sender was not opened");
  const { room, pool, token, options } = opened;
  if (question.ask === "plain") {
    const requests = room.requests();
    return timed(() => plainLoop(pool, token, requests, options.concurrency));
  }
  if (question.ask === "newman") {
    const { origin } = new URL(options.simulator.apiBaseUrl);
    const run = await newmanRun(origin, token, room.requests().slice(0, question.requests));
    return { ...run, lagP99Ms: 0, lagMaxMs: 0 };
  }
  room.approve(question.round);
  return timed(async () => {
    await room.sendAll();
    const trouble = room.trouble();
    if (trouble !== undefined) throw new Error(`A change was not accepted: ${trouble}`);
    return room.accepted();
  });
}

answerParent(answer, async () => {
  await opened?.pool.close();
  await opened?.room.close();
});
