import type {
  BatchColumn, BatchDetail, BatchId, BatchRow, BatchState, BatchStep, BatchTotals, ColumnDraft,
  ConnectionId,
} from "@contract";
import type { SqlValue } from "../../database/sql.ts";
import type { AccountsMark } from "../accounts/account-access.ts";
import type { StagedFile } from "./staging.ts";

/** What was found while the source was read; its columns stand apart, because a person changes them. */
export type StagedFacts = Omit<StagedFile, "columns" | "sha256" | "bytes" | "rows">;
export type BatchCounts = BatchRow["counts"];
export type BatchKey = NonNullable<BatchDetail["key"]>;

export type ReadFrom = Extract<BatchState, "columns" | "compare" | "failed">;

export interface NamedPerson {
  readonly id: number;
  readonly name: string;
}

/** A batch as main knows it. The path of its file never leaves main. */
export interface BatchRecord {
  readonly id: BatchId;
  readonly name: string;
  readonly state: BatchState;
  readonly revision: number;
  readonly source: BatchRow["source"];
  readonly sourcePath: string | undefined;
  readonly fileName: string | undefined;
  readonly sha256: string | undefined;
  readonly bytes: number | undefined;
  readonly rows: number;
  readonly message: string | undefined;
  /** Which of the batch's staging files counts. */
  readonly stagingNo: number;
  /** While it is read again: the state that began in, and that it goes back to when it comes to nothing. */
  readonly readFrom: ReadFrom | undefined;
  /** Why it was not read in another way when somebody last asked for that. */
  readonly readMessage: string | undefined;
  readonly connectionId: ConnectionId | undefined;
  readonly key: BatchKey | undefined;
  readonly mapName: string | undefined;
  readonly staged: StagedFacts | undefined;
  readonly columns: readonly BatchColumn[];
  /** Columns a person chose and did not have checked yet. */
  readonly columnDraft: ColumnDraft | undefined;
  readonly counts: BatchCounts;
  readonly totals: BatchTotals | undefined;
  readonly largestIncreaseTenths: number | undefined;
  /** The edition of the staged plan that counts and totals speak of. */
  readonly planEdition: number;
  /** When the plan was last made as a whole, and what reads and written values of accounts it could see. */
  readonly comparedAtMs: number | undefined;
  readonly comparedWith: AccountsMark | undefined;
  /** Who gave it up; unknown of those given up long ago. */
  readonly withdrawnBy: string | undefined;
  readonly reasonCategory: string;
  readonly reason: string;
  readonly authorisationRef: string;
  readonly stopAfterRefusals: number | undefined;
  /** The step at which a person left it. */
  readonly step: BatchStep | undefined;
  /** When it was confirmed, some of its rows needed a second person. */
  readonly secondPerson: boolean;
  readonly parent: { readonly id: BatchId; readonly what: "retry" | "undo" } | undefined;
  /** Rows chosen when the batch was confirmed; each is made, unmade, or still to be made. */
  readonly chosen: number;
  readonly made: number;
  readonly unmade: number;
  readonly madeToRow: number;
  /** How far the staging file knows which change each row became. */
  readonly notedToRow: number;
  readonly madeAll: boolean;
  readonly madeBy: NamedPerson;
  readonly confirmedBy: NamedPerson | undefined;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly startedAtMs: number | undefined;
  readonly finishedAtMs: number | undefined;
}

/** A batch as lists show it. */
export type ListedBatch = Omit<BatchRecord, "staged" | "columns" | "columnDraft" | "comparedWith">;

export interface BatchRowStored {
  id: number;
  name: string;
  state: BatchState;
  revision: number;
  source: BatchRow["source"];
  source_path: string | null;
  file_name: string | null;
  sha256: string | null;
  bytes: number | null;
  rows: number;
  message: string | null;
  staging_no: number;
  read_from: ReadFrom | null;
  read_message: string | null;
  connection_id: number | null;
  key_kind: BatchKey | null;
  map_name: string | null;
  staged_json: string | null;
  columns_json: string | null;
  column_draft_json: string | null;
  counts_json: string;
  totals_json: string | null;
  largest_increase_tenths: number | null;
  plan_edition: number;
  compared_at_ms: number | null;
  compared_with: string | null;
  withdrawn_by_name: string | null;
  reason_category: string;
  reason: string;
  authorisation_ref: string;
  stop_after_refusals: number | null;
  step: BatchStep | null;
  second_person: number;
  parent_id: number | null;
  parent_what: "retry" | "undo" | null;
  chosen: number;
  made: number;
  unmade: number;
  made_to_row: number;
  noted_to_row: number;
  made_all: number;
  made_by_id: number;
  made_by_name: string;
  confirmed_by_id: number | null;
  confirmed_by_name: string | null;
  created_at_ms: number;
  updated_at_ms: number;
  started_at_ms: number | null;
  finished_at_ms: number | null;
}

/** Of totals that were kept before rows were asked what they bring: each High-risk row then takes what is typed. */
export const bringsNothing: BatchTotals["brings"] = {
  reason: { rows: 0, high: 0 },
  authorisationRef: { rows: 0, high: 0 },
};

type KeptTotals = Omit<BatchTotals, "brings"> & Partial<Pick<BatchTotals, "brings">>;

function totalsFromJson(text: string | null): BatchTotals | undefined {
  const kept = parsed<KeptTotals>(text);
  return kept && { ...kept, brings: kept.brings ?? bringsNothing };
}

const parsed = <T>(text: string | null): T | undefined => (text === null ? undefined : (JSON.parse(text) as T));
const personOf = (id: number | null, name: string | null): NamedPerson | undefined =>
  id === null || name === null ? undefined : { id, name };

