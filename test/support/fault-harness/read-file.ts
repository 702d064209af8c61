import Sqlite from "better-sqlite3";
import type { ChangeId, ChangeState } from "@contract";
import type { AttemptFacts, AuditFacts, BatchFacts, ChangeFacts, ConnectionFacts, FileFacts } from "./evidence.ts";

/** Opens a workspace file for reading as an auditor would: SQLCipher 4 and the key, none of the product's code. */
export function openAsAuditor(file: string, key: Buffer): Sqlite.Database {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true });
  database.pragma("cipher='sqlcipher'");
  database.pragma("legacy=4");
  database.pragma(`key="x'${key.toString("hex")}'"`);
  database.pragma("busy_timeout = 5000");
  return database;
}

interface ConnectionRow {
  readonly id: number;
  readonly api: string;
  readonly token: string;
  readonly settleWindowMs: number;
  readonly refused: number;
}

function connectionsIn(database: Sqlite.Database): ConnectionFacts[] {
  const rows = database
    .prepare<[], ConnectionRow>(
      `SELECT id, api_base_url AS api, coalesce(settings_json ->> 'tokenUrl', api_base_url) AS token,
         settle_window_ms AS settleWindowMs, sign_in_refused AS refused
       FROM work_connections`,
    )
    .all();
  return rows.map(({ id, api, token, settleWindowMs, refused }) => ({
    id,
    origins: [...new Set([new URL(api).origin, new URL(token).origin])],
    settleWindowMs,
    signInRefused: refused === 1,
  }));
}

type ChangeRow = Omit<ChangeFacts, "held" | "heldBack" | "proposed" | "state"> & {
  readonly state: ChangeState;
  readonly held: number;
  readonly heldBack: number;
  readonly proposed: string;
};

function changesIn(database: Sqlite.Database): ChangeFacts[] {
  const rows = database
    .prepare<[], ChangeRow>(
      `SELECT id, connection_id AS connectionId, customer_uid AS customerUid, account_uid AS accountUid, state, settlement,
         settle_at_ms AS settleAtMs, held, proposed_json AS proposed, batch_id AS batchId,
         batch_id IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM work_change_gates AS g WHERE g.batch_id = c.batch_id AND g.open = 1) AS heldBack
       FROM work_changes AS c ORDER BY id`,
    )
    .all();
  return rows.map((row) => ({
    ...row,
    held: row.held === 1,
    heldBack: row.heldBack === 1,
    proposed: JSON.parse(row.proposed) as Record<string, unknown>,
  }));
}

function batchesIn(database: Sqlite.Database): BatchFacts[] {
  return database
    .prepare<[], BatchFacts>(
      `SELECT id, state, chosen, (SELECT count(*) FROM work_changes AS c WHERE c.batch_id = b.id) AS changes,
         (SELECT count(*) FROM work_batch_unmade AS u WHERE u.batch_id = b.id) AS unmade
       FROM work_batches AS b ORDER BY id`,
    )
    .all();
}

function unsoundness(database: Sqlite.Database): string[] {
  const found = database.pragma("integrity_check(10)") as { readonly integrity_check: string }[];
  const orphans = database.pragma("foreign_key_check") as { readonly table: string }[];
  return [
    ...found.map((row) => row.integrity_check).filter((line) => line !== "ok"),
    ...orphans.map(({ table }) => `a row of ${table} refers to nothing`),
  ];
}

/** Everything the laws need of a workspace file. Throws when the key does not open it. */
export function readFileFacts(file: string, key: Buffer): FileFacts {
  const database = openAsAuditor(file, key);
  try {
    const head = database.prepare<[], FileFacts["auditHead"]>("SELECT entries, hash FROM work_audit_head").get();
    return {
      unsound: unsoundness(database),
      changes: changesIn(database),
      batches: batchesIn(database),
      attempts: database
        .prepare<[], AttemptFacts>(
          `SELECT id, change_id AS changeId, origin, path, body, outcome, message, started_at_ms AS startedAtMs,
             finished_at_ms AS finishedAtMs FROM work_attempts ORDER BY id`,
        )
        .all(),
      audit: database
        .prepare<[], AuditFacts>(
          `SELECT seq, at_ms AS atMs, person_id AS personId, person, action, subject, summary, before_json AS before,
             after_json AS after, correlation_id AS correlationId, previous_hash AS previousHash, hash
           FROM work_audit ORDER BY seq`,
        )
        .all(),
      auditHead: head ?? { entries: -1, hash: "" },
      connections: connectionsIn(database),
    };
  } finally {
    database.close();
  }
}

/** What is still under way, for waiting: sending, to be sent by itself, or to be settled by itself. */
export function workLeft(file: string, key: Buffer): number {
  const database = openAsAuditor(file, key);
  try {
    return Number(
      database
        .prepare(
          `SELECT count(*) FROM work_changes AS c WHERE state = 'sending'
             OR (state = 'approved' AND held = 0 AND (batch_id IS NULL OR EXISTS (
               SELECT 1 FROM work_change_gates AS g WHERE g.batch_id = c.batch_id AND g.open = 1)) AND NOT EXISTS (
               SELECT 1 FROM work_connections AS n WHERE n.id = c.connection_id AND n.sign_in_refused = 1))
             OR (state = 'outcome-unknown' AND (settle_at_ms IS NOT NULL OR settlement IS NULL))`,
        )
        .pluck()
        .get(),
    );
  } finally {
    database.close();
  }
}

/** The drafts that may be sent, oldest first. */
export function draftsIn(file: string, key: Buffer): { id: ChangeId; revision: number }[] {
  const database = openAsAuditor(file, key);
  try {
    return database
      .prepare<[], { id: ChangeId; revision: number }>(
        "SELECT id, revision FROM work_changes WHERE state = 'draft' ORDER BY id",
      )
      .all();
  } finally {
    database.close();
  }
}
