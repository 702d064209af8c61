import { describe, expect, it } from "vitest";
import { allAccounts, customerPath, must, printed, reply, send, signIn, soon, start, type Caller } from "./client.ts";

const refreshPath = `${customerPath}/accounts`;
const loginPath = `${customerPath}/institutionLogins/${printed.loginId}/accounts`;

function hold(caller: Caller): void {
  caller.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 300_000 });
}

function loginWith(caller: Caller, code: number) {
  const { aggregator } = caller.simulator;
  const logins = aggregator.customers.flatMap(({ id }) => aggregator.loginsOf(id));
  return must(logins.find(({ outcomeCode }) => outcomeCode === code));
}

function refreshLogin(caller: Caller, login: { readonly customerId: string; readonly id: string }, format?: "xml") {
  const path = `/aggregation/v1/customers/${login.customerId}/institutionLogins/${login.id}/accounts`;
  return caller.call("POST", path, format === undefined ? {} : { format });
}

describe("a refresh", () => {
  it.each([
    ["of a customer", refreshPath],
    ["of an institution login", `${loginPath}?fromDate=1422000000&toDate=1423000000`],
  ])("%s asks the bank and answers with moved accounts", async (_name, path) => {
    const caller = await signIn();
    const before = caller.stored();
    const answer = await caller.call("POST", path);
    expect(answer.status).toBe(200);
    const after = caller.stored();
    expect(after.balanceMinor).not.toBe(before.balanceMinor);
    expect(must(after.aggregationAttemptDateS)).toBeGreaterThan(must(before.aggregationAttemptDateS));
    expect(after.aggregationSuccessDateS).toBe(after.aggregationAttemptDateS);
    expect(JSON.parse(answer.text)).toMatchObject({
      accounts: [
        {
          id: "2055",
          balance: after.balanceMinor / 100,
          aggregationStatusCode: 0,
          aggregationAttemptDate: after.aggregationAttemptDateS,
        },
        { id: "5027" },
      ],
    });
    expect(caller.lastLine()).toMatchObject({ applied: true, status: 200 });
    expect(caller.simulator.refreshPosts()).toBe(1);
  });

  it("answers in XML, and takes an empty object for a body", async () => {
    const caller = await signIn();
    const xml = await caller.call("POST", refreshPath, { format: "xml" });
    expect(xml.text).toMatch(/^<accounts>\n {2}<account>\n {4}<id>2055<\/id>/);
    expect((await caller.call("POST", refreshPath, { body: "{}" })).status).toBe(200);
    expect((await caller.call("POST", refreshPath, { body: '{"a":1}' })).status).toBe(400);
    expect(caller.simulator.refreshPosts("41442")).toBe(3);
    expect(caller.simulator.refreshPosts("6018678884")).toBe(0);
  });

  it("moves the attempt date each time, even within one second", async () => {
    const caller = await signIn({ nowMs: () => 1_700_000_000_000 });
    const seen: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await caller.call("POST", refreshPath);
      seen.push(must(caller.stored().aggregationAttemptDateS));
    }
    expect(seen).toEqual([1_700_000_000, 1_700_000_001, 1_700_000_002]);
  });

  it("leaves the records as they were until it has ended", async () => {
    const caller = await signIn();
    hold(caller);
    const before = await caller.read(refreshPath);
    const giveUp = new AbortController();
    const waiting = send(caller.simulator, "POST", refreshPath, { token: caller.token, signal: giveUp.signal });
    const failed = expect(waiting).rejects.toThrow("aborted");
    await soon(() => expect(caller.simulator.aggregator.running()).toHaveLength(1));
    expect(await caller.read(refreshPath)).toEqual(before);
    giveUp.abort();
    await failed;
  });

  it("goes on when its sender hangs up, and nobody is told", async () => {
    const caller = await signIn();
    caller.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 250 });
    const before = caller.stored();
    const giveUp = new AbortController();
    const waiting = send(caller.simulator, "POST", refreshPath, { token: caller.token, signal: giveUp.signal });
    const failed = expect(waiting).rejects.toThrow("aborted");
    await soon(() => expect(caller.simulator.aggregator.running()).toHaveLength(1));
    giveUp.abort();
    await failed;
    await soon(() => expect(caller.simulator.aggregator.running()).toHaveLength(0));
    expect(caller.stored().balanceMinor).not.toBe(before.balanceMinor);
    const line = must(caller.simulator.ledger.entries().find(({ route }) => route === "refresh.customer"));
    expect(line.applied).toBe(true);
    expect(line.status).toBeUndefined();
  });

  it.each([
    ["customer", refreshPath, 325],
    ["login", loginPath, 5006],
  ])("of a %s that overlaps another is refused with its code and starts nothing", async (_name, path, code) => {
    const caller = await signIn();
    hold(caller);
    const first = send(caller.simulator, "POST", loginPath, { token: caller.token });
    const failed = expect(first).rejects.toThrow(/fetch failed/);
    await soon(() => expect(caller.simulator.aggregator.running()).toHaveLength(1));
    const second = await caller.call("POST", path);
    expect([second.status, JSON.parse(second.text).code]).toEqual([500, code]);
    expect((await caller.call("POST", path, { format: "xml" })).text).toContain(`<code>${code}</code>`);
    expect(caller.lastLine().applied).toBe(false);
    expect(caller.simulator.aggregator.running()).toHaveLength(1);
    expect(caller.simulator.refreshPosts("41442")).toBe(3);
    await caller.simulator.close();
    await failed;
  });

  it("takes the provider's time, scaled", async () => {
    const caller = await signIn({ timeScale: 0.01 });
    caller.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 8 });
    const startedMs = Date.now();
    await caller.call("POST", refreshPath);
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(75);
    const lengths = caller.simulator.aggregator.customers
      .flatMap(({ id }) => caller.simulator.aggregator.loginsOf(id))
      .map(({ refreshS }) => refreshS);
    expect([Math.min(...lengths), Math.max(...lengths), lengths.includes(130)]).toEqual([0, 300, true]);
  });

  it.each([
    ["/aggregation/v1/customers/9/accounts", 404, 14001],
    [`${customerPath}/institutionLogins/1/accounts`, 404, 38007],
    [`${refreshPath}?fromDate=1`, 400, 10010],
    [`${loginPath}?fromDate=2020-01-01`, 400, 10010],
  ])("refuses %s", async (path, status, code) => {
    const caller = await signIn();
    const answer = await caller.call("POST", path);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([status, code]);
    expect(caller.simulator.aggregator.running()).toEqual([]);
  });
});