export function batchFromRow(row: BatchRowStored): BatchRecord {
  const { parent_id: parentId, parent_what: what } = row;
  return {
    id: row.id as BatchId,
    name: row.name,
    state: row.state,
    revision: row.revision,
    source: row.source,
    sourcePath: row.source_path ?? undefined,
    fileName: row.file_name ?? undefined,
    sha256: row.sha256 ?? undefined,
    bytes: row.bytes ?? undefined,
    rows: row.rows,
    message: row.message ?? undefined,
    stagingNo: row.staging_no,
    readFrom: row.read_from ?? undefined,
    readMessage: row.read_message ?? undefined,
    connectionId: row.connection_id === null ? undefined : (row.connection_id as ConnectionId),
    key: row.key_kind ?? undefined,
    mapName: row.map_name ?? undefined,
    staged: parsed<StagedFacts>(row.staged_json),
    columns: parsed<BatchColumn[]>(row.columns_json) ?? [],
    columnDraft: parsed<ColumnDraft>(row.column_draft_json),
    counts: parsed<BatchCounts>(row.counts_json) ?? {},
    totals: totalsFromJson(row.totals_json),
    largestIncreaseTenths: row.largest_increase_tenths ?? undefined,
    planEdition: row.plan_edition,
    comparedAtMs: row.compared_at_ms ?? undefined,
    comparedWith: parsed<AccountsMark>(row.compared_with),
    withdrawnBy: row.withdrawn_by_name ?? undefined,
    reasonCategory: row.reason_category,
    reason: row.reason,
    authorisationRef: row.authorisation_ref,
    stopAfterRefusals: row.stop_after_refusals ?? undefined,
    step: row.step ?? undefined,
    secondPerson: row.second_person === 1,
    parent: parentId === null || what === null ? undefined : { id: parentId as BatchId, what },
    chosen: row.chosen,
    made: row.made,
    unmade: row.unmade,
    madeToRow: row.made_to_row,
    notedToRow: row.noted_to_row,
    madeAll: row.made_all === 1,
    madeBy: { id: row.made_by_id, name: row.made_by_name },
    confirmedBy: personOf(row.confirmed_by_id, row.confirmed_by_name),
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
    startedAtMs: row.started_at_ms ?? undefined,
    finishedAtMs: row.finished_at_ms ?? undefined,
  };
}

/** What of a batch may be set after it was made; `undefined` leaves it alone, `null` empties it. */
export interface BatchPatch {
  readonly name?: string;
  readonly state?: BatchState;
  readonly sourcePath?: null;
  readonly sha256?: string;
  readonly bytes?: number;
  readonly rows?: number;
  readonly message?: string | null;
  readonly stagingNo?: number;
  readonly readFrom?: ReadFrom | null;
  readonly readMessage?: string | null;
  readonly connectionId?: ConnectionId;
  readonly key?: BatchKey;
  readonly mapName?: string | null;
  readonly staged?: StagedFacts;
  readonly columns?: readonly BatchColumn[];
  readonly columnDraft?: null;
  readonly counts?: BatchCounts;
  readonly totals?: BatchTotals | null;
  readonly largestIncreaseTenths?: number | null;
  readonly planEdition?: number;
  readonly comparedAtMs?: number;
  readonly comparedWith?: AccountsMark;
  readonly withdrawnBy?: string;
  readonly reasonCategory?: string;
  readonly reason?: string;
  readonly authorisationRef?: string;
  readonly stopAfterRefusals?: number | null;
  readonly secondPerson?: boolean;
  readonly chosen?: number;
  readonly madeAll?: boolean;
  readonly confirmedBy?: NamedPerson;
  readonly startedAtMs?: number;
  readonly finishedAtMs?: number;
}

const flag = (value: boolean | undefined): number | undefined => (value === undefined ? undefined : Number(value));
const json = (value: unknown): string | null | undefined =>
  value === undefined || value === null ? value : JSON.stringify(value);

/** The patch as column and value pairs; column names are constants of this file. */
export function rowFromBatchPatch(patch: BatchPatch): [column: string, value: SqlValue][] {
  const columns: [string, SqlValue | undefined][] = [
    ["name", patch.name],
    ["state", patch.state],
    ["source_path", patch.sourcePath],
    ["sha256", patch.sha256],
    ["bytes", patch.bytes],
    ["rows", patch.rows],
    ["message", patch.message],
    ["staging_no", patch.stagingNo],
    ["read_from", patch.readFrom],
    ["read_message", patch.readMessage],
    ["connection_id", patch.connectionId],
    ["key_kind", patch.key],
    ["map_name", patch.mapName],
    ["staged_json", json(patch.staged)],
    ["columns_json", json(patch.columns)],
    ["column_draft_json", patch.columnDraft],
    ["counts_json", json(patch.counts)],
    ["totals_json", json(patch.totals)],
    ["largest_increase_tenths", patch.largestIncreaseTenths],
    ["plan_edition", patch.planEdition],
    ["compared_at_ms", patch.comparedAtMs],
    ["compared_with", json(patch.comparedWith)],
    ["withdrawn_by_name", patch.withdrawnBy],
    ["reason_category", patch.reasonCategory],
    ["reason", patch.reason],
    ["authorisation_ref", patch.authorisationRef],
    ["stop_after_refusals", patch.stopAfterRefusals],
    ["second_person", flag(patch.secondPerson)],
    ["chosen", patch.chosen],
    ["made_all", flag(patch.madeAll)],
    ["confirmed_by_id", patch.confirmedBy?.id],
    ["confirmed_by_name", patch.confirmedBy?.name],
    ["started_at_ms", patch.startedAtMs],
    ["finished_at_ms", patch.finishedAtMs],
  ];
  return columns.filter((pair): pair is [string, SqlValue] => pair[1] !== undefined);
}
