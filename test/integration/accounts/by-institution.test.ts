import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accounts as accountCalls } from "@contract/accounts.ts";
import type { AccountDetail, ConnectionId, LoadJob } from "@contract";
import { startFinicitySimulator, type FinicitySimulator } from "../../../src/main/training/finicity/index.ts";
import { finicityConnection, partner } from "../finicity/finicity-rig.ts";
import { auditRows, maya, quietConnection, startBench, type Bench } from "./account-bench.ts";

let bench: Bench;
let simulator: FinicitySimulator;
let connectionId: ConnectionId;
/** A customer of the training data who has active accounts at several institutions. */
let customerUid: string;

beforeEach(async () => {
  simulator = await startFinicitySimulator({ timeScale: 0 });
  bench = startBench();
  customerUid =
    simulator.aggregator.customers.find(({ id }) => byInstitution(id).length > 1)?.id ?? expect.fail("nobody");
  const { id: _id, builtIn: _builtIn, state: _state, ...fields } = finicityConnection(simulator.origin);
  connectionId = bench.connections.save({ ...fields, ...partner }, maya).id;
});
afterEach(async () => {
  await bench.close();
  await simulator.close();
});

async function loaded(institutionId?: string): Promise<LoadJob> {
  const input = accountCalls.load.input.parse({ connectionId, customerUid, institutionId });
  const { jobId } = bench.accounts.load(input, maya);
  const job = () => bench.accounts.loadJobs().find(({ id }) => id === jobId) ?? expect.fail("the job is gone");
  await expect.poll(() => job().state, { timeout: 20_000 }).not.toBe("running");
  return job();
}

function listed(): AccountDetail[] {
  const { rows } = bench.accounts.page({ sort: { column: "accountName", direction: "ascending" }, limit: 200 });
  return rows.map(({ id }) => bench.accounts.detail(id));
}
const byInstitution = (id = customerUid) => {
  const active = simulator.aggregator.accountsOf(id).filter(({ status }) => status === "active");
  return [...Map.groupBy(active, ({ institutionId }) => institutionId)];
};
const asked = () => simulator.ledger.entries().map(({ route }) => route);

describe("reading a customer's accounts at one institution", () => {
  it("brings the accounts there and no others", async () => {
    const [[institutionId, there] = expect.fail("no institution")] = byInstitution();
    expect(await loaded(institutionId)).toMatchObject({
      state: "finished",
      scope: `customer ${customerUid} at institution ${institutionId} of Test Finicity`,
      accountsDone: there.length,
    });
    expect(listed().map(({ accountUid }) => accountUid).toSorted()).toEqual(there.map(({ id }) => id).toSorted());
    expect(asked()).toContain("accounts.by-institution");
    expect(asked()).not.toContain("accounts.list");
    const trail = auditRows(bench).find(({ action }) => action === "accounts.load-started");
    expect(trail?.summary).toBe(`Started reading customer ${customerUid} at institution ${institutionId} of Test Finicity`);
  });

  it("leaves the accounts at other institutions as they were", async () => {
    await loaded();
    const before = listed();
    const [[institutionId, there] = expect.fail("no institution")] = byInstitution();
    const ids = new Set(there.map(({ id }) => id));
    await loaded(institutionId);
    const others = (all: readonly AccountDetail[]) => all.filter(({ accountUid }) => !ids.has(accountUid));
    expect(others(before)).not.toHaveLength(0);
    expect(others(listed())).toEqual(others(before));
    expect(listed()).toHaveLength(before.length);
  });

  it("is refused without a customer and by a provider that has no such service; nothing is asked", () => {
    const refused = (path: string) => ({ code: "input-invalid", details: { fields: [{ path }] } });
    const thrown = (input: Parameters<typeof bench.accounts.load>[0]): unknown => {
      try {
        return bench.accounts.load(input, maya);
      } catch (error) {
        return error;
      }
    };
    expect(thrown({ connectionId, institutionId: "101732" })).toMatchObject(refused("institutionId"));
    const quiet = { connectionId: quietConnection(bench), customerUid: "100482", institutionId: "101732" };
    expect(thrown(quiet)).toMatchObject(refused("institutionId"));
    expect(asked()).toEqual([]);
    expect(bench.accounts.loadJobs()).toEqual([]);
  });
});
