import type { AuditDetail, AuditRow, Person, Verification } from "@contract";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Reader, Store } from "../../database/sql.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { auditHead, auditPage, auditRowAt, hasAuditRow, type AuditHead, type StoredAuditRow } from "./store.ts";
import { createAuditTrail } from "./trail.ts";
import { verifyTrail } from "./verify.ts";

export interface AuditQuery {
  readonly search?: string | undefined;
  readonly area?: string | undefined;
  readonly subject?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface AuditPage {
  readonly rows: AuditRow[];
  readonly nextCursor?: string;
  readonly entries: number;
  readonly headHash: string;
}

/** A command the bridge served, for the row that no service wrote. */
export interface ServedCommand {
  readonly name: string;
  readonly person: Person | undefined;
  readonly summary: string;
  readonly correlationId: string;
}

export interface AuditService {
  readonly trail: AuditTrail;
  /** Newest first. Failure input-invalid for a cursor that is not ours. */
  readonly page: (query: AuditQuery) => Promise<AuditPage>;
  /** Failure not-found. */
  readonly detail: (seq: number) => AuditDetail;
  readonly verify: (signal?: AbortSignal) => Promise<Verification>;
  /** The newest verification of this run, if there was one. */
  readonly lastVerification: () => Verification | undefined;
  /** How many rows there are now; give it to `noteCommand` to say where a call began. */
  readonly entries: () => number;
  /** Number of rows and the newest one's hash: the whole history in one line. */
  readonly head: () => AuditHead;
  /** The hash of row `seq`; `undefined` when there is none. */
  readonly hashAt: (seq: number) => string | undefined;
  /** Appends a row for the command unless one with its correlation id was written after row `since`. */
  readonly noteCommand: (since: number, command: ServedCommand) => void;
}

const rowsLookedAtInOneStep = 2000;

/** The newest rows that match, looked for in steps with a turn of the event loop between them. */
async function foundRows(
  reader: Reader,
  query: Omit<AuditQuery, "cursor">,
  beforeSeq: number | undefined,
): Promise<StoredAuditRow[]> {
  const { search, area, subject, limit } = query;
  if ((search ?? "").trim() === "" && area === undefined && subject === undefined) {
    return auditPage(reader, { beforeSeq, limit });
  }
  const found: StoredAuditRow[] = [];
  for (let before = beforeSeq ?? auditHead(reader).entries + 1; before > 1 && found.length < limit; ) {
    const fromSeq = Math.max(1, before - rowsLookedAtInOneStep);
    found.push(
      ...auditPage(reader, { search, area, subject, beforeSeq: before, fromSeq, limit: limit - found.length }),
    );
    before = fromSeq;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

const rowFrom = ({ seq, atMs, person, action, subject, summary, correlationId }: StoredAuditRow): AuditRow => ({
  seq,
  atMs,
  person,
  action,
  subject,
  summary,
  correlationId,
});

function seqOfCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const seq = /^[0-9]{1,15}$/u.test(cursor) ? Number(cursor) : Number.NaN;
  if (!Number.isSafeInteger(seq)) throw new VostroFailure("input-invalid", "This page of the log does not exist.");
  return seq;
}

export function createAuditService({ store, clock }: { readonly store: Store; readonly clock: Clock }): AuditService {
  const trail = createAuditTrail(clock);
  let latest: Verification | undefined;
  return {
    trail,
    page: async ({ cursor, limit, ...filter }) => {
      const found = await foundRows(store.read, { ...filter, limit: limit + 1 }, seqOfCursor(cursor));
      const rows = found.slice(0, limit).map(rowFrom);
      const last = rows.at(-1);
      const { entries, hash } = auditHead(store.read);
      const more = found.length > limit && last !== undefined;
      return { rows, entries, headHash: hash, ...(more ? { nextCursor: String(last.seq) } : {}) };
    },
    detail: (seq) => {
      const row = auditRowAt(store.read, seq);
      if (row === undefined) throw new VostroFailure("not-found", `The log has no row ${seq}.`);
      return {
        ...rowFrom(row),
        previousHash: row.previousHash,
        hash: row.hash,
        ...(row.before === null ? {} : { before: row.before }),
        ...(row.after === null ? {} : { after: row.after }),
      };
    },
    verify: async (signal) => {
      latest = await verifyTrail(store.read, clock, signal);
      return latest;
    },
    lastVerification: () => latest,
    entries: () => auditHead(store.read).entries,
    head: () => auditHead(store.read),
    hashAt: (seq) => auditRowAt(store.read, seq)?.hash,
    noteCommand: (since, { name, person, summary, correlationId }) => {
      if (hasAuditRow(store.read, since, correlationId)) return;
      store.transaction((writer) =>
        trail.append(writer, { action: `call.${name}`, subject: name, summary, person, correlationId }),
      );
    },
  };
}
