import { describe, expect, it } from "vitest";
import {
  accountCodes,
  accountTypes,
  createAggregator,
  groupOf,
  loginCodes,
  type Aggregator,
} from "../../../src/main/training/aggregator/index.ts";
import { startFinicitySimulator } from "../../../src/main/training/finicity/index.ts";
import { accountPath, allAccounts, must, signIn, start } from "./client.ts";

const nowMs = (): number => 1_790_000_000_000;

function everything(aggregator: Aggregator): unknown {
  const { customers } = aggregator;
  return customers.map((customer) => ({
    customer,
    logins: aggregator.loginsOf(customer.id),
    accounts: aggregator.accountsOf(customer.id),
  }));
}

describe("the seeded data", () => {
  it("is the same for the same seed and moment, and another for another seed", () => {
    const first = everything(createAggregator({ seed: 7, nowMs }));
    expect(everything(createAggregator({ seed: 7, nowMs }))).toEqual(first);
    expect(everything(createAggregator({ seed: 8, nowMs }))).not.toEqual(first);
  });

  it("holds 50 customers with 400 accounts of all 36 types, ids unique", async () => {
    const simulator = await start();
    const accounts = allAccounts(simulator);
    expect(simulator.aggregator.customers).toHaveLength(50);
    expect(accounts).toHaveLength(400);
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(400);
    expect(accountTypes).toHaveLength(36);
    const seen = new Set(accounts.map(({ type }) => type));
    expect(accountTypes.filter((type) => !seen.has(type))).toEqual([]);
    expect([...seen].filter((type) => groupOf(type) === undefined).toSorted()).toEqual(["escrowWallet", "unknown"]);
  });

  it("has rich details of each group and positions on investments", async () => {
    const accounts = allAccounts(await start());
    const richest = (type: string) =>
      Math.max(...accounts.filter((one) => one.type === type).map((one) => Object.keys(one.detail ?? {}).length));
    const least: Readonly<Record<string, number>> = {
      checking: 11, creditCard: 22, mortgage: 50, loan: 50, studentLoan: 30, ira: 23, cryptocurrency: 23, investment: 1,
    };
    for (const [type, count] of Object.entries(least)) expect(richest(type)).toBeGreaterThanOrEqual(count);
    expect(richest("investmentTaxDeferred")).toBe(0);
    const positions = accounts.flatMap((one) => one.positions);
    expect(Math.max(...positions.map((position) => Object.keys(position).length))).toBeGreaterThanOrEqual(30);
    for (const { type, positions: held } of accounts) {
      expect(held.length > 0).toBe(groupOf(type) === "investment" && type !== "investment");
    }
  });

  it("has an account in every aggregation state", async () => {
    const accounts = allAccounts(await start());
    const codes = new Set(accounts.map(({ aggregationStatusCode }) => aggregationStatusCode));
    expect([0, ...loginCodes, ...accountCodes].filter((code) => !codes.has(code))).toEqual([]);
    const never = accounts.filter((one) => one.aggregationStatusCode === null && one.status === "active");
    expect(never.length).toBeGreaterThan(3);
    for (const one of never) expect([one.aggregationAttemptDateS, one.aggregationSuccessDateS]).toEqual([null, null]);
    const pending = accounts.filter(({ status }) => status === "pending");
    expect(pending.length).toBeGreaterThan(3);
    const laterSuccess = accounts.filter(
      (one) => (one.aggregationSuccessDateS ?? 0) > (one.aggregationAttemptDateS ?? Number.MAX_SAFE_INTEGER),
    );
    expect(laterSuccess.length).toBeGreaterThan(1);
    const healthy = accounts.filter(({ aggregationStatusCode }) => aggregationStatusCode === 0);
    expect(healthy.length).toBeGreaterThan(200);
  });

  it("has student loans below their group, hostile names, odd details and several institutions", async () => {
    const simulator = await start();
    const accounts = allAccounts(simulator);
    const children = accounts.filter(({ parentAccount }) => parentAccount !== null);
    expect(children.length).toBeGreaterThan(6);
    for (const { parentAccount, customerId } of children) {
      expect(simulator.aggregator.account(customerId, must(parentAccount))?.type).toBe("studentLoanGroup");
    }
    expect(accounts.filter(({ name }) => /<script>|^=|\u202E/.test(name))).toHaveLength(3);
    expect(accounts.some(({ detail }) => detail !== null && "greenBonusAmount" in detail)).toBe(true);
    expect(accounts.some(({ detail }) => detail !== null && Object.keys(detail).length === 0)).toBe(true);
    expect(new Set(accounts.map(({ institutionId }) => institutionId)).size).toBeGreaterThan(5);
    expect(accounts.some(({ currency }) => currency !== "USD")).toBe(true);
  });
});

