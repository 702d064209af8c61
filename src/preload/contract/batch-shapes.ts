import { z } from "zod";
import { changeState } from "./change-state.ts";
import { fieldChange, finzlyFieldName, riskClass, type RiskClass } from "./rules/field-types.ts";
import { accountId, changeId, connectionId, environment, recordId, text, timestampMs } from "./values.ts";

export const batchId = recordId.brand("BatchId");
export type BatchId = z.infer<typeof batchId>;

/**
 * Where a batch stands. `reading` and `checking` run in a worker; `columns` and `compare` wait for a person; `making`
 * turns the stored plan into changes; `waiting` has only changes left that wait for a
 * second person; `paused`, `sending` and `finished` concern its
 * changes; `failed` says why in `message`; `withdrawn` was given up before anything was sent; `stopped` was ended early.
 */
export const batchStates = [
  "reading",
  "columns",
  "checking",
  "compare",
  "making",
  "waiting",
  "sending",
  "paused",
  "stopped",
  "finished",
  "failed",
  "withdrawn",
] as const;
export const batchState = z.enum(batchStates);
export type BatchState = z.infer<typeof batchState>;

const endStates: ReadonlySet<BatchState> = new Set(["finished", "stopped", "withdrawn", "failed"]);

/** Whether a batch is still to be confirmed or to be sent. */
export function isUnderWay(state: BatchState): boolean {
  return !endStates.has(state);
}

/** The steps from a file to sending. */
export const batchSteps = ["file", "columns", "check", "compare", "confirm"] as const;
export const batchStep = z.enum(batchSteps);
export type BatchStep = z.infer<typeof batchStep>;

export const buckets = ["will-change", "no-change", "not-found", "conflict", "duplicate-key", "blocked"] as const;
export const bucket = z.enum(buckets);
export type Bucket = z.infer<typeof bucket>;

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;

/** How the file is read; what was detected may be changed, and the file is then read again. */
export const reading = z.strictObject({
  encoding: z.enum(encodings),
  delimiter: z.enum([",", ";", "\t", "|"]),
  quote: z.enum(['"', "'", ""]),
  header: z.boolean(),
});
export type Reading = z.infer<typeof reading>;

export const columnTarget = z.union([
  finzlyFieldName,
  z.enum(["customerUID", "accountUID", "last4", "fundingBasis", "authorisationRef", "ignore"]),
]);
export type ColumnTarget = z.infer<typeof columnTarget>;

/** One source column and what it is taken for. */
export const batchColumn = z.object({
  index: z.number().int(),
  header: z.string(),
  samples: z.array(z.string()),
  target: columnTarget,
  /** Why the target was proposed. */
  matchedBy: z.enum(["exact", "provider-name", "label", "synonym", "saved-map", "person", "none"]),
  /** Amount columns: what a plain number means. `ask` must be answered before checking. */
  unit: z.enum(["dollars", "cents", "ask"]).optional(),
  unitWhy: z.string().optional(),
  /** The decimal sign of the column's amounts where it is not the point. */
  decimal: z.literal(",").optional(),
  /** By its heading and values it holds account numbers, whatever it is taken for. */
  accountNumbers: z.literal(true).optional(),
  /** Understood samples of amount columns, so that a person sees how they are read. */
  understood: z.array(z.string()).optional(),
});
export type BatchColumn = z.infer<typeof batchColumn>;

export const keyKinds = ["customer-and-account", "account-number", "last-four-and-customer"] as const;
export const keyKind = z.enum(keyKinds);

/** What one column is taken for; `unit` for amounts only. */
export const mappedColumn = z.strictObject({
  index: z.number().int().min(0).max(499),
  target: columnTarget,
  unit: z.enum(["dollars", "cents"]).optional(),
});

/** What a person chose for the columns and did not have checked yet; anything of it may still be missing or wrong. */
export const columnDraft = z.strictObject({
  columns: z.array(mappedColumn).max(500),
  key: keyKind.optional(),
  connectionId: connectionId.optional(),
  /** The name under which the map shall be remembered; absent: for this file only. */
  saveMapAs: text(80).optional(),
});
export type ColumnDraft = z.infer<typeof columnDraft>;

/** A group of equal findings: the same sentence about the same column. */
export const problemGroup = z.object({
  id: z.string().max(200),
  code: z.string(),
  column: z.string(),
  severity: z.enum(["error", "warning"]),
  message: z.string(),
  count: z.number().int(),
  sampleRows: z.array(z.number().int()),
  samples: z.array(z.string()),
  /** Offered when the value can be put right without guessing. */
  fix: z.string().optional(),
  damage: z.boolean(),
});
export type ProblemGroup = z.infer<typeof problemGroup>;

