import { afterEach, describe, expect, it } from "vitest";
import type { ConnectionId, LoadJob } from "../../../src/preload/contract/index.ts";
import {
  startFinzlySimulator,
  type FinzlySimulator,
  type FinzlySimulatorOptions,
} from "../../../src/main/training/finzly/index.ts";
import { trainingSecrets } from "../finzly/finzly-rig.ts";
import { auditRows, maya, quietConnection, startBench, type Bench } from "./account-bench.ts";

interface Running {
  readonly bench: Bench;
  readonly simulator: FinzlySimulator;
  readonly connectionId: ConnectionId;
}
const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function started(options: FinzlySimulatorOptions = {}): Promise<Running> {
  const simulator = await startFinzlySimulator(options);
  const bench = startBench();
  endings.push(async () => {
    await simulator.close();
    await bench.close();
  });
  const connectionId = bench.connections.ensureTraining({ ...simulator, ...trainingSecrets }).id;
  return { bench, simulator, connectionId };
}

const jobOf = ({ bench }: Running, jobId: string): LoadJob => {
  const job = bench.accounts.loadJobs().find((one) => one.id === jobId);
  if (job === undefined) throw new Error("The job is gone.");
  return job;
};
async function loaded(running: Running, customerUid?: string): Promise<LoadJob> {
  const { jobId } = running.bench.accounts.load({ connectionId: running.connectionId, customerUid }, maya);
  await expect.poll(() => jobOf(running, jobId).state, { timeout: 20_000 }).not.toBe("running");
  return jobOf(running, jobId);
}
const total = ({ bench }: Running): number =>
  bench.accounts.page({ sort: { column: "status", direction: "ascending" }, limit: 1 }).total;

