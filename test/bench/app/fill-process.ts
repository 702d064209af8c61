import { connectionId } from "@contract";
import { openWorkspaceFile } from "../../../src/main/database/open.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { openSeal } from "../../../src/main/features/workspace/key-seal.ts";
import { trainingUnlockPassphrase } from "../../../src/main/features/workspace/training-people.ts";
import { createWorkspaceFolders, databaseFileOf } from "../../../src/main/features/workspace/workspace-folder.ts";
import { fillAccounts } from "../accounts/fill-accounts.ts";
import { cacheRows, writeRows } from "../batches/reading-files.ts";
import { answerParent } from "../child-process.ts";

export interface FillQuestion {
  readonly userData: string;
  readonly accounts: number;
  /** Where to write a bulk file of as many rows, one of them ragged; the accounts are then those its rows mean. */
  readonly bulkFile?: string;
}

const noKeyring = (): Promise<never> =>
  Promise.reject(new Error("The bench's workspace is sealed by its published passphrase."));

/** Fills the cache of a closed training workspace. */
async function fill({ userData, accounts, bulkFile }: FillQuestion): Promise<number> {
  const folders = createWorkspaceFolders(userData);
  const [record] = folders.list().records;
  if (record === undefined) throw new Error("There is no workspace to fill.");
  const vault = { describe: noKeyring, seal: noKeyring, open: noKeyring };
  const key = await openSeal(record.sealing, { id: record.id, vault, passphrase: trainingUnlockPassphrase });
  const file = openWorkspaceFile({
    file: databaseFileOf(folders.folderOf(record.id)),
    key,
    create: false,
    nowMs: Date.now(),
  });
  const row = file.store.read.get<{ id: number }>(sql`SELECT id FROM work_connections ORDER BY id LIMIT 1`);
  const connection = connectionId.parse(row?.id);
  if (bulkFile !== undefined) {
    writeRows(bulkFile, accounts - 1, true);
    cacheRows(file.store, accounts, connection);
  } else fillAccounts(file.store, connection, accounts);
  file.close();
  return accounts;
}

answerParent(fill, async () => undefined);
