import { describe, expect, it } from "vitest";
import { startFinicitySimulator } from "../../../src/main/training/finicity/index.ts";
import { aggregate, must, post, printed, ready, soon, staticToken, type Caller } from "./client.ts";

interface Account {
  readonly [field: string]: unknown;
}

function accountsOf(text: string): readonly Account[] {
  const value: { accounts: readonly Account[] } = JSON.parse(text);
  return value.accounts;
}

function stored(caller: Caller) {
  return must(caller.simulator.aggregator.account(printed.customerId, printed.accountId));
}

describe("refreshing a customer", () => {
  it("answers with the printed account: full number, epoch seconds, no status code", async () => {
    const nowMs = (): number => 1_790_000_000_000;
    const caller = await ready({ aggregator: aggregate({ nowMs }) });
    const before = stored(caller);
    expect(before.balanceMinor).toBe(40_126);
    const answer = await caller.refresh();
    expect(answer).toMatchObject({ status: 200, type: "application/json" });
    const account = must(accountsOf(answer.text).find(({ id }) => id === "5011648377"));
    expect(account).toMatchObject({
      id: "5011648377",
      number: "2000004444",
      realAccountNumberLast4: "5678",
      name: "Super Checking",
      balance: stored(caller).balanceMinor / 100,
      type: "checking",
      status: "active",
      customerId: "6018678884",
      institutionId: "102105",
      balanceDate: 1_790_000_000,
      aggregationSuccessDate: 1_790_000_000,
      aggregationAttemptDate: 1_790_000_000,
      lastTransactionDate: 1_790_000_000,
      currency: "USD",
      institutionLoginId: 1007302745,
      displayPosition: 2,
      detail: { availableBalanceAmount: 380.12 },
    });
    expect(stored(caller).balanceMinor).not.toBe(before.balanceMinor);
    for (const each of accountsOf(answer.text)) {
      expect(each).not.toHaveProperty("aggregationStatusCode");
      expect(each).not.toHaveProperty("lastUpdatedDate");
    }
    expect(caller.lastLine()).toMatchObject({ route: "refresh", applied: true, customerId: "6018678884" });
  });

  it("moves the accounts that Finicity serves, masked there, and each sees the other's refresh", async () => {
    const aggregator = aggregate();
    const caller = await ready({ aggregator });
    const finicity = await startFinicitySimulator({ aggregator });
    try {
      const headers = { "finicity-app-key": "training-app-key", accept: "application/json" };
      const signedIn = await signInToFinicity(finicity.tokenUrl, headers);
      const withToken = { ...headers, "finicity-app-token": signedIn.token };
      const url = `${finicity.origin}/aggregation/v1/customers/${printed.customerId}/accounts`;
      const read = async (): Promise<Account> =>
        must(accountsOf(await (await fetch(url, { headers: withToken })).text()).find(({ id }) => id === "5011648377"));
      const before = await read();
      expect(before).toMatchObject({ number: "XXXXXX4444", balance: 401.26, aggregationStatusCode: 0 });
      aggregator.changeLogin(printed.loginId, { refreshS: 4000 });
      const refreshing = caller.refresh();
      await soon(() => expect(aggregator.running().map(({ loginId }) => loginId)).toContain(printed.loginId));
      const overlapping = await fetch(url, { method: "POST", headers: withToken });
      expect(overlapping.status).toBe(500);
      expect(await overlapping.json()).toMatchObject({ code: 325 });
      const answer = await refreshing;
      const after = await read();
      expect(after["balance"]).not.toBe(before["balance"]);
      const refreshed = must(accountsOf(answer.text).find(({ id }) => id === "5011648377"));
      expect([after["balance"], after["aggregationAttemptDate"]])
        .toEqual([refreshed["balance"], refreshed["aggregationAttemptDate"]]);
      expect([finicity.refreshPosts(), caller.simulator.refreshPosts()]).toEqual([1, 1]);
    } finally {
      await finicity.close();
    }
  });

  it("goes on when its sender hangs up, and a second one meanwhile starts nothing", async () => {
    const caller = await ready();
    const { aggregator } = caller.simulator;
    const before = stored(caller);
    aggregator.changeLogin(printed.loginId, { refreshS: 3000 });
    const giveUp = new AbortController();
    const failed = expect(caller.refresh(printed.customerId, { signal: giveUp.signal })).rejects.toThrow("aborted");
    await soon(() => expect(aggregator.running().length).toBeGreaterThan(0));
    giveUp.abort();
    await failed;
    const second = await caller.refresh();
    expect(second.status).toBe(500);
    expect(JSON.parse(second.text)).toMatchObject({ error: { reason: "AGGREGATION_IN_PROGRESS", statusCode: 500 } });
    expect(caller.lastLine().applied).toBe(false);
    await soon(() => expect(stored(caller).balanceMinor).not.toBe(before.balanceMinor));
    expect([caller.simulator.refreshPosts(printed.customerId), caller.simulator.refreshPosts("41442")]).toEqual([2, 0]);
  });

  it.each([
    [true, "945", "325"],
    [false, "AGGREGATION_FAILED", "AGGREGATION_IN_PROGRESS"],
  ])("fails when no login lets it in; forwarding codes: %s", async (forwardsCodes, reason, busyReason) => {
    const caller = await ready({ forwardsCodes });
    caller.simulator.aggregator.changeLogin("9764", { outcomeCode: 945 });
    const before = must(caller.simulator.aggregator.account("41442", "2055"));
    const answer = await caller.refresh("41442");
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text)).toEqual({
      error: {
        name: "Error",
        message: expect.stringContaining("institution"),
        status: 500,
        reason,
        type: "Internal Server Error",
        statusCode: 500,
      },
    });
    const after = must(caller.simulator.aggregator.account("41442", "2055"));
    expect([after.balanceMinor, after.aggregationSuccessDateS]).toEqual([before.balanceMinor, 1_422_399_293]);
    expect(must(after.aggregationAttemptDateS)).toBeGreaterThan(must(before.aggregationAttemptDateS));
    caller.simulator.aggregator.startRefresh({ customerId: "41442", neverEnds: true }, () => undefined);
    expect(JSON.parse((await caller.refresh("41442")).text)).toMatchObject({ error: { reason: busyReason } });
  });

  it.each([
    ['{"customerId":"6018678884",}', 422],
    ["{}", 422],
    ["[]", 422],
    ['{"customerId":6018678884}', 400],
    ['{"customerId":""}', 400],
    ['{"customerId":"6018678884","force":"yes"}', 400],
    ['{"customerId":"9"}', 404],
  ])("refuses %s", async (body, status) => {
    const caller = await ready();
    const answer = await post(caller.simulator.refreshUrl, body, { token: staticToken });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { status, statusCode: status, message: /\w/ } });
    expect(caller.simulator.aggregator.running()).toEqual([]);
  });

  it("needs POST, JSON and the path that was set", async () => {
    const caller = await ready({ paths: { refresh: "bank_connect/refresh_customer" } });
    expect(caller.simulator.refreshUrl).toMatch(/\/api\/v3\/bank_connect\/refresh_customer$/);
    expect((await caller.refresh()).status).toBe(200);
    const usual = `${caller.simulator.origin}/api/v3/bank-connect/refresh-customer`;
    expect((await post(usual, { customerId: printed.customerId }, { token: staticToken })).status).toBe(404);
    expect((await fetch(caller.simulator.refreshUrl)).status).toBe(405);
    expect((await caller.refresh(printed.customerId, { contentType: "text/plain" })).status).toBe(400);
  });
});

