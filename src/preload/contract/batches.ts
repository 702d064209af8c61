import { z } from "zod";
import {
  batchDetail,
  batchId,
  batchProgress,
  batchRow,
  batchStep,
  columnDraft,
  keyKind,
  mappedColumn,
  planRow,
  problemGroup,
  reading,
  rowFilter,
} from "./batch-shapes.ts";
import { command, event, fileCommand, query } from "./define.ts";
import { proposedFields } from "./rules/field-types.ts";
import {
  accountId,
  connectionId,
  done,
  filledText,
  nothing,
  pageCursor,
  recordId,
  text,
  timestampMs,
} from "./values.ts";

export * from "./batch-names.ts";
export * from "./batch-columns.ts";
export * from "./batch-shapes.ts";

const makers = ["maker", "administrator"] as const;
const one = z.strictObject({ id: batchId });
const seen = z.strictObject({ id: batchId, revision: z.number().int() });
const made = z.object({ id: batchId.optional() });

/**
 * Bulk edits: many changes made from one file, paste or selection. A batch runs through the very rules, lifecycle,
 * outbox and audit of single changes. No path crosses the bridge: files are chosen in main's dialogs or dropped through
 * the preload script. Limits: 2 GB, 1,000,000 rows, 500 columns, 64 kB a cell.
 */
