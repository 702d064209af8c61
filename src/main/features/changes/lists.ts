import type { AccountId, ChangeId, ChangeKind, ChangeState, FinzlyFieldName } from "@contract";
import { joinSql, sql, type Reader, type Sql } from "../../database/sql.ts";
import { changeFromRow, type ChangeRecord, type ChangeRowStored } from "./change-record.ts";

export type ChangeView = "open" | "drafts" | "waiting" | "sending" | "attention" | "finished" | "all";

const conditions: Record<ChangeView, Sql> = {
  open: sql`state IN ('draft','waiting-for-approval','approved','sending','outcome-unknown','conflict')`,
  drafts: sql`state = 'draft'`,
  waiting: sql`state = 'waiting-for-approval'`,
  sending: sql`state IN ('approved','sending')`,
  attention: sql`(state IN ('refused','outcome-unknown','conflict','rejected','expired') OR (state = 'approved' AND held = 1))`,
  finished: sql`state IN ('accepted','withdrawn','reversed')`,
  all: sql`1`,
};

/** Newest first; `beforeId` continues after the last row of the page before. */
export function pageOfChanges(
  reader: Reader,
  query: {
    view: ChangeView;
    search?: string | undefined;
    /** On the change's account, for the same search. */
    ofAccounts?: Sql | undefined;
    accountId?: AccountId | undefined;
    beforeId?: number | undefined;
    limit: number;
  },
): ChangeRecord[] {
  const where: Sql[] = [conditions[query.view]];
  if (query.accountId !== undefined) where.push(sql`account_id = ${query.accountId}`);
  if (query.beforeId !== undefined) where.push(sql`id < ${query.beforeId}`);
  if (query.search !== undefined && query.search !== "") {
    const ofAccounts = query.ofAccounts === undefined ? sql`` : sql` OR ${query.ofAccounts}`;
    const like = `%${query.search.replaceAll(/[\\%_]/gu, (mark) => `\\${mark}`)}%`;
    where.push(sql`(summary LIKE ${like} ESCAPE '\\' OR customer_uid LIKE ${like} ESCAPE '\\'
      OR account_uid LIKE ${like} ESCAPE '\\' OR made_by_name LIKE ${like} ESCAPE '\\'
      OR authorisation_ref LIKE ${like} ESCAPE '\\'${ofAccounts})`);
  }
  return reader
    .all<ChangeRowStored>(
      sql`SELECT * FROM work_changes WHERE ${joinSql(where, " AND ")} ORDER BY id DESC LIMIT ${query.limit}`,
    )
    .map(changeFromRow);
}

/** How many changes each view holds, from the kept counts: never a scan of the changes themselves. */
export function countChanges(reader: Reader): Record<ChangeView, number> {
  const columns = Object.entries(conditions).map(([view, condition]) => ({
    text: `coalesce(sum(CASE WHEN ${condition.text} THEN n ELSE 0 END), 0) AS "${view}"`,
    values: condition.values,
  }));
  const row = reader.get<Record<ChangeView, number>>(sql`SELECT ${joinSql(columns, ", ")} FROM work_change_counts`);
  return row ?? { open: 0, drafts: 0, waiting: 0, sending: 0, attention: 0, finished: 0, all: 0 };
}

/** Changes that are on their way or go by themselves: held ones and those of a stopped batch wait for a person. */
export function countUnderWay(reader: Reader): number {
  return (
    reader.get<{ n: number }>(sql`
    SELECT coalesce(sum(n.n), 0) AS n FROM work_change_counts AS n
    LEFT JOIN work_change_gates AS g ON g.batch_id = n.batch_id
    WHERE n.state = 'sending' OR (n.state = 'approved' AND n.held = 0 AND (n.batch_id = 0 OR g.open = 1))`)?.n ?? 0
  );
}

const toLookAt: Sql = sql`'draft','waiting-for-approval','approved','sending','outcome-unknown','conflict','refused',
  'rejected','expired'`;

/** The newest change of each account that is not plainly finished, for the accounts list. */
export function newestOpenChanges(
  reader: Reader,
  ids: readonly AccountId[],
): Map<AccountId, { id: ChangeId; kind: ChangeKind; state: ChangeState; fields: FinzlyFieldName[] }> {
  if (ids.length === 0) return new Map();
  const rows = reader.all<{
    account_id: AccountId;
    id: ChangeId;
    kind: ChangeKind;
    state: ChangeState;
    fields_json: string;
  }>(sql`
    SELECT account_id, max(id) AS id, kind, state, fields_json FROM work_changes
    WHERE account_id IN (${joinSql(
      ids.map((id) => sql`${id}`),
      ", ",
    )})
      AND state IN (${toLookAt})
    GROUP BY account_id`);
  return new Map(
    rows.map((row) => [
      row.account_id,
      { id: row.id, kind: row.kind, state: row.state, fields: JSON.parse(row.fields_json) as FinzlyFieldName[] },
    ]),
  );
}

/** Every account that has such a change. */
export function accountsWithChange(reader: Reader): AccountId[] {
  return reader
    .all<{ account_id: AccountId }>(sql`SELECT DISTINCT account_id FROM work_changes WHERE state IN (${toLookAt})`)
    .map((row) => row.account_id);
}

/** What happened to an account's changes, newest first. */
export function accountHistory(
  reader: Reader,
  id: AccountId,
  limit = 50,
): { atMs: number; text: string; changeId: ChangeId }[] {
  return reader
    .all<{ at_ms: number; person: string; text: string; change_id: ChangeId }>(
      sql`
      SELECT e.at_ms, e.person, e.text, e.change_id FROM work_change_events AS e JOIN work_changes AS c ON c.id = e.change_id
      WHERE c.account_id = ${id} ORDER BY e.id DESC LIMIT ${limit}`,
    )
    .map((row) => ({ atMs: row.at_ms, text: `${row.text} (${row.person})`, changeId: row.change_id }));
}

const submitted = sql`state IN ('waiting-for-approval','approved','sending','outcome-unknown')`;

/** Whether a connection has changes that are not finished, or such as were submitted and may have left. */
export function hasUnfinished(reader: Reader, connectionId: number, which: "any" | "submitted"): boolean {
  const condition = which === "any" ? conditions.open : submitted;
  return (
    reader.get(sql`SELECT 1 FROM work_changes WHERE connection_id = ${connectionId} AND ${condition} LIMIT 1`) !==
    undefined
  );
}