describe("listing a customer's accounts", () => {
  it.each([
    ["array", (value: never) => value],
    ["accounts", (value: { accounts: never }) => value.accounts],
    ["result", (value: { result: never }) => value.result],
    ["result-accounts", (value: { result: { accounts: never } }) => value.result.accounts],
  ] as const)("gives the form %s, with status codes, without asking the bank", async (accountsForm, unwrap) => {
    const caller = await ready({ accountsForm });
    const answer = await caller.accounts();
    expect(answer.status).toBe(200);
    const accounts: readonly Account[] = unwrap(JSON.parse(answer.text) as never);
    expect(accounts).toHaveLength(8);
    expect(accounts.find(({ id }) => id === "5011648377")).toMatchObject({
      balance: 401.26,
      aggregationStatusCode: 0,
      accountNumberDisplay: "4444",
      lastUpdatedDate: expect.any(Number),
    });
    expect(stored(caller).balanceMinor).toBe(40_126);
    expect((await caller.accounts("9")).status).toBe(404);
    expect(caller.simulator.refreshPosts()).toBe(0);
  });
});

async function signInToFinicity(url: string, headers: Record<string, string>): Promise<{ readonly token: string }> {
  const body = JSON.stringify({ partnerId: "training-partner", partnerSecret: "training-secret" });
  const typed = { ...headers, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers: typed, body });
  const answer: { token: string } = await response.json();
  return answer;
}