describe("loading accounts", () => {
  it("brings every account of every customer, with status, balance and limits", async () => {
    const running = await started();
    const job = await loaded(running);
    expect(job).toMatchObject({ state: "finished", customersDone: 40, customersTotal: 40, accountsDone: 400 });
    expect(job.message).toBeUndefined();
    expect(total(running)).toBe(400);
    const { rows } = running.bench.accounts.page({
      sort: { column: "customerName", direction: "ascending" },
      search: "payroll clearing",
      limit: 5,
    });
    expect(rows[0]).toMatchObject({
      customerName: "Bluefin Payroll",
      accountUid: "2156",
      last4: "4444",
      status: "Active",
      type: "Checking",
      currency: "USD",
      fundingBasis: "underwritten",
      debitLimitMinor: 2_500_000,
      creditLimitMinor: 25_000_000,
      ledgerMinor: running.simulator.account("100482", "2156")?.ledgerBalanceMinor,
    });
    expect(running.bench.accounts.lastLoadAtMs(running.bench.file.store.read)).toBeGreaterThan(0);
    const actions = auditRows(running.bench).map((row) => row.action);
    expect(actions.filter((action) => action.startsWith("accounts.load"))).toEqual([
      "accounts.load-started",
      "accounts.load-finished",
    ]);
  });

  it("tells how far it is, and ends with the whole", async () => {
    const running = await started();
    await loaded(running);
    const told = running.bench.events
      .filter((event) => event.name === "accounts.loadProgress")
      .map((event) => event.payload as LoadJob);
    expect(told[0]).toMatchObject({ state: "running", accountsDone: 0 });
    expect(told.at(-1)).toMatchObject({ state: "finished", accountsDone: 400 });
    const counts = told.map((job) => job.accountsDone);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it("brings one customer, with what its codes allow", async () => {
    const running = await started();
    const job = await loaded(running, "100482");
    const expected = running.simulator.customers().find((customer) => customer.customerUID === "100482")
      ?.accountUIDs.length;
    expect(job).toMatchObject({ state: "finished", customersDone: 1, accountsDone: expected });
    const row = running.bench.accounts.page({
      sort: { column: "status", direction: "ascending" },
      search: "2156",
      limit: 1,
    }).rows[0];
    expect(running.bench.accounts.detail(row?.id ?? (0 as never)).customerSecCodes).toContain("CCD");
  });

  it("says that a customer is not known, and keeps what it had", async () => {
    const running = await started();
    await loaded(running, "100482");
    const before = total(running);
    expect(await loaded(running, "999999")).toMatchObject({
      state: "failed",
      message: expect.stringContaining("does not know"),
    });
    expect(total(running)).toBe(before);
  });

  it("goes on when one customer cannot be read, and says which", async () => {
    const running = await started();
    running.simulator.faults.set({ route: "accounts.search", kind: "refused-403", times: 1 });
    const job = await loaded(running);
    expect(job).toMatchObject({
      state: "finished",
      customersDone: 40,
      message: expect.stringMatching(/^39 of 40 customers were read\. Could not read \S+ \(.*403/u),
    });
    expect(total(running)).toBeGreaterThan(370);
    expect(total(running)).toBeLessThan(400);
  });

  it("outlives an ended token, a pause and a reset on the way", async () => {
    const running = await started();
    running.simulator.faults.set({ route: "accounts.get", kind: "unauthorized", times: 1, every: 50 });
    running.simulator.faults.set({ route: "accounts.search", kind: "unavailable", times: 1, every: 7 });
    running.simulator.faults.set({ route: "accounts.search", kind: "reset-before", times: 1, every: 11 });
    expect(await loaded(running)).toMatchObject({ state: "finished", accountsDone: 400 });
    expect(total(running)).toBe(400);
  });

  it("stops at a refused sign-in, marks the connection, and reads nothing more until it is tested", async () => {
    const running = await started();
    running.simulator.faults.set({ route: "token", kind: "unauthorized", times: "always" });
    expect(await loaded(running)).toMatchObject({
      state: "failed",
      message: expect.stringContaining("did not accept our sign-in"),
    });
    expect(running.bench.connections.get(running.connectionId).state).toBe("sign-in-refused");
    expect(() => running.bench.accounts.load({ connectionId: running.connectionId }, maya)).toThrow(/sign-in/u);
    running.simulator.faults.clear();
    await running.bench.connections.test(running.connectionId, maya);
    expect(await loaded(running)).toMatchObject({ state: "finished" });
  });

  it("stops when asked, keeping what was read; another may start then, not before", async () => {
    const running = await started({ delayMs: 20 });
    const { jobId } = running.bench.accounts.load({ connectionId: running.connectionId }, maya);
    await expect.poll(() => total(running), { timeout: 10_000 }).toBeGreaterThan(0);
    expect(() => running.bench.accounts.load({ connectionId: running.connectionId }, maya)).toThrow(
      /being read already/u,
    );
    running.bench.accounts.cancelLoad(jobId);
    await expect.poll(() => jobOf(running, jobId).state).toBe("cancelled");
    const kept = total(running);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(400);
    expect(await loaded(running, "100482")).toMatchObject({ state: "finished" });
  });

  it("gives up on a provider that is down instead of trying every customer", async () => {
    const running = await started();
    running.simulator.faults.set({ route: "accounts.search", kind: "refused-404", times: "always" });
    const job = await loaded(running);
    expect(job.state).toBe("failed");
    expect(running.simulator.ledger.entries().filter((entry) => entry.route === "accounts.search").length).toBeLessThan(
      12,
    );
  });

  it("is refused where the connection cannot read", async () => {
    const running = await started();
    const { bench } = running;
    const changesOnly = quietConnection(bench, "Changes only", false);
    expect(() => bench.accounts.load({ connectionId: changesOnly }, maya)).toThrow(/by hand/u);
  });

  it("no secret of a record reaches the page, the file's rows, the events or the trail", async () => {
    const running = await started();
    running.simulator.changeAccount("100482", "2156", {
      externalAccount: { externalProvider: "P", externalId: "e", externalAuthToken: "leak-me-4711" },
    });
    await loaded(running, "100482");
    const { store } = running.bench.file;
    const everything = ["cache_accounts", "cache_customers", "cache_snapshots", "work_audit", "work_connections"].map(
      (table) => JSON.stringify(store.read.all({ text: `SELECT * FROM ${table}`, values: [] })),
    );
    const { accounts, connections, events } = running.bench;
    const page = accounts.page({ sort: { column: "status", direction: "ascending" }, search: "2156", limit: 5 });
    const shown = [page, page.rows.map(({ id }) => accounts.detail(id)), connections.list(), accounts.loadJobs(), events];
    expect(page.rows[0]).toMatchObject({ accountUid: "2156" });
    expect(everything.join("") + JSON.stringify(shown)).not.toMatch(/leak-me-4711|training-secret/u);
  });
});

describe("reading one account again", () => {
  const row = ({ bench }: Running) => {
    const found = bench.accounts.page({ sort: { column: "status", direction: "ascending" }, search: "2156", limit: 1 })
      .rows[0];
    if (found === undefined) throw new Error("The account is not in the list.");
    return found;
  };

  it("shows what the provider holds now", async () => {
    const running = await started();
    await loaded(running, "100482");
    running.simulator.changeAccount("100482", "2156", { creditExposureLimitMinor: 123 });
    const detail = await running.bench.accounts.readAgain(row(running).id, maya);
    expect(detail).toMatchObject({ creditLimitMinor: 123, lastAttempt: { ok: true } });
    expect(detail.history[0]?.text).toContain("Credit limit moved");
  });

  it("keeps the old values and notes the failure when the provider cannot say", async () => {
    const running = await started();
    await loaded(running, "100482");
    running.simulator.faults.set({ route: "accounts.get", kind: "html-body" });
    await expect(running.bench.accounts.readAgain(row(running).id, maya)).rejects.toMatchObject({
      code: "provider-changed",
    });
    const detail = running.bench.accounts.detail(row(running).id);
    expect(detail).toMatchObject({ creditLimitMinor: 25_000_000, lastAttempt: { ok: false } });
    running.simulator.faults.set({ route: "accounts.get", kind: "refused-404" });
    await expect(running.bench.accounts.readAgain(row(running).id, maya)).rejects.toMatchObject({ code: "not-found" });
    expect(row(running).creditLimitMinor).toBe(25_000_000);
  });
});
