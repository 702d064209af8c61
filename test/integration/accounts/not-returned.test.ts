import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccountDetail, AccountId, ConnectionId } from "@contract";
import { composeRefreshes } from "../../../src/main/compose-refreshes.ts";
import { accountOfRecord } from "../../../src/main/providers/aggregated-account.ts";
import { createAggregator, type Aggregator, type StoredAccount } from "../../../src/main/training/aggregator/index.ts";
import { startFinicitySimulator, type FinicitySimulator } from "../../../src/main/training/finicity/index.ts";
import { record } from "../aggregated/aggregated-bench.ts";
import { finicityConnection, partner } from "../finicity/finicity-rig.ts";
import { maya, startBench, type Bench } from "./account-bench.ts";

let bench: Bench;
let aggregator: Aggregator;
let simulator: FinicitySimulator;
let connectionId: ConnectionId;
/** An account that waits for somebody, at a customer with more accounts at the same institution. */
let victim: StoredAccount;

beforeEach(async () => {
  aggregator = createAggregator({ timeScale: 0.0001 });
  simulator = await startFinicitySimulator({ aggregator });
  bench = startBench();
  const all = aggregator.customers.flatMap(({ id }) => aggregator.accountsOf(id));
  const beside = ({ id, institutionLoginId }: StoredAccount) =>
    all.filter((one) => one.institutionLoginId === institutionLoginId && one.status === "active" && one.id !== id);
  victim =
    all.find((one) => (one.aggregationStatusCode ?? 0) === 103 && one.status === "active" && beside(one).length > 0) ??
    expect.fail("no account that waits for its customer");
  connectionId = save();
});
afterEach(async () => {
  await bench.close();
  await simulator.close();
  aggregator.close();
});

/** The connection as a person saves it; again, with its id, to point it at another simulated Finicity. */
function save(id?: ConnectionId, origin = simulator.origin): ConnectionId {
  const { id: _id, builtIn: _builtIn, state: _state, ...fields } = finicityConnection(origin);
  return bench.connections.save({ ...fields, ...partner, ...(id === undefined ? {} : { id }) }, maya).id;
}

async function load(institutionId?: string): Promise<void> {
  const at = institutionId === undefined ? {} : { institutionId };
  const { jobId } = bench.accounts.load({ connectionId, customerUid: victim.customerId, ...at }, maya);
  const state = () => bench.accounts.loadJobs().find(({ id }) => id === jobId)?.state;
  await expect.poll(state, { timeout: 20_000 }).toBe("finished");
}

function detail(): AccountDetail {
  const sort = { column: "accountName", direction: "ascending" } as const;
  const { rows } = bench.accounts.page({ sort, limit: 200 });
  const found = rows.find(({ accountUid }) => accountUid === victim.id) ?? expect.fail("not listed");
  return bench.accounts.detail(found.id);
}
function queued(): readonly AccountId[] {
  const { rows } = bench.accounts.repairPage({ act: "customer", limit: 200 });
  expect(bench.accounts.repairCounts().customer).toBe(rows.length);
  const sort = { column: "accountName", direction: "ascending" } as const;
  expect(bench.accounts.page({ act: "customer", sort, limit: 200 }).rows).toHaveLength(rows.length);
  return rows.map(({ id }) => id);
}

function expectGone(sinceMs: number): void {
  const { id, missingSinceMs, status, aggregated, aggregatedDetail } = detail();
  expect(queued()).not.toContain(id);
  expect(missingSinceMs).toBeGreaterThanOrEqual(sinceMs);
  expect(missingSinceMs).toBeLessThanOrEqual(bench.clock.nowMs());
  expect({ status, aggregated }).toMatchObject({ status: "missing", aggregated: { act: "nobody" } });
  expect(aggregatedDetail?.status).toMatchObject({ act: "nobody", short: "No longer returned" });
}
function expectThere(): void {
  const { id, missingSinceMs, status, aggregated } = detail();
  expect(queued()).toContain(id);
  expect({ missingSinceMs, status, act: aggregated?.act }).toEqual({ status: "active", act: "customer" });
}

describe("an account that its provider no longer returns", () => {
  it("leaves the repair queue when its whole customer is read, says since when, and comes back with a later read", async () => {
    await load();
    expectThere();
    const full = await startFinicitySimulator({ timeScale: 0 });
    const beforeMs = bench.clock.nowMs();
    aggregator.removeAccount(victim.id);
    await load();
    expectGone(beforeMs);
    const { missingSinceMs } = detail();
    await load();
    expect(detail().missingSinceMs).toBe(missingSinceMs);
    save(connectionId, full.origin);
    await load();
    expectThere();
    await full.close();
  });

  it("stays where a read of one institution does not return it, or a read fails: that proves nothing", async () => {
    await load();
    aggregator.removeAccount(victim.id);
    await load(victim.institutionId);
    expectThere();
    simulator.faults.set({ kind: "refused-404", route: "accounts.list", times: 10 });
    bench.accounts.load({ connectionId, customerUid: victim.customerId }, maya);
    await expect.poll(() => bench.accounts.loadJobs()[0]?.state, { timeout: 20_000 }).toBe("failed");
    expectThere();
  });

  it.each([false, true])("leaves the queue after a refresh (of its institution login alone: %s)", async (ofLogin) => {
    const { file } = bench;
    await load();
    const beforeMs = bench.clock.nowMs();
    aggregator.removeAccount(victim.id);
    const refreshes = composeRefreshes({ ...bench, store: file.store, online: () => true, notify: () => undefined });
    refreshes.begin();
    const { customerId, institutionLoginId } = victim;
    const customers = [{ customerId, ...(ofLogin ? { institutionLoginId } : {}) }];
    const [row] = refreshes.ask({ connectionId, customers, reason: "Customer on the phone" }, maya).started;
    const endedAtMs = () => refreshes.detail(row?.id ?? expect.fail("nothing was started")).endedAtMs;
    await expect.poll(endedAtMs, { timeout: 20_000 }).toBeDefined();
    await expect.poll(() => detail().missingSinceMs, { timeout: 20_000 }).toBeDefined();
    expectGone(beforeMs);
    const { logins } = refreshes.offer({ connectionId, customers: [customerId] });
    const ofThisLogin = (one: { readonly institutionLoginId: string }) =>
      one.institutionLoginId === institutionLoginId;
    expect(logins.find(ofThisLogin)?.accounts).toBe(aggregator.accountsOf(customerId).filter(ofThisLogin).length);
    await refreshes.stop();
  });

  it("is not taken for gone by a read that began before it was added", () => {
    const keep = bench.accounts.beginRead(connectionId);
    bench.clock.forward(500);
    const added = accountOfRecord(record("2055", { customerId: victim.customerId, statusCode: 103 }));
    const { id } = bench.file.store.transaction((writer) =>
      bench.accounts.absorbRead(writer, connectionId, added, bench.clock.nowMs()),
    );
    const whole = { customerUid: victim.customerId, accountUids: [] };
    bench.file.store.transaction((writer) => keep.noteWhole(writer, whole));
    expect(bench.accounts.detail(id).missingSinceMs).toBeUndefined();
    bench.clock.forward(500);
    const after = bench.accounts.beginRead(connectionId);
    bench.file.store.transaction((writer) => after.noteWhole(writer, whole));
    expect(bench.accounts.detail(id).missingSinceMs).toBeDefined();
    expect(bench.accounts.repairCounts().customer).toBe(0);
  });
});
