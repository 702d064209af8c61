import type { ChangeId, ChangeState, PlanRow, RowFilter } from "@contract";
import { sql, type Reader } from "../../../database/sql.ts";

type OutcomeWord = NonNullable<RowFilter["outcome"]>;

/** The word under which a change of a batch is counted. */
export const outcomeOf: Readonly<Record<ChangeState, OutcomeWord>> = {
  draft: "conflict",
  "waiting-for-approval": "waiting",
  approved: "left",
  sending: "sending",
  accepted: "accepted",
  reversed: "reversed",
  refused: "refused",
  "outcome-unknown": "unknown",
  conflict: "conflict",
  withdrawn: "withdrawn",
  rejected: "withdrawn",
  expired: "withdrawn",
};

/** What became of a row's change. */
export interface ChangeOutcome {
  readonly id: ChangeId;
  readonly state: ChangeState;
  readonly message: string | undefined;
  readonly providerCode: string | undefined;
  readonly attempts: number;
  readonly sentAtMs: number | undefined;
  readonly atMs: number;
}

interface OutcomeRow {
  readonly id: ChangeId;
  readonly state: ChangeState;
  readonly message: string | null;
  readonly provider_code: string | null;
  readonly provider_message: string | null;
  readonly attempts: number;
  readonly sent_at_ms: number | null;
  readonly updated_at_ms: number;
}

const columns = {
  text: `c.id, c.state, c.message, c.provider_code, c.provider_message, c.updated_at_ms,
    (SELECT count(*) FROM work_attempts a WHERE a.change_id = c.id) AS attempts,
    (SELECT max(a.started_at_ms) FROM work_attempts a WHERE a.change_id = c.id) AS sent_at_ms`,
  values: [],
};

function fromRow(row: OutcomeRow): ChangeOutcome {
  return {
    id: row.id,
    state: row.state,
    message: row.message ?? row.provider_message ?? undefined,
    providerCode: row.provider_code ?? undefined,
    attempts: row.attempts,
    sentAtMs: row.sent_at_ms ?? undefined,
    atMs: row.updated_at_ms,
  };
}

export function outcomeById(read: Reader, id: number): ChangeOutcome | undefined {
  const row = read.get<OutcomeRow>(sql`SELECT ${columns} FROM work_changes c WHERE c.id = ${id}`);
  return row === undefined ? undefined : fromRow(row);
}

/** What became of the batch's rows from `first` to `last`, by row. */
export function outcomesBetween(
  read: Reader,
  batchId: number,
  first: number,
  last: number,
): ReadonlyMap<number, ChangeOutcome> {
  const rows = read.all<OutcomeRow & { batch_row: number }>(sql`
    SELECT c.batch_row, ${columns} FROM work_changes c
    WHERE c.batch_id = ${batchId} AND c.batch_row BETWEEN ${first} AND ${last}`);
  return new Map(rows.map((row) => [row.batch_row, fromRow(row)]));
}

/** The batch a change belongs to. */
export function batchOfChange(read: Reader, changeId: number): number | undefined {
  const row = read.get<{ batch_id: number | null }>(sql`SELECT batch_id FROM work_changes WHERE id = ${changeId}`);
  return row?.batch_id ?? undefined;
}

export const outcomeWords = [...new Set(Object.values(outcomeOf))];

/** Row numbers of the batch whose change is in a state one of the outcomes stands for; any order. */
export function rowsWithOutcomes(read: Reader, batchId: number, outcomes: readonly OutcomeWord[]): number[] {
  const states = Object.entries(outcomeOf).flatMap(([state, word]) => (outcomes.includes(word) ? [state] : []));
  return states.flatMap((state) =>
    read
      .all<{ row: number }>(
        sql`SELECT batch_row AS row FROM work_changes WHERE batch_id = ${batchId} AND state = ${state}`,
      )
      .map(({ row }) => row),
  );
}

export function shownOutcome({
  id,
  state,
  message,
  providerCode,
  attempts,
  atMs,
}: ChangeOutcome): NonNullable<PlanRow["outcome"]> {
  return {
    state,
    changeId: id,
    attempts,
    atMs,
    ...(message === undefined ? {} : { message }),
    ...(providerCode === undefined ? {} : { providerCode }),
  };
}
