import { describe, expect, it } from "vitest";
import { finzlyRoutes, startFinzlySimulator, type FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import { envelope, findAccount, must, payroll, signIn, start } from "./client.ts";

function everything(simulator: FinzlySimulator): unknown {
  return simulator
    .customers()
    .map((customer) => ({
      ...customer,
      accounts: customer.accountUIDs.map((accountUID) => simulator.account(customer.customerUID, accountUID)),
    }));
}

function isAba(text: string): boolean {
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
  return /^\d{9}$/.test(text) && weights.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0) % 10 === 0;
}

describe("the seeded data", () => {
  it("is the same for the same seed and another for another", async () => {
    const [first, again, other] = [await start({ seed: 7 }), await start({ seed: 7 }), await start({ seed: 8 })];
    expect(everything(again)).toEqual(everything(first));
    expect(everything(other)).not.toEqual(everything(first));
    expect(must(other.account("100482", "2156")).accountNumber).toBe("3100724444");
  });

  it("holds 40 customers with 400 accounts of every type, sound in themselves", async () => {
    const simulator = await start();
    const accounts = simulator
      .customers()
      .flatMap(({ customerUID, accountUIDs }) => accountUIDs.map((uid) => must(simulator.account(customerUID, uid))));
    expect(simulator.customers()).toHaveLength(40);
    expect(accounts).toHaveLength(400);
    expect(new Set(accounts.map(({ accountUID }) => accountUID)).size).toBe(400);
    expect(new Set(accounts.map(({ accountNumber }) => accountNumber)).size).toBe(400);
    expect(new Set(accounts.map(({ accountType, accountSubType }) => `${accountType} ${accountSubType}`))).toEqual(
      new Set([
        "Deposit Checking", "Deposit Savings", "Deposit Health Savings Account", "Deposit CD", "Deposit Money Market",
        "Deposit Pseudo", "Loan Credit Card", "Loan Heloc", "Loan Line of Credit",
      ]),
    );
    for (const account of accounts) {
      expect(account.isUnderWritten && account.isAchPrefund).toBe(false);
      expect(account.accountSubType === "Pseudo" && account.callbackLimitMinor !== null).toBe(false);
      expect(account.bankIdType === "BIC" || isAba(account.routingNumber)).toBe(true);
    }
    const hostile = accounts.filter(({ accountName }) => /<script>|^=|\u202E/.test(accountName));
    expect(hostile.map(({ accountName }) => accountName[0])).toEqual(["<", "=", "E"]);
    const inactive = accounts.filter(({ status }) => status !== "Active").length;
    expect(inactive).toBeGreaterThan(4);
    expect(inactive).toBeLessThan(60);
  });

  it("holds the account the screens speak of", async () => {
    const simulator = await start();
    expect(simulator.customers().find(({ legalName }) => legalName === "Bluefin Payroll")?.customerUID).toBe("100482");
    expect(simulator.account("100482", "2156")).toMatchObject({
      accountName: "Payroll Clearing",
      accountNumber: expect.stringMatching(/4444$/),
      routingNumber: "101206101",
      isUnderWritten: true,
      isAchPrefund: false,
      debitExposureLimitMinor: 2_500_000,
      creditExposureLimitMinor: 25_000_000,
      callbackLimitMinor: 1_000_000,
      costCenter: "5235666",
      fboAccountNumber: expect.stringMatching(/2344$/),
      secCodes: ["CCD", "PPD", "CTX"],
      status: "Active",
    });
  });

  it("names its routes", () => {
    expect(finzlyRoutes).toEqual([
      "token", "customers.search", "customers.get", "accounts.search", "accounts.get", "accounts.update",
      "accounts.delete",
    ]);
  });
});

describe("a snapshot", () => {
  it("survives JSON and restores every change, removal and addition", async () => {
    const caller = await signIn({ seed: 3 });
    await caller.put({ accountName: "Kept", secCodes: ["WEB"], accountFeatures: { deep: { on: true } } });
    await caller.call("DELETE", `/v2/customers/100482/accounts/2157`);
    const added = caller.simulator.addAccounts(3);
    const removed = must(added[1]);
    await caller.call("DELETE", `/v2/customers/${removed.customerUID}/accounts/${removed.accountUID}`);
    caller.simulator.changeAccount("100482", "2158", { status: "Closed" });
    const restored = await signIn({ snapshot: JSON.parse(JSON.stringify(caller.simulator.snapshot())) });
    expect(everything(restored.simulator)).toEqual(everything(caller.simulator));
    expect(restored.stored()).toMatchObject({ accountName: "Kept", secCodes: ["WEB"] });
    expect(restored.simulator.snapshot()).toEqual(caller.simulator.snapshot());
    const [next] = restored.simulator.addAccounts(1);
    expect(added.map(({ accountUID }) => accountUID)).not.toContain(next?.accountUID);
  });

  it("is empty before anything happened, and refused under another seed", async () => {
    const simulator = await start({ seed: 2 });
    expect(simulator.snapshot()).toEqual({ version: 1, seed: 2, addedCount: 0, changed: [], removed: [] });
    await expect(startFinzlySimulator({ seed: 5, snapshot: simulator.snapshot() })).rejects.toThrow("another seed");
  });
});