describe("a snapshot", () => {
  it("survives JSON and restores every change and removal at any later moment", async () => {
    const caller = await signIn({ seed: 3, nowMs });
    await caller.call("PUT", accountPath, { body: '{"name":"Kept"}' });
    await caller.call("DELETE", "/aggregation/v1/customers/41442/accounts/5027");
    await caller.call("POST", "/aggregation/v1/customers/6018678884/accounts");
    caller.simulator.aggregator.changeLogin("9764", { outcomeCode: 103 });
    const snapshot = JSON.parse(JSON.stringify(caller.simulator.snapshot()));
    const restored = await start({ snapshot, nowMs: () => nowMs() + 86_400_000 });
    expect(everything(restored.aggregator)).toEqual(everything(caller.simulator.aggregator));
    expect(restored.snapshot()).toEqual(caller.simulator.snapshot());
  });

  it("is empty before anything happened, and refused under another seed", async () => {
    const simulator = await start({ seed: 2, nowMs });
    expect(simulator.snapshot()).toEqual({
      version: 1, seed: 2, seededAtS: 1_790_000_000, accounts: [], removedAccounts: [], logins: [], removedLogins: [],
      running: [],
    });
    await expect(startFinicitySimulator({ seed: 5, snapshot: simulator.snapshot() })).rejects.toThrow("another seed");
  });
});

describe("the outside handles", () => {
  it("hand out copies and change records behind everybody's back", async () => {
    const caller = await signIn();
    Reflect.set(caller.stored(), "name", "Tampered");
    expect(caller.stored().name).toBe("Checking");
    caller.simulator.aggregator.changeAccount("41442", "2055", { name: "Theirs" });
    expect(await caller.read(accountPath)).toMatchObject({ name: "Theirs" });
    const { aggregator } = caller.simulator;
    expect(() => aggregator.changeAccount("6018678884", "2055", {})).toThrow("no such account");
    expect(() => aggregator.changeLogin("1", {})).toThrow("no such login");
  });

  it("tell listeners of changes and of starts, and of nothing else", async () => {
    const caller = await signIn();
    let told = 0;
    const stop = caller.simulator.onApplied(() => (told += 1));
    await caller.read(accountPath);
    await caller.call("PUT", accountPath, { body: '{"other":"x"}' });
    expect(told).toBe(0);
    await caller.call("PUT", accountPath, { body: '{"name":"x"}' });
    expect(told).toBe(1);
    await caller.call("POST", "/aggregation/v1/customers/41442/accounts");
    expect(told).toBe(3);
    stop();
    await caller.call("DELETE", accountPath);
    expect(told).toBe(3);
  });

  it("listen on loopback only and free the port when closed", async () => {
    const first = await startFinicitySimulator();
    expect(new URL(first.origin).hostname).toBe("127.0.0.1");
    const port = Number(new URL(first.origin).port);
    await expect(startFinicitySimulator({ port })).rejects.toThrow("EADDRINUSE");
    await first.close();
    expect((await start({ port })).origin).toBe(first.origin);
  });
});