export const outcomeCounts = z.object({
  /** What stands at the provider, as far as Vostro's own undos go. */
  accepted: z.number().int(),
  /** Accepted, and put back since by the undo of the batch. */
  reversed: z.number().int(),
  refused: z.number().int(),
  unknown: z.number().int(),
  conflict: z.number().int(),
  sending: z.number().int(),
  left: z.number().int(),
  /** Waiting for a second person. */
  waiting: z.number().int(),
  withdrawn: z.number().int(),
});

export const batchRow = z.object({
  id: batchId,
  name: z.string(),
  state: batchState,
  source: z.enum(["file", "paste", "selection", "retry", "undo"]),
  fileName: z.string().optional(),
  sha256: z.string().optional(),
  bytes: z.number().int().optional(),
  rows: z.number().int(),
  counts: z.partialRecord(bucket, z.number().int()),
  outcomes: outcomeCounts,
  madeBy: z.string(),
  createdAtMs: timestampMs,
  updatedAtMs: timestampMs,
  message: z.string().optional(),
});
export type BatchRow = z.infer<typeof batchRow>;

/** How many rows bring their own, and how many of them are of High risk. */
const brought = z.object({ rows: z.number().int(), high: z.number().int() });

/** Totals of what is chosen, in words and figures; money net in minor units per currency. */
export const batchTotals = z.object({
  chosen: z.number().int(),
  sentence: z.string(),
  figures: z.array(
    z.object({
      field: finzlyFieldName,
      label: z.string(),
      rows: z.number().int(),
      netMinor: z.number().int().optional(),
      currency: z.string().optional(),
      added: z.number().int().optional(),
      removed: z.number().int().optional(),
    }),
  ),
  risk: z.object({ high: z.number().int(), medium: z.number().int(), low: z.number().int() }),
  /** Rows whose own cells hold a reason or an authorisation reference; the others take what is typed at Confirm. */
  brings: z.object({ reason: brought, authorisationRef: brought }),
});
export type BatchTotals = z.infer<typeof batchTotals>;

/** How many chosen High-risk rows bring none of their own, so that one must be typed at Confirm. */
export function highRiskWithout({ risk, brings }: BatchTotals, what: keyof BatchTotals["brings"]): number {
  return Math.max(0, risk.high - brings[what].high);
}

export const batchDetail = batchRow.extend({
  revision: z.number().int(),
  environment: environment.optional(),
  connectionId: connectionId.optional(),
  connectionName: z.string().optional(),
  /** How it was read; of a file that could not be read, how that was tried last. */
  reading: reading.optional(),
  /** It was read before and is read again in another way. */
  readsAgain: z.boolean(),
  /** Why it was not read in another way when that was last asked for: it stayed as it was. */
  readMessage: z.string().optional(),
  detected: reading.optional(),
  preview: z.array(z.array(z.string())),
  columns: z.array(batchColumn),
  key: keyKind.optional(),
  keyChoices: z.array(
    z.object({ kind: keyKind, label: z.string(), possible: z.boolean(), why: z.string().optional() }),
  ),
  /** The saved map that these columns, this key and this connection are. */
  mapName: z.string().optional(),
  /** The map kept for files with these headings; it fits where the columns, key and connection here are its own. */
  savedMap: z.object({ id: recordId, name: z.string(), fits: z.boolean() }).optional(),
  columnDraft: columnDraft.optional(),
  raggedRows: z.number().int(),
  readProblems: z.array(z.object({ line: z.number().int(), column: z.number().int().optional(), message: z.string() })),
  /** The same bytes were imported before. */
  sameFile: z.object({ id: batchId, name: z.string(), atMs: timestampMs }).optional(),
  totals: batchTotals,
  largestIncreaseTenths: z.number().int().optional(),
  reasonCategory: z.string(),
  reason: z.string(),
  authorisationRef: z.string(),
  /** How many of the chosen rows the workspace's rule gives to a second person. */
  approvals: z.number().int(),
  stopAfterRefusals: z.number().int().optional(),
  /** Rows a person withdrew one by one: they are not sent again with what failed. */
  setAside: z.number().int(),
  /** Rows of a batch that is over which did not reach the books and which no other batch sent since. */
  toSendAgain: z.number().int(),
  /** The step a person was at last; they come back to it. */
  step: batchStep.optional(),
  parent: z.object({ id: batchId, name: z.string(), what: z.enum(["retry", "undo"]) }).optional(),
  /** There is no second one of a kind while the first is under way. */
  children: z.array(
    z.object({ id: batchId, name: z.string(), what: z.enum(["retry", "undo"]), state: batchState }),
  ),
  startedAtMs: timestampMs.optional(),
  finishedAtMs: timestampMs.optional(),
  sentBy: z.string().optional(),
  /** When every row was last compared. */
  comparedAtMs: timestampMs.optional(),
  /** At Compare: values of accounts of its connection moved since. */
  isOvertaken: z.boolean(),
  withdrawnBy: z.string().optional(),
  perSecond: z.number().optional(),
  leftMs: z.number().int().optional(),
  /** Undo only: what became of the rows to be put back. */
  undo: z
    .object({
      reversed: z.number().int(),
      /** They changed since the batch wrote them. */
      kept: z.number().int(),
      /** What they held before is unknown. */
      couldNot: z.number().int(),
      /** The provider refused to put them back. */
      refused: z.number().int(),
      unknown: z.number().int(),
      /** Taken back before they were sent. */
      withdrawn: z.number().int(),
      /** Put back, and undone again since. */
      undone: z.number().int(),
    })
    .optional(),
});
export type BatchDetail = z.infer<typeof batchDetail>;