describe("the outside handles", () => {
  it("changes an account behind everybody's back, visible to reads", async () => {
    const caller = await signIn();
    caller.simulator.changeAccount("100482", "2156", { accountName: "Theirs", accountNumber: "T1" });
    const { data } = await caller.get("/v2/customers/100482/accounts/2156");
    expect(data).toMatchObject({ name: "Theirs", accountNumber: "T1" });
    expect(() => caller.simulator.changeAccount("100482", "1", {})).toThrow("no such account");
    const other = { customerUID: "100482", accountUID: "2157" };
    expect(envelope(await caller.put({ accountNumber: "T1" }, other)).status).toBe("Failure");
  });

  it("hands out copies of its records", async () => {
    const caller = await signIn();
    const copy = caller.stored();
    Reflect.set(copy, "accountName", "Tampered");
    Reflect.set(copy.secCodes, 0, "WEB");
    expect(caller.stored()).toMatchObject({ accountName: "Payroll Clearing", secCodes: ["CCD", "PPD", "CTX"] });
  });

  it("adds accounts that accept any originating SEC code", async () => {
    const caller = await signIn();
    const added = caller.simulator.addAccounts(120);
    expect(new Set(added.map(({ accountUID }) => accountUID)).size).toBe(120);
    for (const ids of [added[0], added[5], added[119]]) {
      const answer = await caller.put({ secCodes: ["WEB", "TEL", "IAT"], debitExposureLimit: 5 }, must(ids));
      expect(envelope(answer).status).toBe("Success");
    }
    const [first] = added;
    expect(findAccount(caller.simulator, ({ accountUID }) => accountUID === first?.accountUID)).toMatchObject({
      accountType: "Deposit",
      accountSubType: "Checking",
      debitExposureLimitMinor: 500,
    });
  });

  it("tells listeners of every change and only of changes", async () => {
    const caller = await signIn();
    let changes = 0;
    const stop = caller.simulator.onApplied(() => (changes += 1));
    await caller.put({ accountName: "One" });
    expect(changes).toBe(1);
    await caller.put({ accountName: 1 });
    await caller.get("/v2/customers/100482/accounts/2156");
    expect(changes).toBe(1);
    caller.simulator.faults.set({ route: "accounts.update", kind: "reset-after" });
    await expect(caller.put({ accountName: "Two" })).rejects.toThrow("fetch failed");
    expect(changes).toBe(2);
    stop();
    await caller.put({ accountName: "Three" });
    expect(changes).toBe(2);
  });

  it("numbers the ledger in order of arrival and keeps queries out of it", async () => {
    const caller = await signIn();
    await caller.get("/v2/customers/100482/accounts?page=1&limit=1&accountNumber=3100724444");
    await caller.put({});
    const lines = caller.simulator.ledger.entries();
    expect(lines.map(({ seq, route }) => [seq, route])).toEqual([
      [1, "token"], [2, "accounts.search"], [3, "accounts.update"],
    ]);
    expect(JSON.stringify(lines)).not.toContain("3100724444");
    expect(lines[1]).toMatchObject({ customerUID: payroll.customerUID, status: 200, applied: false });
    expect(lines[1]?.tokenId).toBe(lines[0]?.tokenId);
  });

  it("delays API requests but not the token when asked to", async () => {
    const caller = await signIn({ delayMs: 40 });
    await caller.put({ accountName: "Slow" });
    const { appliedAtMs, atMs } = caller.lastLine();
    expect(must(appliedAtMs) - atMs).toBeGreaterThanOrEqual(35);
  });

  it("listens on loopback only, on the port asked for, and frees it when closed", async () => {
    const first = await startFinzlySimulator();
    expect(new URL(first.origin).hostname).toBe("127.0.0.1");
    expect(first.apiBaseUrl).toBe(`${first.origin}/api/openbanking`);
    expect(first.tokenUrl).toBe(`${first.origin}/auth/realms/TRAINING/protocol/openid-connect/token`);
    const port = Number(new URL(first.origin).port);
    await expect(startFinzlySimulator({ port })).rejects.toThrow("EADDRINUSE");
    await first.close();
    const second = await start({ port });
    expect(second.origin).toBe(first.origin);
  });
});
