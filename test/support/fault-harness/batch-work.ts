import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import type { BatchDetail, BatchId } from "@contract";
import type { AppSession } from "./app-session.ts";
import type { BatchKind } from "./plan.ts";

/** How often the batch is looked at while a step of it runs. */
const lookEveryMs = 150;

export interface BatchWork {
  readonly path: string;
  readonly kind: BatchKind;
  readonly patienceMs: number;
}

interface AccountKey {
  readonly customerUid: string;
  readonly accountUid: string;
}

/** Takes the template's drafts out of a copy, so that their accounts are free for a batch; returns those accounts. */
export function freeAccounts(file: string, key: Buffer): AccountKey[] {
  const database = new Sqlite(file);
  try {
    database.pragma("cipher='sqlcipher'");
    database.pragma("legacy=4");
    database.pragma(`key="x'${key.toString("hex")}'"`);
    const found = database
      .prepare<[], AccountKey>(
        "SELECT customer_uid AS customerUid, account_uid AS accountUid FROM work_changes ORDER BY id",
      )
      .all();
    database.exec("DELETE FROM work_change_events; DELETE FROM work_changes;");
    database.pragma("wal_checkpoint(TRUNCATE)");
    return found;
  } finally {
    database.close();
  }
}

/** The file a run imports: the name of every account, quoted, with a reason of its own. Returns its path. */
export function writeBatchFile(folder: string, accounts: readonly AccountKey[]): string {
  const path = join(folder, "limits.csv");
  const lines = accounts.map(
    ({ customerUid, accountUid }, at) => `${customerUid},${accountUid},"Renamed, ${at}",Review ${at}`,
  );
  writeFileSync(path, `customerUID,accountUID,accountName,reason\r\n${lines.join("\r\n")}\r\n`);
  return path;
}

async function newest({ call }: AppSession): Promise<{ id: BatchId; source: string } | undefined> {
  const { rows } = await call("batches.page", { limit: 50 });
  return rows.find(({ state }) => state !== "withdrawn" && state !== "failed");
}

async function begin(session: AppSession, path: string): Promise<void> {
  const { host } = session.app;
  if (host === undefined) throw new Error("A file can only be chosen on the stand-in.");
  await host.answerNextDialog({ filePaths: [path] });
  await session.call("batches.chooseFile", {});
}

async function takeAnAccount({ call }: AppSession, id: BatchId): Promise<void> {
  const { rows } = await call("batches.rows", { id, filter: { bucket: "will-change" }, offset: 0, limit: 1 });
  const accountId = rows[0]?.accountId;
  if (accountId === undefined) return;
  const proposed = { accountName: "Begun meanwhile" };
  await call("changes.saveDraft", { accountId, proposed, keepMasked: [], reasonCategory: "", authorisationRef: "" });
}

/** Resumes; where the sign-in was refused it is tried first, as the app asks for. */
async function resume({ call }: AppSession, id: BatchId, connectionId: BatchDetail["connectionId"]): Promise<void> {
  try {
    await call("batches.resume", { id });
  } catch (error) {
    const asksToTest = error instanceof Error && error.message.includes("sign-in-needed");
    if (!asksToTest || connectionId === undefined) throw error;
    await call("connections.test", { id: connectionId });
  }
}

async function step(
  session: AppSession,
  { id, state, revision, totals, source, connectionId }: BatchDetail,
  work: BatchWork,
): Promise<void> {
  switch (state) {
    case "columns":
      await session.call("batches.check", { id, revision });
      return;
    case "compare":
      if (work.kind === "disturbed" && source === "file") await takeAnAccount(session, id);
      await session.call("batches.confirm", {
        id,
        revision,
        reasonCategory: "Annual review",
        reason: "Annual review",
        authorisationRef: "CR-7",
        typedCount: totals.chosen,
      });
      return;
    case "paused":
      await resume(session, id, connectionId);
      return;
    default:
      await sleep(lookEveryMs);
  }
}

const over = new Set(["finished", "stopped"]);

/**
 * What a person does with a batch from wherever a life of the app finds it: chooses the file (again, where reading it
 * was cut short), checks, confirms, resumes, and undoes it where the run says so. Ends when nothing of it can go on.
 */
export async function workOnBatch(session: AppSession, work: BatchWork, signal: AbortSignal): Promise<void> {
  const endMs = performance.now() + work.patienceMs;
  while (performance.now() < endMs) {
    if (signal.aborted) throw new Error("The app has ended.");
    const batch = await newest(session);
    if (batch === undefined) {
      await begin(session, work.path);
      continue;
    }
    const detail = await session.call("batches.detail", { id: batch.id });
    if (detail.state === "compare" && detail.totals.chosen === 0) return;
    if (!over.has(detail.state)) await step(session, detail, work);
    else if (work.kind !== "undone" || detail.source === "undo" || detail.outcomes.accepted === 0) return;
    else await session.call("batches.undo", { id: batch.id });
  }
}