describe("a refresh that the bank or the customer is in the way of", () => {
  it.each([103, 108, 945, 948])("answers 500 with the aggregation code %s and moves only the attempt", async (code) => {
    const caller = await signIn();
    const login = loginWith(caller, code);
    const own = () => caller.simulator.aggregator
      .accountsOf(login.customerId)
      .filter((one) => one.institutionLoginId === login.id && one.status === "active");
    const before = own();
    const answer = await refreshLogin(caller, login);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([500, code]);
    const after = own();
    expect(after.map(({ balanceMinor }) => balanceMinor)).toEqual(before.map(({ balanceMinor }) => balanceMinor));
    expect(after.map((one) => one.aggregationSuccessDateS)).toEqual(before.map((one) => one.aggregationSuccessDateS));
    for (const [index, { aggregationAttemptDateS, aggregationStatusCode }] of after.entries()) {
      expect(must(aggregationAttemptDateS)).toBeGreaterThan(before[index]?.aggregationAttemptDateS ?? 0);
      expect(aggregationStatusCode).toBe(code);
    }
  });

  it.each([185, 187])("passes the bank's question on as 203 for code %s", async (code) => {
    const caller = await signIn();
    const login = loginWith(caller, code);
    const answer = await refreshLogin(caller, login);
    expect(answer.status).toBe(203);
    expect(answer.headers.get("mfa-session")).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.text)).toEqual({
      mfaChallenges: { questions: [{ text: "What is the name of your first pet?" }] },
    });
    const xml = await refreshLogin(caller, login, "xml");
    expect(xml.status).toBe(203);
    expect(xml.text).toMatch(/^<mfaChallenges>\s+<questions>\s+<question>\s+<text>What is/);
  });

  it("tells of a ticket in XML", async () => {
    const caller = await signIn();
    const answer = await refreshLogin(caller, loginWith(caller, 905), "xml");
    expect(answer.text).toMatch(/<code>905<\/code>[\s\S]+<ticket>\s+<id>\d+<\/id>\s+<accountIds>[\d,]+<\/accountIds>/);
  });

  it("of a customer with other logins answers 200 with a code per account", async () => {
    const caller = await signIn();
    const login = loginWith(caller, 103);
    const answer = await caller.call("POST", `/aggregation/v1/customers/${login.customerId}/accounts`);
    expect(answer.status).toBe(200);
    const { accounts }: { accounts: readonly Record<string, unknown>[] } = JSON.parse(answer.text);
    const codes = new Set(accounts.map((account) => account["aggregationStatusCode"]));
    expect(codes.has(103) && codes.has(0)).toBe(true);
  });
});

