import { z } from "zod";

/** What a change does: new values for an account, or its deletion at the provider. */
export const changeKind = z.enum(["update", "delete"]);
export type ChangeKind = z.infer<typeof changeKind>;

/** The life of a change; the words a person sees are in `changeStateWords`, and no others. */
export const changeStates = [
  "draft",
  "waiting-for-approval",
  "approved",
  "sending",
  "accepted",
  "refused",
  "outcome-unknown",
  "rejected",
  "expired",
  "conflict",
  "withdrawn",
  "reversed",
] as const;
export const changeState = z.enum(changeStates);
export type ChangeState = z.infer<typeof changeState>;

export const changeStateWords: Record<ChangeState, string> = {
  draft: "Draft",
  "waiting-for-approval": "Waiting for approval",
  approved: "Approved",
  sending: "Sending",
  accepted: "Accepted by provider",
  refused: "Refused by provider",
  "outcome-unknown": "Outcome unknown",
  rejected: "Rejected",
  expired: "Expired",
  conflict: "Conflict",
  withdrawn: "Withdrawn",
  reversed: "Reversed",
};
