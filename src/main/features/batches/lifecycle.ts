import type { BatchState } from "@contract";

interface Step {
  readonly from: readonly BatchState[];
  readonly to: BatchState;
}

/** Everything that can happen to a batch. The life of a batch is this table and nothing else. */
export const batchEvents = {
  /** The source is read from the start, in another way. */
  "read-again": { from: ["columns", "compare", "failed"], to: "reading" },
  /** Reading it in another way failed or was ended: it stays as it was read before. */
  "keep-columns": { from: ["reading"], to: "columns" },
  "keep-compare": { from: ["reading"], to: "compare" },
  read: { from: ["reading"], to: "columns" },
  /** Rows that come from Vostro itself need no columns. */
  "read-rows": { from: ["reading"], to: "checking" },
  fail: { from: ["reading"], to: "failed" },
  "set-columns": { from: ["columns", "compare"], to: "columns" },
  check: { from: ["columns", "compare"], to: "checking" },
  "check-again": { from: ["compare"], to: "compare" },
  compare: { from: ["checking"], to: "compare" },
  /** A check that failed or was ended. */
  "leave-check": { from: ["checking"], to: "columns" },
  /** The staged plan was left half-corrected, so its rows must be checked anew. */
  "lose-plan": { from: ["compare"], to: "columns" },
  confirm: { from: ["compare"], to: "making" },
  /** Nothing is left but changes that wait for a second person. */
  wait: { from: ["making", "sending"], to: "waiting" },
  send: { from: ["making", "waiting"], to: "sending" },
  pause: { from: ["making", "sending"], to: "paused" },
  "resume-making": { from: ["paused"], to: "making" },
  resume: { from: ["paused"], to: "sending" },
  stop: { from: ["making", "waiting", "sending", "paused"], to: "stopped" },
  finish: { from: ["making", "waiting", "sending"], to: "finished" },
  /** Given up before anything was sent. */
  withdraw: { from: ["reading", "columns", "checking", "compare", "failed"], to: "withdrawn" },
} as const satisfies Record<string, Step>;

export type BatchEvent = keyof typeof batchEvents;

/** The state after `event`, or `undefined` where the event is not allowed. */
export function afterBatchEvent(state: BatchState, event: BatchEvent): BatchState | undefined {
  const step: Step = batchEvents[event];
  return step.from.includes(state) ? step.to : undefined;
}

/** How a state is said in a sentence. */
export const batchStateWords: Readonly<Record<BatchState, string>> = {
  reading: "being read",
  columns: "waiting for its columns",
  checking: "being checked",
  compare: "ready to be confirmed",
  making: "being prepared",
  waiting: "waiting for a second person",
  sending: "being sent",
  paused: "paused",
  stopped: "stopped",
  finished: "finished",
  failed: "unreadable",
  withdrawn: "withdrawn",
};
