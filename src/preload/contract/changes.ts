import { z } from "zod";
import { command, query } from "./define.ts";
import { provider } from "./aggregated.ts";
import { changeKind, changeState } from "./change-state.ts";
import {
  fieldChange,
  fieldValue,
  finzlyFieldName,
  knownValue,
  proposedFields,
  riskClass,
  ruleIssue,
} from "./rules/field-types.ts";
import { accountId, changeId, done, environment, filledText, nothing, pageCursor, text, timestampMs } from "./values.ts";

/** One HTTP request sent for a change, and what came back. Bodies stay in main. */
export const attempt = z.object({
  id: z.number().int(),
  startedAtMs: timestampMs,
  finishedAtMs: timestampMs.optional(),
  outcome: z.enum(["in-flight", "accepted", "refused", "not-sent", "busy", "unknown"]),
  httpStatus: z.number().int().optional(),
  providerCode: z.string().optional(),
  message: z.string().optional(),
});
export type Attempt = z.infer<typeof attempt>;

/** Base, theirs now and mine, for one field that moved since it was read. */
export const conflictField = z.object({
  field: finzlyFieldName,
  label: z.string(),
  base: knownValue.optional(),
  theirs: knownValue,
  mine: fieldValue,
  masked: z.boolean(),
});
export type ConflictField = z.infer<typeof conflictField>;

/** What the provider says after the write, beside what was sent. */
export const verifiedField = z.object({
  field: finzlyFieldName,
  label: z.string(),
  sent: fieldValue.optional(),
  now: fieldValue.optional(),
  masked: z.boolean(),
  verdict: z.enum(["as-sent", "ignored", "changed", "not-readable"]),
});
export type VerifiedField = z.infer<typeof verifiedField>;

export const changeRow = z.object({
  id: changeId,
  kind: changeKind,
  accountId,
  accountName: z.string(),
  last4: z.string().optional(),
  customerName: z.string(),
  customerUid: z.string(),
  accountUid: z.string(),
  connectionName: z.string(),
  provider,
  environment,
  state: changeState,
  /** One line: "Credit limit 250,000.00 → 400,000.00, +WEB". */
  summary: z.string(),
  fieldCount: z.number().int(),
  risk: riskClass,
  madeBy: z.string(),
  updatedAtMs: timestampMs,
  /** Why it waits, or what the provider said, in one sentence. */
  message: z.string().optional(),
});
export type ChangeRow = z.infer<typeof changeRow>;

export const settlement = z.enum([
  "applied",
  "not-applied",
  "changed-by-someone-else",
  "cannot-tell",
  "person-accepted",
  "person-refused",
]);

export const changeDetail = changeRow.extend({
  /** Rises with every edit; a write names the revision it saw (conflict otherwise). */
  revision: z.number().int(),
  /** As typed; masked fields are left out and listed in `maskedProposed` with their last four. */
  proposed: proposedFields,
  maskedProposed: z.partialRecord(finzlyFieldName, z.string().max(4)),
  reasonCategory: z.string(),
  authorisationRef: z.string(),
  changes: z.array(fieldChange),
  issues: z.array(ruleIssue),
  riskReason: z.string(),
  needsSecondPerson: z.boolean(),
  /** The exact request: method, path and JSON body; account numbers masked here only. */
  request: z.object({ method: z.string(), path: z.string(), body: z.string() }),
  attempts: z.array(attempt),
  conflict: z.array(conflictField),
  verification: z.array(verifiedField),
  verifiedAtMs: timestampMs.optional(),
  providerCode: z.string().optional(),
  providerMessage: z.string().optional(),
  /** When an unclear outcome will be settled by reading the account again. */
  settleAtMs: timestampMs.optional(),
  settlement: settlement.optional(),
  canReadBack: z.boolean(),
  /** It comes from a restored file: nothing of it is sent before it was compared with the provider. */
  compareFirst: z.boolean(),
  createdAtMs: timestampMs,
  sentBy: z.string().optional(),
  sentAtMs: timestampMs.optional(),
  approvedBy: z.string().optional(),
  approvedAtMs: timestampMs.optional(),
  history: z.array(z.object({ atMs: timestampMs, person: z.string(), text: z.string() })),
});
export type ChangeDetail = z.infer<typeof changeDetail>;