/** What a file looks like after its first rows; units may still sharpen, problems come on top. */
export const firstRows = batchDetail.pick({
  reading: true,
  detected: true,
  preview: true,
  columns: true,
  keyChoices: true,
  raggedRows: true,
  readProblems: true,
});

/** Running numbers of a read, check or send. */
export const batchProgress = z.object({
  id: batchId,
  state: batchState,
  rowsDone: z.number().int(),
  rowsTotal: z.number().int().optional(),
  /** Once a reading: its first rows, which from now on stand in the batch's detail too. */
  first: firstRows.optional(),
  perSecond: z.number().optional(),
  leftMs: z.number().int().optional(),
  outcomes: outcomeCounts.optional(),
  message: z.string().optional(),
});
export type BatchProgress = z.infer<typeof batchProgress>;

/** Why a change of a batch is not sent yet: "High risk: another person must approve it. Nothing was sent." */
export function waitingForApproval(risk: RiskClass | undefined): string {
  const word = risk === undefined ? "" : `${risk.charAt(0).toUpperCase()}${risk.slice(1)} risk: `;
  return `${word}${word === "" ? "A" : "a"}nother person must approve it. Nothing was sent.`;
}

/** One row of the Check or Compare grid. Account numbers are masked. `row` is the file's own row, the header being 1. */
export const planRow = z.object({
  row: z.number().int(),
  bucket,
  included: z.boolean(),
  accountId: accountId.optional(),
  customerName: z.string().optional(),
  accountName: z.string().optional(),
  last4: z.string().optional(),
  currency: z.string().optional(),
  risk: riskClass.optional(),
  changes: z.array(fieldChange),
  /** Known values of mapped fields that the row leaves alone, as text for the grid. */
  known: z.partialRecord(finzlyFieldName, z.string()),
  problems: z.array(
    z.object({
      column: z.number().int(),
      code: z.string(),
      severity: z.enum(["error", "warning"]),
      message: z.string(),
      fix: z.string().optional(),
      /** The fix leaves out the texts it names: it is for this row alone. */
      oneByOne: z.literal(true).optional(),
    }),
  ),
  cells: z.array(z.string()),
  lastKnown: z.object({ source: z.string(), atMs: timestampMs }).optional(),
  outcome: z
    .object({
      state: changeState,
      changeId,
      message: z.string().optional(),
      providerCode: z.string().optional(),
      attempts: z.number().int(),
      atMs: timestampMs.optional(),
    })
    .optional(),
});
export type PlanRow = z.infer<typeof planRow>;

/** What the rows of a batch are narrowed to. */
export const rowFilter = z.strictObject({
  bucket: bucket.optional(),
  /** Only the rows that are or were to be sent. */
  chosen: z.literal(true).optional(),
  search: text(100).optional(),
  risk: riskClass.optional(),
  field: finzlyFieldName.optional(),
  largeIncrease: z.boolean().optional(),
  /** Raised by at least so many tenths of a percent. */
  increaseFromTenths: z.number().int().min(1).max(1_000_000_000).optional(),
  problemGroup: text(200).optional(),
  outcome: z
    .enum(["accepted", "reversed", "refused", "unknown", "conflict", "sending", "left", "waiting", "withdrawn"])
    .optional(),
});
export type RowFilter = z.infer<typeof rowFilter>;
