import type { Verification } from "@contract";
import type { Clock } from "../../core/clock.ts";
import type { Reader } from "../../database/sql.ts";
import { chainHash, firstPreviousHash } from "./hash-chain.ts";
import { auditHead, auditRowsAfter, type AuditHead, type StoredAuditRow } from "./store.ts";

interface Place {
  readonly seq: number;
  readonly hash: string;
}
type Broken = NonNullable<Verification["firstBroken"]>;

const rowsInOneStep = 200;

function brokenAt(row: StoredAuditRow, previous: Place): Broken | undefined {
  const expected = previous.seq + 1;
  if (row.seq !== expected) {
    const what =
      row.seq === expected + 1 ? `Row ${expected} is missing.` : `Rows ${expected} to ${row.seq - 1} are missing.`;
    return { seq: expected, what };
  }
  if (chainHash(row.previousHash, row) !== row.hash) {
    return { seq: row.seq, what: `Row ${row.seq} was changed after it was written.` };
  }
  if (row.previousHash !== previous.hash) {
    const what = `Row ${row.seq} does not follow row ${previous.seq}: rows were put in another order or replaced.`;
    return { seq: row.seq, what };
  }
  return undefined;
}

function brokenEnd(last: Place, head: AuditHead): Broken | undefined {
  if (last.seq < head.entries) {
    const seq = last.seq + 1;
    return { seq, what: `The end is cut off: row ${seq} and ${head.entries - seq} after it are missing.` };
  }
  if (last.hash !== head.hash) {
    return { seq: last.seq, what: `Row ${last.seq} is not the one the trail ended with.` };
  }
  return undefined;
}

/**
 * Recomputes every hash from the first row up to the head as it stood at the call, in steps of 200 rows with a turn
 * of the event loop between them. Names the first row that was changed, is missing, was put elsewhere, or was cut off.
 */
export async function verifyTrail(reader: Reader, clock: Clock, signal?: AbortSignal): Promise<Verification> {
  const head = auditHead(reader);
  let last: Place = { seq: 0, hash: firstPreviousHash };
  let firstBroken: Broken | undefined;
  while (firstBroken === undefined && last.seq < head.entries) {
    signal?.throwIfAborted();
    const rows = auditRowsAfter(reader, last.seq, Math.min(rowsInOneStep, head.entries - last.seq));
    if (rows.length === 0) break;
    for (const row of rows) {
      firstBroken = row.seq > head.entries ? brokenEnd(last, head) : brokenAt(row, last);
      if (firstBroken !== undefined) break;
      last = { seq: row.seq, hash: row.hash };
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  firstBroken ??= brokenEnd(last, head);
  firstBroken ??= beyondHead(reader);
  return {
    intact: firstBroken === undefined,
    entries: head.entries,
    headHash: head.hash,
    checkedAtMs: clock.nowMs(),
    ...(firstBroken === undefined ? {} : { firstBroken }),
  };
}

function beyondHead(reader: Reader): Broken | undefined {
  const { entries } = auditHead(reader);
  const extra = auditRowsAfter(reader, entries, 1)[0];
  return extra === undefined
    ? undefined
    : { seq: extra.seq, what: `Row ${extra.seq} was added past the end of the trail.` };
}
