import { z } from "zod";
import {
  aggregatedDetail, aggregatedRow, provider, repairActor, repairCounts, repairPage, repairQuery,
} from "./aggregated.ts";
import { command, event, query } from "./define.ts";
import { changeKind, changeState } from "./change-state.ts";
import { finzlyFieldName, knownValue, proposedFields } from "./rules/field-types.ts";
import {
  accountId,
  changeId,
  connectionId,
  environment,
  filledText,
  nothing,
  opaqueId,
  pageCursor,
  text,
  timestampMs,
} from "./values.ts";

export const fundingBasisKnown = z.enum(["prefunded", "underwritten", "neither", "unknown"]);

/** One line of the accounts list. Money in minor units of `currency`; absent = not set or unknown. */
export const accountRow = z.object({
  id: accountId,
  connectionId,
  provider,
  customerUid: z.string(),
  customerName: z.string(),
  accountUid: z.string(),
  accountName: z.string(),
  /** Last four characters of the account number; absent when unknown. The full number does not cross the bridge. */
  last4: z.string().max(4).optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  currency: z.string().optional(),
  ledgerMinor: z.number().int().optional(),
  fundingBasis: fundingBasisKnown,
  /** Null: the provider says that none is set. Absent: nobody has said. */
  debitLimitMinor: z.number().int().nullable().optional(),
  creditLimitMinor: z.number().int().nullable().optional(),
  secCodes: z.array(z.string()).optional(),
  achCompanyId: z.string().optional(),
  /** When the provider was last asked; absent for an account entered by hand and never read. */
  readAtMs: timestampMs.optional(),
  /** Of an account behind an aggregator (Finicity, Signzy); its type is a label, and what is Finzly's is absent. */
  aggregated: aggregatedRow.optional(),
  /** The newest change that is not finished, or finished in a way a person must look at. */
  change: z
    .object({ id: changeId, kind: changeKind, state: changeState, fields: z.array(finzlyFieldName) })
    .optional(),
  /** It was deleted at the provider: when, and by whom; without `by` it was found gone. */
  deleted: z.object({ atMs: timestampMs, by: z.string().optional(), changeId }).optional(),
  /** Since when reads of all its customer has have not returned it; absent while they do. */
  missingSinceMs: timestampMs.optional(),
});
export type AccountRow = z.infer<typeof accountRow>;

export const accountSortColumns = [
  "customerName",
  "accountName",
  "last4",
  "type",
  "status",
  "ledgerMinor",
  "debitLimitMinor",
  "creditLimitMinor",
  "readAtMs",
] as const;

export const accountQuery = z.strictObject({
  /** Matches account name, customer name, last four, customer UID, account UID, company id; case-insensitive. */
  search: text(100).optional(),
  connectionId: connectionId.optional(),
  status: text(40).optional(),
  fundingBasis: fundingBasisKnown.optional(),
  withChange: z.boolean().optional(),
  /** Who must act before the account is fresh again: only accounts behind an aggregator have somebody. */
  act: repairActor.optional(),
  sort: z.strictObject({ column: z.enum(accountSortColumns), direction: z.enum(["ascending", "descending"]) }),
  cursor: pageCursor.optional(),
  /** So many rows after the cursor are left out: a jump goes in steps of this, each a few hundredths of a second. */
  skip: z.number().int().min(1).max(200_000).optional(),
  limit: z.number().int().min(1).max(200),
});
export type AccountQuery = z.infer<typeof accountQuery>;

/** A fact the provider reports that cannot be edited (balances, bank name, status …), already fit to show. */
export const accountFact = z.object({
  name: z.string(),
  label: z.string(),
  value: z.string(),
  kind: z.enum(["text", "money", "id"]),
});

export const accountDetail = accountRow.extend({
  connectionName: z.string(),
  environment,
  /** What its aggregator knows of it, in place of the values known of a Finzly account. */
  aggregatedDetail: aggregatedDetail.optional(),
  canRead: z.boolean(),
  /** Whether its provider takes changed values; a deletion may be possible all the same. */
  changeable: z.boolean(),
  hasLoginForm: z.boolean(),
  /** Last-known values; account numbers masked to the last four. An absent field is unknown. */
  known: z.partialRecord(finzlyFieldName, knownValue),
  facts: z.array(accountFact),
  customerSecCodes: z.array(z.string()).optional(),
  lastAttempt: z.object({ atMs: timestampMs, ok: z.boolean(), message: z.string() }).optional(),
  history: z.array(z.object({ atMs: timestampMs, text: z.string(), changeId: changeId.optional() })),
});
export type AccountDetail = z.infer<typeof accountDetail>;