export const batches = {
  page: query(
    "person",
    z.strictObject({
      search: text(100).optional(),
      cursor: pageCursor.optional(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({ rows: z.array(batchRow), nextCursor: pageCursor.optional() }),
  ),
  detail: query("person", one, batchDetail),
  /** Rows in file order by position within the filter: at most 200 from `offset`. A filter never changes what is sent. */
  rows: query(
    "person",
    z.strictObject({
      id: batchId,
      filter: rowFilter,
      offset: z.number().int().min(0).max(1_000_000),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({ rows: z.array(planRow), matching: z.number().int() }),
  ),
  problems: query("person", one, z.object({ groups: z.array(problemGroup), columnSummaries: z.array(z.string()) })),
  /** A file may come soon: starts what reads it, so that its first rows need not wait. Nothing is read or kept. */
  getReady: query(makers, nothing, done),
  /** Opens the system's file dialog; no id when nothing was chosen. Reading starts at once in a worker. */
  chooseFile: command(makers, nothing, made),
  /** The same for a file dropped on the window. */
  importDropped: fileCommand(makers, made),
  /** Reads the clipboard's text as tab-separated rows copied from a spreadsheet. Failure input-invalid when there is none. */
  paste: command(makers, nothing, made),
  /** A multi-select edit: the same value into one field of each account; enters at Compare. */
  fromAccounts: command(
    makers,
    z.strictObject({
      accountIds: z.array(accountId).min(1).max(10_000),
      proposed: proposedFields,
      codesAdd: z.array(text(3)).max(30).optional(),
      codesRemove: z.array(text(3)).max(30).optional(),
    }),
    made,
  ),
  /** What a person did to the rows, which goes when the file is read again: rows they corrected, rows they unticked. */
  handwork: query("person", one, z.object({ corrected: z.number().int(), unticked: z.number().int() })),
  /**
   * Reads the file again in this way; the columns stay chosen where the headings stay the same, and nothing is checked.
   * When that fails or is ended, the batch is as it was before. Failure conflict.
   */
  setReading: command(makers, seen.extend({ reading }), batchDetail),
  setColumns: command(
    makers,
    z.strictObject({
      id: batchId,
      revision: z.number().int(),
      columns: z.array(mappedColumn).max(500),
      key: keyKind,
      connectionId,
      /** Remember this map for files with the same header, under this name. */
      saveMapAs: text(80).optional(),
    }),
    batchDetail,
  ),
  /** Runs the check and the comparison; progress comes as events. Failure input-invalid when a unit or key is open. */
  check: command(makers, seen, batchDetail),
  /**
   * Ends reading (the batch is withdrawn), reading again (as it was read before) or checking (back to the columns).
   * Failure conflict when nothing of it runs.
   */
  cancel: command(makers, one, batchDetail),
  fixCell: command(
    makers,
    z.strictObject({
      id: batchId,
      row: z.number().int().positive(),
      column: z.number().int().min(0).max(499),
      text: text(65_536),
    }),
    planRow,
  ),
  /** Applies the group's offered fix to every row of the group, or to one; failure input-invalid where none is offered. */
  applyFix: command(
    makers,
    z.strictObject({ id: batchId, group: text(200), row: z.number().int().positive().optional() }),
    batchDetail,
  ),
  /** Ticks or unticks rows: named ones, or all that match a filter. Only this changes what is sent. */
  include: command(
    makers,
    z.strictObject({
      id: batchId,
      rows: z.array(z.number().int().positive()).max(10_000).optional(),
      filter: rowFilter.optional(),
      included: z.boolean(),
    }),
    batchDetail,
  ),
  /** Saves the rows with problems: the original columns and `row`, `problem`. */
  exportProblems: command(makers, one, z.object({ saved: z.boolean(), fileName: z.string().optional() })),
  /** One result file: original columns untouched and in order, then status, provider_code, message, change_id, sent_at. */
  exportResults: command(
    "person",
    z.strictObject({ id: batchId, only: z.enum(["all", "not-accepted"]), bom: z.boolean() }),
    z.object({ saved: z.boolean(), fileName: z.string().optional() }),
  ),
  exportTemplate: command("person", nothing, z.object({ saved: z.boolean(), fileName: z.string().optional() })),
  /**
   * Makes the changes of the stored plan, row by row, and sends them; those the
   * workspace's rule gives to a second person wait, the others go. `typedCount` is
   * needed for more than 100 rows or any High risk and must equal the number of rows chosen. Failures input-invalid,
   * conflict (also: columns were chosen that the rows were not checked with).
   */
  confirm: command(
    makers,
    z.strictObject({
      id: batchId,
      revision: z.number().int(),
      reasonCategory: text(60),
      reason: text(255),
      authorisationRef: text(100),
      typedCount: z.number().int().optional(),
      /** Stop after so many refusals; absent: go on whatever happens. */
      stopAfterRefusals: z.number().int().min(1).max(1_000_000).optional(),
    }),
    batchDetail,
  ),
  /**
   * Remembers the step a person is at, what they typed there, and the columns they chose without having them checked;
   * an absent draft ends one kept before. Sends nothing and raises no revision.
   */
  keepPlace: command(
    makers,
    z.strictObject({
      id: batchId,
      step: batchStep,
      reasonCategory: text(60),
      reason: text(255),
      authorisationRef: text(100),
      stopAfterRefusals: z.number().int().min(1).max(1_000_000).optional(),
      columnDraft: columnDraft.optional(),
    }),
    done,
  ),
  pause: command(makers, one, batchDetail),
  resume: command(makers, one, batchDetail),
  /** Ends the batch: what is under way finishes, what is left is withdrawn. */
  stop: command(makers, one, batchDetail),
  /**
   * A new batch of the rows that were refused, conflicted or not sent, at Check, with its trail back; without those a
   * person withdrew one by one.
   */
  retry: command(makers, one, made),
  /** A new batch that puts back what this one wrote where the account still holds it; at Compare. */
  undo: command(makers, one, made),
  withdraw: command(makers, z.strictObject({ id: batchId, reason: text(255) }), batchDetail),
  rename: command(makers, z.strictObject({ id: batchId, name: filledText(120) }), done),
  savedMaps: query(
    "person",
    nothing,
    z.array(z.object({ id: recordId, name: z.string(), columns: z.number().int(), usedAtMs: timestampMs })),
  ),
  deleteMap: command(makers, z.strictObject({ id: recordId }), done),
  progress: event(batchProgress),
};
