import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AccountId, BatchDetail, BatchId, ConnectionId } from "@contract";
import type { Page } from "playwright-core";
import { launchVostro, type LaunchedApp } from "../../support/launch.ts";
import { startChild } from "../child-process.ts";
import { ms, perSecond, type BenchContext, type Measured, type Measurement } from "../measurement.ts";
import type { SimulatorAnswer, SimulatorQuestion } from "../simulator-process.ts";
import { scrolled } from "./in-page-times.ts";
import { lagFileVariable, type Lag } from "./lag-probe.ts";
import { ask } from "./training-app.ts";

const passphrase = "marble orchard violet canyon";
const patienceMs = 120_000;
const lookEveryMs = 50;

async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs; await sleep(lookEveryMs)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error("What the bench waits for does not come.");
}

function launchWatched(context: BenchContext, lagFile: string): Promise<LaunchedApp> {
  const probe = new URL("./lag-probe.ts", import.meta.url).href;
  return launchVostro({
    userData: context.scratch("lag"),
    viewport: { width: 1440, height: 900 },
    env: {
      NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${probe}`,
      [lagFileVariable]: lagFile,
    },
  });
}

/** A live workspace whose accounts are those of the simulated Finzly. */
async function openLive(page: Page, { apiBaseUrl, tokenUrl }: SimulatorAnswer): Promise<void> {
  const made = { name: "Bench", administrator: "Ada Marlow", passphrase, unlockPassphrase: passphrase };
  await ask(page, "workspace.createLive", made);
  const { phase, people } = await ask(page, "workspace.state", {});
  const [person] = people;
  if (phase === "sign-in" && person !== undefined) await ask(page, "workspace.signIn", { personId: person.id, passphrase });
  const { id } = await ask(page, "connections.save", {
    provider: "finzly",
    name: "Finzly",
    environment: "sandbox",
    apiBaseUrl,
    tokenUrl,
    clientAuth: "basic",
    canRead: true,
    concurrency: 32,
    requestsPerSecond: 10_000,
    connectTimeoutMs: 10_000,
    headersTimeoutMs: 30_000,
    bodyTimeoutMs: 60_000,
    settleWindowMs: 30_000,
    busyRetries: 2,
    clientId: "training-client",
    clientSecret: "training-secret",
  });
  await load(page, id);
}

async function load(page: Page, connectionId: ConnectionId): Promise<void> {
  await ask(page, "accounts.load", { connectionId });
  await until(async () => {
    const jobs = await ask(page, "accounts.loadJobs", {});
    return jobs.length > 0 && jobs.every(({ state }) => state !== "running") ? true : undefined;
  });
}

async function accountIds(page: Page, wanted: number): Promise<AccountId[]> {
  const ids: AccountId[] = [];
  let cursor: string | undefined;
  do {
    const sort = { column: "customerName", direction: "ascending" } as const;
    const found = await ask(page, "accounts.page", { limit: 200, sort, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...found.rows.map(({ id }) => id));
    cursor = found.nextCursor;
  } while (cursor !== undefined && ids.length < wanted);
  return ids.slice(0, wanted);
}

async function confirmBatch(page: Page, ids: readonly AccountId[]): Promise<BatchId> {
  const proposed = { accountName: "Payroll 2027" };
  const { id } = await ask(page, "batches.fromAccounts", { accountIds: [...ids], proposed });
  if (id === undefined) throw new Error("There is no batch.");
  const compared = await until(async () => {
    const batch = await ask(page, "batches.detail", { id });
    return batch.state === "compare" ? batch : undefined;
  });
  await ask(page, "batches.confirm", {
    id,
    revision: compared.revision,
    reasonCategory: "Annual review",
    reason: "Annual review",
    authorisationRef: "CR-1",
    typedCount: compared.totals.chosen,
  });
  return id;
}

async function scroll(page: Page): Promise<void> {
  await page.evaluate(scrolled, { label: "Accounts", stepPx: 120, frames: 60 });
  await page.evaluate(scrolled, { label: "Accounts", stepPx: undefined, frames: 60 });
}

/** Watches the main process while the work is done. */
async function watched<T>(pid: number, lagFile: string, work: () => Promise<T>): Promise<[T, Lag]> {
  rmSync(lagFile, { force: true });
  process.kill(pid, "SIGUSR2");
  const done = await work();
  process.kill(pid, "SIGUSR2");
  const text = await until(() => (existsSync(lagFile) ? readFileSync(lagFile, "utf8") || undefined : undefined));
  return [done, JSON.parse(text) as Lag];
}

/** Scrolls the accounts list until the batch has come to its end. */
async function scrollMeanwhile(page: Page, id: BatchId): Promise<BatchDetail> {
  for (;;) {
    const batch = await ask(page, "batches.detail", { id });
    if (batch.state !== "making" && batch.state !== "sending") return batch;
    await scroll(page);
  }
}

const words = ({ p99Ms, maxMs }: Lag): string => `p99 ${ms(p99Ms)}, max ${ms(maxMs)}`;

async function run(context: BenchContext): Promise<Measured> {
  const rows = context.quick ? 1000 : 5000;
  context.say(`event-loop lag while a batch of ${rows} is made and sent and the accounts are scrolled`);
  const provider = startChild<SimulatorQuestion, SimulatorAnswer>("simulator-process.ts");
  const lagFile = join(context.scratch("lag-file"), "lag.json");
  const simulator = await provider.ask({ accounts: rows, delayMs: 50 });
  const app = await launchWatched(context, lagFile);
  try {
    const { page, kind, pid } = app;
    await openLive(page, simulator);
    const ids = await accountIds(page, rows);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Accounts/u }).click();
    await page.getByRole("grid", { name: "Accounts" }).getByRole("gridcell").first().waitFor();
    await scroll(page);
    const [, alone] = await watched(pid, lagFile, () => scroll(page));
    const startMs = performance.now();
    const [batch, lag] = await watched(pid, lagFile, async () => scrollMeanwhile(page, await confirmBatch(page, ids)));
    const elapsedMs = performance.now() - startMs;
    if (batch.state !== "finished") throw new Error(`The batch ended ${batch.state}: ${batch.message ?? ""}`);
    const line = {
      what: `main process: a batch of ${rows} made and sent, read before and after, while the list scrolls (${kind})`,
      value: `${words(lag)} at ${perSecond((rows / elapsedMs) * 1000)}`,
      beside: `scrolling alone ${words(alone)}`,
      goal: "p99 < 10 ms, max < 50 ms",
    };
    return { lines: [line], data: { kind, rows, elapsedMs, lag, alone } };
  } finally {
    await app.close();
    await provider.end();
  }
}

/** How late the turns of the main process come in the running app. */
export const lag: Measurement = { name: "lag", title: "Event-loop lag of the running app", run };
