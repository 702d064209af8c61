import type { RefreshState } from "@contract";

/** Everything that can happen to a refresh. Its life is this table and nothing else; only `send` leads to a request. */
export const refreshEvents = {
  /** The intent is committed; the first byte follows. */
  send: { from: ["clicked"], to: "sent" },
  /** It ends without having refreshed anything: taken back, refused, or not to be sent. */
  "fall-through": { from: ["clicked", "sent"], to: "failed" },
  answer: { from: ["sent"], to: "answered" },
  /** The request ended without an answer, or the app did: the provider goes on. */
  "run-on": { from: ["sent"], to: "still-running" },
  succeed: { from: ["answered", "still-running", "given-up"], to: "succeeded" },
  "succeed-in-part": { from: ["answered", "still-running", "given-up"], to: "partly-succeeded" },
  fail: { from: ["answered", "still-running", "given-up"], to: "failed" },
  "give-up": { from: ["answered", "still-running"], to: "given-up" },
} as const satisfies Record<string, { readonly from: readonly RefreshState[]; readonly to: RefreshState }>;

export type RefreshHappening = keyof typeof refreshEvents;

/** The state after `event`, or `undefined` where the event is not allowed. */
export function after(state: RefreshState, event: RefreshHappening): RefreshState | undefined {
  const { from, to } = refreshEvents[event];
  return (from as readonly RefreshState[]).includes(state) ? to : undefined;
}

/** States in which a customer must not be asked for again. */
export const inFlightStates = [
  "clicked", "sent", "answered", "still-running",
] as const satisfies readonly RefreshState[];
/** States in which the records are read for what came of it. */
export const watchedStates = ["answered", "still-running"] as const satisfies readonly RefreshState[];

/** Milliseconds until the records are read the next time: 2 s first, then half as long again each time, at most 60 s. */
export function lookDelayMs(looks: number): number {
  return Math.round(Math.min(60_000, 2000 * 1.5 ** Math.min(looks, 20)));
}
