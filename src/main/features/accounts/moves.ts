import type { ConnectionId } from "@contract";
import { sql, type Reader } from "../../database/sql.ts";
import type { AccountsMark } from "./account-access.ts";
import { newestWrittenSeq } from "./store.ts";
import { storedValues } from "./stored-values.ts";

/** Looked at in one step, so that nobody waits for it however much was read meanwhile. */
const stepSize = 500;

export function accountsMark(reader: Reader): AccountsMark {
  const replaced = reader.get<{ id: number | null }>(sql`SELECT max(id) AS id FROM cache_snapshots`)?.id ?? 0;
  return { written: newestWrittenSeq(reader), replaced };
}

const valuesOf = (text: string): string => JSON.stringify(storedValues(text).values);

/**
 * Whether values of accounts of the connection moved since `mark`: written by Vostro or a person, or read from the
 * provider and not what they were. Looks at the next so many only; `mark` is how far it came.
 */
export function movedSince(
  reader: Reader,
  connectionId: ConnectionId,
  { written, replaced }: AccountsMark,
): { readonly moved: boolean; readonly mark: AccountsMark } {
  const values = reader.all<{ seq: number; connection_id: number }>(sql`
    SELECT seq, connection_id FROM work_written WHERE seq > ${written} ORDER BY seq LIMIT ${stepSize}`);
  const reads = reader.all<{ id: number; connection_id: number; then_json: string; now_json: string }>(sql`
    SELECT s.id, a.connection_id, s.known_json AS then_json, a.known_json AS now_json
    FROM (SELECT id, account_id, known_json FROM cache_snapshots WHERE id > ${replaced} ORDER BY id LIMIT ${stepSize}) AS s
    JOIN cache_accounts AS a ON a.id = s.account_id ORDER BY s.id`);
  const moved =
    values.some((value) => value.connection_id === connectionId) ||
    reads.some((read) => read.connection_id === connectionId && valuesOf(read.then_json) !== valuesOf(read.now_json));
  return { moved, mark: { written: values.at(-1)?.seq ?? written, replaced: reads.at(-1)?.id ?? replaced } };
}