describe("a refresh that finds other accounts", () => {
  it("brings a new one once, and no longer has one that is gone", async () => {
    const caller = await signIn();
    const { aggregator } = caller.simulator;
    const logins = aggregator.customers.flatMap(({ id }) => aggregator.loginsOf(id));
    const bringing = must(logins.find(({ brings }) => brings !== null));
    const losing = must(logins.find(({ loses }) => loses !== null));
    const gone = must(losing.loses);
    const count = aggregator.accountsOf(bringing.customerId).length;
    await refreshLogin(caller, bringing);
    await refreshLogin(caller, bringing);
    expect(aggregator.accountsOf(bringing.customerId)).toHaveLength(count + 1);
    expect(aggregator.account(losing.customerId, gone)).toBeDefined();
    await refreshLogin(caller, losing);
    expect(aggregator.account(losing.customerId, gone)).toBeUndefined();
  });
});

describe("a refresh under v2", () => {
  it.each(["", "/institutionLogins/9764"])("answers 204 at once and goes on: %s", async (rest) => {
    const caller = await signIn({ api: "current" });
    caller.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 200 });
    const before = caller.stored();
    const answer = await caller.call("POST", `/aggregation/v2/customers/41442${rest}/accounts`);
    expect(answer).toMatchObject({ status: 204, text: "" });
    expect(caller.stored()).toEqual(before);
    await soon(() => expect(caller.stored().balanceMinor).not.toBe(before.balanceMinor));
  });
});

describe("a restart in the middle of a refresh", () => {
  it("goes on with it from the snapshot and ends it once", async () => {
    const caller = await signIn();
    hold(caller);
    const before = caller.stored();
    const first = send(caller.simulator, "POST", refreshPath, { token: caller.token });
    const failed = expect(first).rejects.toThrow(/fetch failed/);
    await soon(() => expect(caller.simulator.snapshot().running).toHaveLength(1));
    const snapshot = JSON.parse(JSON.stringify(caller.simulator.snapshot()));
    await caller.simulator.close();
    await failed;
    const endsAtMs: number = snapshot.running[0].endsAtMs;
    const still = await start({ snapshot, nowMs: () => endsAtMs - 60_000 });
    expect(still.aggregator.running()).toEqual([{ loginId: printed.loginId, endsAtMs }]);
    const later = await start({ snapshot, nowMs: () => endsAtMs + 1000 });
    const stored = () => must(later.aggregator.account(printed.customerId, printed.accountId));
    await soon(() => expect(stored().balanceMinor).not.toBe(before.balanceMinor));
    expect(stored().aggregationAttemptDateS).toBe(Math.floor((endsAtMs + 1000) / 1000));
    expect([later.aggregator.running(), later.refreshPosts()]).toEqual([[], 0]);
  });
});

describe("requests of many customers", () => {
  it("run beside each other", async () => {
    const { simulator, token } = await signIn();
    const ids = ["41442", "6018678884"];
    const replies = await Promise.all(
      ids.map(async (id) =>
        reply(await send(simulator, "POST", `/aggregation/v1/customers/${id}/accounts`, { token })),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(allAccounts(simulator)).toHaveLength(400);
  });
});
