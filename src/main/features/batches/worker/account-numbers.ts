import type { ConnectionId } from "@contract";
import { sql, type Reader } from "../../../database/sql.ts";

/** Account numbers of one connection → accounts, as hashes: what is found must still be compared. */
export interface AccountNumbers {
  /** Ids of the accounts that may have this number. */
  readonly candidates: (number: string) => number[];
  /** Lengths of the numbers → how many. */
  readonly lengths: ReadonlyMap<number, number>;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const step = 20_000;

interface NumberRow {
  readonly id: number;
  readonly number: string;
}

function* numbersOf(read: Reader, connectionId: ConnectionId): Generator<NumberRow> {
  for (let after = 0; ;) {
    const rows = read.all<{ id: number; number: string | null }>(sql`
      SELECT id, coalesce(json_extract(known_json, '$.values.accountNumber'),
        json_extract(known_json, '$.accountNumber.value')) AS number FROM cache_accounts
      WHERE id > ${after} AND connection_id = ${connectionId} ORDER BY id LIMIT ${step}`);
    for (const { id, number } of rows) if (number !== null) yield { id, number };
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  yield* read.all<NumberRow>(sql`
    SELECT a.id AS id, json_extract(w.value_json, '$') AS number FROM work_written w
    JOIN cache_accounts a ON a.connection_id = w.connection_id AND a.customer_uid COLLATE BINARY = w.customer_uid
      AND a.account_uid COLLATE BINARY = w.account_uid
    WHERE w.connection_id = ${connectionId} AND w.field = 'accountNumber'`);
}

/** Gathers the numbers of all accounts of a connection once; twelve bytes an account stay in memory. */
export function gatherAccountNumbers(read: Reader, connectionId: ConnectionId, goOn: () => void): AccountNumbers {
  let hashes = new Uint32Array(1024);
  let ids = new Float64Array(1024);
  let count = 0;
  const lengths = new Map<number, number>();
  for (const { id, number } of numbersOf(read, connectionId)) {
    if (count === hashes.length) {
      goOn();
      const wider = { hashes: new Uint32Array(count * 2), ids: new Float64Array(count * 2) };
      wider.hashes.set(hashes);
      wider.ids.set(ids);
      ({ hashes, ids } = wider);
    }
    hashes[count] = hashOf(number);
    ids[count] = id;
    count += 1;
    lengths.set(number.length, (lengths.get(number.length) ?? 0) + 1);
  }
  let size = 1024;
  while (size < count * 2) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  for (let place = 0; place < count; place += 1) {
    let slot = (hashes[place] ?? 0) & (size - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = place;
  }
  return {
    lengths,
    candidates: (number) => {
      const hash = hashOf(number);
      const found = new Set<number>();
      for (let slot = hash & (size - 1); slots[slot] !== -1; slot = (slot + 1) & (size - 1)) {
        const place = slots[slot] ?? 0;
        if (hashes[place] === hash) found.add(ids[place] ?? 0);
      }
      return [...found];
    },
  };
}