/** The open file is not the newest one this computer knows. `older`: it lacks later work; `other`: it holds other work. */
export const restoration = z.object({
  why: z.enum(["older", "other", "moved"]),
  noticedAtMs: timestampMs,
  /** When the newest file was last used here, if that is known. */
  newestAtMs: timestampMs.optional(),
  /** Changes of this file that are held until they are compared with the provider. */
  waiting: z.number().int(),
  comparing: z.boolean(),
  /** Why some could not be compared, in words. */
  trouble: z.string().optional(),
});
export type Restoration = z.infer<typeof restoration>;

export const changeViews = ["open", "drafts", "waiting", "sending", "attention", "finished", "all"] as const;
const one = z.strictObject({ id: changeId });
const makers = ["maker", "administrator"] as const;

export const changes = {
  page: query(
    "person",
    z.strictObject({
      view: z.enum(changeViews),
      search: text(100).optional(),
      accountId: accountId.optional(),
      cursor: pageCursor.optional(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({
      rows: z.array(changeRow),
      nextCursor: pageCursor.optional(),
      counts: z.record(z.enum(changeViews), z.number().int()),
    }),
  ),
  detail: query("person", one, changeDetail),
  /** The draft, refused or conflicting change of an account that may still be edited, if any. */
  editable: query("person", z.strictObject({ accountId }), z.object({ change: changeDetail.optional() })),
  /**
   * Saves what is typed, valid or not; without `id` a new draft. `keepMasked` names masked fields whose stored proposal
   * stays. A refused or rejected change becomes a draft again. Failures: conflict (revision moved, or another change of
   * this account is open), not-found.
   */
  saveDraft: command(
    makers,
    z.strictObject({
      id: changeId.optional(),
      accountId,
      revision: z.number().int().optional(),
      proposed: proposedFields,
      keepMasked: z.array(finzlyFieldName).max(10),
      reasonCategory: text(60),
      authorisationRef: text(100),
    }),
    changeDetail,
  ),
  /**
   * Asks for the deletion of an account at Finicity, which removes it from its system and cannot be undone: a change like
   * any other, High risk. `typed` names the account by its last four or its name. Returns at once. Failures: input-invalid
   * with `fields`, conflict (another change is open, or the account is gone), not-allowed (another provider), not-found.
   */
  deleteAccount: command(
    makers,
    z.strictObject({
      accountId,
      typed: text(200),
      reason: text(255),
      reasonCategory: text(60),
      authorisationRef: text(100),
    }),
    changeDetail,
  ),
  /**
   * Submits a draft: every rule again, then Approved and queued, or Waiting for approval where the policy wants a second
   * person. Returns at once; the outcome comes with `dataChanged`. Failures: input-invalid with `fields`, conflict.
   */
  send: command(makers, z.strictObject({ id: changeId, revision: z.number().int() }), changeDetail),
  /**
   * Takes back a draft, a waiting or an approved change that has not left yet, or closes a conflict or a refused one.
   * One that was to be sent again is Outcome unknown as before; one of unknown outcome cannot be withdrawn (conflict).
   */
  withdraw: command(
    makers,
    z.strictObject({ id: changeId, revision: z.number().int(), reason: text(255) }),
    changeDetail,
  ),
  /** Per field `mine` or `theirs`; the base becomes what the provider holds now and the change a draft again. */
  resolveConflict: command(
    makers,
    z.strictObject({
      id: changeId,
      revision: z.number().int(),
      choices: z.partialRecord(finzlyFieldName, z.enum(["mine", "theirs"])),
    }),
    changeDetail,
  ),
  /** Outcome unknown only: reads the account and compares; never sends. */
  readBack: command(makers, one, changeDetail),
  /** Outcome unknown only, and a person's explicit act: sends the same bytes once more. */
  sendAgain: command(
    makers,
    z.strictObject({ id: changeId, revision: z.number().int(), reason: filledText(255) }),
    changeDetail,
  ),
  /** Present while changes of a restored file are held. */
  restored: query("person", nothing, z.object({ restoration: restoration.optional() })),
  /**
   * Compares what a restored file holds back with the provider, in the background; never sends. Already there: Accepted;
   * not there: held until a person sends it; changed by someone: Conflict; not to be seen: Outcome unknown.
   */
  compareHeld: command(makers, nothing, done),
  /** Outcome unknown only: a person's word where the provider cannot tell. */
  settle: command(
    makers,
    z.strictObject({
      id: changeId,
      revision: z.number().int(),
      verdict: z.enum(["accepted", "refused"]),
      reason: filledText(255),
    }),
    changeDetail,
  ),
};
