import type { ChangeState } from "@contract";

/** Everything that can happen to a change. The life of a change is this table and nothing else. */
export const changeEvents = {
  /** Edited: a refused, rejected, expired or conflicting one becomes a draft again. */
  edit: { from: ["draft", "refused", "rejected", "expired", "conflict"], to: "draft" },
  submit: { from: ["draft"], to: "approved" },
  "submit-for-approval": { from: ["draft"], to: "waiting-for-approval" },
  approve: { from: ["waiting-for-approval"], to: "approved" },
  reject: { from: ["waiting-for-approval"], to: "rejected" },
  expire: { from: ["waiting-for-approval", "approved"], to: "expired" },
  /** The rules refuse it against what the provider holds or takes now; nothing was sent. */
  return: { from: ["approved"], to: "draft" },
  /** An attempt is committed; its first byte follows. */
  start: { from: ["approved"], to: "sending" },
  /** The attempt definitely did not apply and may be made again. */
  wait: { from: ["sending", "approved"], to: "approved" },
  accept: { from: ["sending", "outcome-unknown", "approved"], to: "accepted" },
  refuse: { from: ["sending", "outcome-unknown", "approved"], to: "refused" },
  "lose-track": { from: ["sending"], to: "outcome-unknown" },
  "find-conflict": { from: ["approved", "outcome-unknown"], to: "conflict" },
  /** A person decides to send the same change once more. */
  "send-again": { from: ["outcome-unknown"], to: "approved" },
  /** It is not sent again after all; what became of the request before is as open as it was. */
  "call-off": { from: ["approved"], to: "outcome-unknown" },
  /** It may have been sent from a newer file than this one, and the account cannot tell. */
  doubt: { from: ["approved"], to: "outcome-unknown" },
  withdraw: {
    from: ["draft", "waiting-for-approval", "approved", "refused", "rejected", "expired", "conflict"],
    to: "withdrawn",
  },
  reverse: { from: ["accepted"], to: "reversed" },
  /** What reversed it was itself put back, so what it wrote stands again. */
  reinstate: { from: ["reversed"], to: "accepted" },
} as const satisfies Record<string, { readonly from: readonly ChangeState[]; readonly to: ChangeState }>;

export type ChangeEvent = keyof typeof changeEvents;

/** Whether `event` may happen to a change in `state`. */
export function allows(state: ChangeState, event: ChangeEvent): boolean {
  return (changeEvents[event].from as readonly ChangeState[]).includes(state);
}

/** The state after `event`, or `undefined` where the event is not allowed. */
export function after(state: ChangeState, event: ChangeEvent): ChangeState | undefined {
  return allows(state, event) ? changeEvents[event].to : undefined;
}

/** States in which a change still needs something: a person, the provider or time. */
export const openStates = [
  "draft", "waiting-for-approval", "approved", "sending", "outcome-unknown", "conflict",
] as const satisfies readonly ChangeState[];

/** States a person may edit from. */
export const editableStates = changeEvents.edit.from;