/** A running or finished load. `done`/`total` count accounts; `total` is absent until the provider says. */
export const loadJob = z.object({
  id: opaqueId,
  connectionId,
  scope: z.string(),
  state: z.enum(["running", "finished", "cancelled", "failed"]),
  customersDone: z.number().int(),
  customersTotal: z.number().int().optional(),
  accountsDone: z.number().int(),
  /** What went wrong, in words; also set when some customers could not be read but others were. */
  message: z.string().optional(),
  startedAtMs: timestampMs,
  finishedAtMs: timestampMs.optional(),
});
export type LoadJob = z.infer<typeof loadJob>;

const providerId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9_-]+$/u, "Letters, digits, hyphen and underscore only.");
const revealable = z.enum(["accountNumber", "fboAccountNumber"]);

const loginField = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  value: z.string().optional(),
  mask: z.boolean(),
  order: z.number().int(),
});

export const accounts = {
  page: query(
    "person",
    accountQuery,
    z.object({
      rows: z.array(accountRow),
      nextCursor: pageCursor.optional(),
      total: z.number().int(),
      matching: z.number().int(),
      /** True: there are more than `matching`; counting them all would take too long. */
      matchingIsLeast: z.boolean().optional(),
    }),
  ),
  detail: query("person", z.strictObject({ id: accountId }), accountDetail),
  /**
   * Reads one customer, or pages through all customers; returns at once. Failures of the provider end in the job.
   * `institutionId` (Finicity only, with a customer) reads the active accounts there alone; the others stay as they are.
   * Failure input-invalid: no customer, or a provider that does not read by institution.
   */
  load: command(
    ["maker", "checker", "administrator"],
    z.strictObject({ connectionId, customerUid: providerId.optional(), institutionId: providerId.optional() }),
    z.object({ jobId: opaqueId }),
  ),
  cancelLoad: command(["maker", "checker", "administrator"], z.strictObject({ jobId: opaqueId }), z.object({})),
  loadJobs: query("person", nothing, z.array(loadJob)),
  /** For a connection that cannot read. `accountUid` is digits (Finzly's pattern). Failure conflict when it exists. */
  addByHand: command(
    ["maker", "administrator"],
    z.strictObject({
      connectionId,
      customerUid: providerId,
      customerName: filledText(200),
      accountUid: z.string().regex(/^[0-9]{1,40}$/u, "Account UID is digits only."),
      known: proposedFields,
    }),
    accountDetail,
  ),
  /** Asks the provider for this one account now. */
  readAgain: command(["maker", "checker", "administrator"], z.strictObject({ id: accountId }), accountDetail),
  /** The full number for at most `hideAfterMs` (20 s), with the reason kept in the audit trail. */
  revealNumber: command(
    ["maker", "checker", "administrator"],
    z.strictObject({ id: accountId, field: revealable, reason: filledText(255) }),
    z.object({ value: z.string(), hideAfterMs: z.number().int() }),
  ),
  /**
   * Copies the number that is shown at this moment; the clipboard is emptied after `clearAfterMs` (30 s) unless
   * something else was copied. Failure conflict once the number is masked again.
   */
  copyNumber: command(
    ["maker", "checker", "administrator"],
    z.strictObject({ id: accountId, field: revealable }),
    z.object({ clearAfterMs: z.number().int() }),
  ),
  /**
   * The sign-in form of a Finicity account at its bank, asked of the provider now and kept nowhere: to be hidden after
   * `hideAfterMs` (20 s). The trail keeps who looked, never a value. A masked field has no value. Failure not-found for
   * an account of another provider.
   */
  loginForm: command(
    ["maker", "checker", "administrator"],
    z.strictObject({ id: accountId }),
    z.object({ fields: z.array(loginField), hideAfterMs: z.number().int() }),
  ),
  /** How many aggregated accounts wait for whom. */
  repairCounts: query("person", nothing, repairCounts),
  /** The accounts that wait for one kind of actor, a customer's together. */
  repairPage: query("person", repairQuery, repairPage),
  /** Puts the account's next step on the clipboard: a message without a full number. Failure not-found. */
  copyNextStep: command(["maker", "checker", "administrator"], z.strictObject({ id: accountId }), z.object({})),
  loadProgress: event(loadJob),
};
