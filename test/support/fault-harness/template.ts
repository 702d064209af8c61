import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { AccountId, ChangeId, ConnectionId, FinzlyFields, InputOf } from "@contract";
import { hashPassphrase, type ScryptCost } from "../../../src/main/core/passphrase-hash.ts";
import { openSeal, sealWithPassphrase } from "../../../src/main/features/workspace/key-seal.ts";
import { databaseFileOf, readRecord, writeRecord } from "../../../src/main/features/workspace/workspace-folder.ts";
import { startFinzlySimulator, type FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import { enterWorkspace, passphrases, startApp, type AppSession } from "./app-session.ts";

export const credentials = { clientId: "vostro-bank-client", clientSecret: "c1ient/Secret+of=the bank" } as const;

export interface DraftFacts {
  readonly id: ChangeId;
  readonly revision: number;
  readonly accountUid: string;
}

/** A live workspace with a connection, accounts and drafts, ready to be copied for every run. */
export interface Template {
  readonly userData: string;
  readonly key: Buffer;
  readonly connectionId: ConnectionId;
  readonly drafts: readonly DraftFacts[];
  readonly accountNumbers: readonly string[];
  dispose(): void;
}

const cheap: ScryptCost = { n: 2 ** 12, r: 8, p: 1 };

/** The settings of a connection in a run; times are short, because nobody waits here. */
export function connectionFields(
  simulated: Pick<FinzlySimulator, "apiBaseUrl" | "tokenUrl">,
  changed: Partial<FinzlyFields> = {},
): FinzlyFields {
  return {
    provider: "finzly",
    name: "Finzly",
    environment: "sandbox",
    apiBaseUrl: simulated.apiBaseUrl,
    tokenUrl: simulated.tokenUrl,
    clientAuth: "basic",
    canRead: true,
    concurrency: 12,
    requestsPerSecond: 10_000,
    connectTimeoutMs: 5000,
    headersTimeoutMs: 5000,
    bodyTimeoutMs: 5000,
    settleWindowMs: 700,
    busyRetries: 5,
    ...changed,
  };
}

/** A simulated Finzly that knows the template's accounts and credentials. */
export async function startProvider(accounts: number): Promise<FinzlySimulator> {
  const simulator = await startFinzlySimulator(credentials);
  simulator.addAccounts(accounts);
  return simulator;
}

/** The folder of the one workspace in a userData folder. */
export function workspaceFolder(userData: string): string {
  const root = join(userData, "workspaces");
  const [name] = readdirSync(root);
  if (name === undefined) throw new Error("There is no workspace in this folder.");
  return join(root, name);
}

async function loadAccounts({ call }: AppSession, connectionId: ConnectionId): Promise<void> {
  const { jobId } = await call("accounts.load", { connectionId });
  for (;;) {
    const job = (await call("accounts.loadJobs", {})).find(({ id }) => id === jobId);
    if (job?.state === "finished") return;
    if (job !== undefined && job.state !== "running") throw new Error(`Loading ${job.state}: ${job.message ?? ""}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function accountIds({ call }: AppSession): Promise<Map<string, AccountId>> {
  const found = new Map<string, AccountId>();
  let cursor: string | undefined;
  do {
    const page = await call("accounts.page", {
      sort: { column: "accountName", direction: "ascending" },
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const row of page.rows) found.set(row.accountUid, row.id);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

function proposalFor(accountId: AccountId, index: number): InputOf<"changes.saveDraft"> {
  const numbered = index % 5 === 0 ? { accountNumber: `ZX${7_000_000 + index}881` } : {};
  const proposed = {
    accountName: `Renamed ${index}`,
    creditExposureLimit: `${1000 + index}.25`,
    reason: `Annual review ${index}`,
    ...numbered,
  };
  return { accountId, proposed, keepMasked: [], reasonCategory: "Annual review", authorisationRef: `CR-${index}` };
}

async function fill(
  session: AppSession,
  simulator: FinzlySimulator,
  accounts: readonly { accountUID: string }[],
): Promise<Pick<Template, "connectionId" | "drafts">> {
  const { call, callMany } = session;
  await call("workspace.createLive", {
    name: "Fault runs",
    administrator: "Ada Marlow",
    passphrase: passphrases.administrator,
    unlockPassphrase: passphrases.unlock,
  });
  await enterWorkspace(session);
  const settings = await call("workspace.settings", {});
  await call("workspace.saveSettings", { ...settings, secondPerson: { high: false, medium: false, low: false } });
  const { id: connectionId } = await call("connections.save", { ...connectionFields(simulator), ...credentials });
  await loadAccounts(session, connectionId);
  const ids = await accountIds(session);
  const inputs = accounts.map(({ accountUID }, index) => {
    const accountId = ids.get(accountUID);
    if (accountId === undefined) throw new Error(`Account ${accountUID} was not loaded.`);
    return proposalFor(accountId, index);
  });
  const saved = await callMany("changes.saveDraft", inputs, ["id", "revision", "accountUid"]);
  const drafts = saved.map((detail, index) => {
    if (detail === undefined) throw new Error(`Draft ${index} was not saved.`);
    return detail;
  });
  return { connectionId, drafts };
}

/** Opening and signing in take a second of deliberate work each; runs start hundreds of times, so copies get a cheap seal. */
async function cheapen(folder: string): Promise<Buffer> {
  const record = readRecord(folder);
  if (record === undefined) throw new Error("The workspace record cannot be read.");
  const vault = {
    describe: async () => ({ real: false, name: "none" }),
    seal: () => Promise.reject(new Error("no keyring here")),
    open: () => Promise.reject(new Error("The harness needs a workspace sealed by a passphrase.")),
  };
  const key = await openSeal(record.sealing, { id: record.id, vault, passphrase: passphrases.unlock });
  writeRecord(folder, { ...record, sealing: await sealWithPassphrase(key, passphrases.unlock, record.id, cheap) });
  const { n, r, p, salt, hash } = await hashPassphrase(passphrases.administrator, cheap);
  const database = new Sqlite(databaseFileOf(folder));
  try {
    database.pragma("cipher='sqlcipher'");
    database.pragma("legacy=4");
    database.pragma(`key="x'${key.toString("hex")}'"`);
    database
      .prepare("UPDATE work_people SET scrypt_n = ?, scrypt_r = ?, scrypt_p = ?, salt = ?, hash = ?")
      .run(n, r, p, salt, hash);
    database.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
  return key;
}

/** Makes the template through the app itself: first run, connection, loading, drafts. */
export async function makeTemplate(appRoot: string, changes: number): Promise<Template> {
  const userData = mkdtempSync(join(tmpdir(), "vostro-faults-template-"));
  const simulator = await startFinzlySimulator(credentials);
  const accounts = simulator.addAccounts(changes);
  try {
    const session = await startApp({ appRoot, userData });
    try {
      const filled = await fill(session, simulator, accounts);
      await session.app.close();
      const key = await cheapen(workspaceFolder(userData));
      const typed = Array.from({ length: changes }, (_, index) => `ZX${7_000_000 + index}881`);
      const held = accounts.flatMap(
        ({ customerUID, accountUID }) => simulator.account(customerUID, accountUID)?.accountNumber ?? [],
      );
      return {
        ...filled,
        userData,
        key,
        accountNumbers: [...held, ...typed],
        dispose: () => rmSync(userData, { recursive: true, force: true }),
      };
    } catch (error) {
      await session.app.kill();
      throw error;
    }
  } catch (error) {
    rmSync(userData, { recursive: true, force: true });
    throw error;
  } finally {
    await simulator.close();
  }
}

/** A userData folder of its own for one run. */
export function copyTemplate({ userData }: Template): string {
  const copy = mkdtempSync(join(tmpdir(), "vostro-faults-run-"));
  cpSync(userData, copy, { recursive: true, filter: (source) => !source.endsWith(".log") });
  return copy;
}

/** The texts of every log under a userData folder. */
export function logsIn(userData: string): { name: string; text: string }[] {
  const folder = join(userData, "logs");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}
