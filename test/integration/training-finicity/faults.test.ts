import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { finicityFaultKinds, type FaultKind, type FaultSpec } from "../../../src/main/training/finicity/index.ts";
import { accountPath, authenticate, customerPath, must, signIn, soon, type Caller } from "./client.ts";

const refreshPath = `${customerPath}/accounts`;
const rename = (caller: Caller) => caller.call("PUT", accountPath, { body: '{"name":"Struck"}' });
const refresh = (caller: Caller) => caller.call("POST", refreshPath);

async function strike(kind: FaultKind, more: Partial<FaultSpec> = {}): Promise<Caller> {
  const caller = await signIn();
  caller.simulator.faults.set({ route: "accounts.modify", kind, ...more });
  return caller;
}

async function strikeRefresh(kind: FaultKind, more: Partial<FaultSpec> = {}): Promise<Caller> {
  return strike(kind, { route: "refresh.customer", ...more });
}

function expectApplied(caller: Caller, applied: boolean): void {
  expect(caller.stored().name).toBe(applied ? "Struck" : "Checking");
  expect(caller.lastLine().applied).toBe(applied);
}

const whole: readonly (readonly [FaultKind, boolean, number, string | null, RegExp])[] = [
  ["latency", true, 204, null, /^$/],
  ["unauthorized", false, 401, "application/json", /"code":10023/],
  ["too-many-requests", false, 429, null, /^$/],
  ["unavailable", false, 503, null, /^$/],
  ["server-error", false, 500, "application/json", /"code":10100/],
  ["server-error-after", true, 500, "application/json", /"code":10100/],
  ["server-error-html", false, 500, "text/html; charset=utf-8", /^<!DOCTYPE html>/],
  ["server-error-html-after", true, 500, "text/html; charset=utf-8", /^<!DOCTYPE html>/],
  ["empty-body", false, 200, null, /^$/],
  ["empty-body-after", true, 200, null, /^$/],
  ["html-body", false, 200, "text/html; charset=utf-8", /Sign in/],
  ["html-body-after", true, 200, "text/html; charset=utf-8", /Sign in/],
  ["refused-400", false, 400, "application/json", /"code":14020/],
  ["refused-403", false, 403, "application/json", /"code":14020/],
  ["refused-404", false, 404, "application/json", /"code":38003/],
  ["refused-409", false, 409, "application/json", /"code":14020/],
  ["refused-422", false, 422, "application/json", /"code":14020/],
  ["aggregation-code", false, 500, "application/json", /"code":103/],
];

describe("a fault with an answer", () => {
  it.each(whole)("%s", async (kind, applied, status, type, text) => {
    const caller = await strike(kind, { delayMs: 20 });
    const answer = await rename(caller);
    expect(answer).toMatchObject({ status, type });
    expect(answer.text).toMatch(text);
    expectApplied(caller, applied);
    expect(caller.lastLine()).toMatchObject({ fault: kind, status, bodyComplete: true });
    expect((await rename(caller)).status).toBe(204);
    expect(caller.lastLine().fault).toBeUndefined();
  });

  it.each([
    ["code", "application/json", /^\{"code":901,"message":"m"\}$/],
    ["code-text", "application/json", /^\{"code":"901","message":"m","status":"500"/],
    ["errors", "application/json", /^\{"Errors":\{"Error":\[\{"Source":"\w+","ReasonCode":"901","Description":"m"/],
    ["errors-lower", "application/json", /"reasonCode":901,.+"recoverable":"false,"/],
    ["error-code", "application/json", /^\{"errorCode":901,"message":"m"\}$/],
    ["text", "text/plain", /^m$/],
    ["xml", "application/xml", /^<\?xml .+\?>\n<error>\n {2}<code>901<\/code>\n {2}<message>m<\/message>\n<\/error>$/],
  ] as const)("writes an error in the form %s", async (shape, type, text) => {
    const caller = await strike("server-error", { code: 901, message: "m", shape });
    const answer = await rename(caller);
    expect(answer).toMatchObject({ status: 500, type });
    expect(answer.text).toMatch(text);
  });

  it("writes XML for a client of XML, and empty or HTML bodies when asked to", async () => {
    const caller = await strike("refused-404", { route: "accounts.get" });
    expect((await caller.call("GET", accountPath, { format: "xml" })).text).toContain("<code>38003</code>");
    caller.simulator.faults.set({ route: "accounts.get", kind: "refused-403", body: "empty" });
    expect(await caller.call("GET", accountPath)).toMatchObject({ status: 403, text: "" });
    caller.simulator.faults.set({ route: "accounts.get", kind: "refused-403", body: "html" });
    expect((await caller.call("GET", accountPath)).text).toContain("<html>");
    caller.simulator.faults.set({ route: "accounts.get", kind: "unavailable", retryAfter: 7 });
    expect((await caller.call("GET", accountPath)).headers.get("retry-after")).toBe("7");
  });

  it.each([
    ["wrong-content-type", "text/plain", /^\{"id":"2055"/],
    ["duplicate-keys", "application/json", /^\{"id":"duplicated","id":"2055"/],
    ["slow-body", "application/json", /^\{"id":"2055".+\}$/],
    ["huge-body", "application/json", /^\{"id":"2055"/],
  ] as const)("%s on a read", async (kind, type, text) => {
    const caller = await strike(kind, { route: "accounts.get", delayMs: 30 });
    const answer = await caller.call("GET", accountPath);
    expect(answer).toMatchObject({ status: 200, type });
    expect(answer.text).toMatch(text);
    expect(answer.text.length > 10 * 1024 * 1024).toBe(kind === "huge-body");
  });
});

describe("a fault without a whole answer", () => {
  it.each([
    ["reset-before", false],
    ["reset-after", true],
  ] as const)("%s", async (kind, applied) => {
    const caller = await strike(kind);
    await expect(rename(caller)).rejects.toThrow("fetch failed");
    expectApplied(caller, applied);
    expect(caller.lastLine().status).toBeUndefined();
  });

  it.each(["truncated-json", "truncated-chunked"] as const)("%s", async (kind) => {
    const caller = await strike(kind, { route: "accounts.list" });
    await expect(caller.call("GET", refreshPath)).rejects.toThrow("terminated");
  });

  it.each([
    ["hang-before", false],
    ["hang-after", true],
  ] as const)("%s", async (kind, applied) => {
    const caller = await strike(kind);
    const failed = expect(rename(caller)).rejects.toThrow("fetch failed");
    await soon(() => expect(caller.lastLine()).toMatchObject({ fault: kind, bodyComplete: true, applied }));
    expectApplied(caller, applied);
    await caller.simulator.close();
    await failed;
  });

  it("late-apply drops the connection and applies later", async () => {
    const caller = await strike("late-apply", { delayMs: 100 });
    await expect(rename(caller)).rejects.toThrow("fetch failed");
    expectApplied(caller, false);
    await soon(() => expectApplied(caller, true));
  });
});

describe("a fault on a refresh", () => {
  it.each([
    ["accepted", 202],
    ["no-content", 204],
    ["request-timeout", 408],
    ["gateway-timeout", 504],
  ] as const)("%s answers %s while the refresh goes on", async (kind, status) => {
    const caller = await strikeRefresh(kind);
    caller.simulator.aggregator.changeLogin("9764", { refreshS: 150 });
    const before = caller.stored();
    const answer = await refresh(caller);
    expect(answer.status).toBe(status);
    expect(caller.stored()).toEqual(before);
    expect(caller.lastLine()).toMatchObject({ applied: true, fault: kind });
    await soon(() => expect(caller.stored().balanceMinor).not.toBe(before.balanceMinor));
  });

  it("reset-after drops the connection at the moment that was asked for, and the refresh goes on", async () => {
    const caller = await strikeRefresh("reset-after", { delayMs: 60 });
    caller.simulator.aggregator.changeLogin("9764", { refreshS: 300 });
    const before = caller.stored();
    const startedMs = Date.now();
    await expect(refresh(caller)).rejects.toThrow("fetch failed");
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(50);
    expect(caller.stored()).toEqual(before);
    await soon(() => expect(caller.stored().balanceMinor).not.toBe(before.balanceMinor));
  });

  it("late-apply starts a refresh after its sender has gone", async () => {
    const caller = await strikeRefresh("late-apply", { delayMs: 80 });
    const before = caller.stored();
    await expect(refresh(caller)).rejects.toThrow("fetch failed");
    expect(caller.simulator.aggregator.running()).toEqual([]);
    await soon(() => expect(caller.stored().balanceMinor).not.toBe(before.balanceMinor));
    expect(caller.lastLine().applied).toBe(true);
  });

  it.each([
    ["already-running", 500, /"code":325/],
    ["challenge", 203, /"mfaChallenges"/],
  ] as const)("%s starts nothing", async (kind, status, text) => {
    const caller = await strikeRefresh(kind);
    const before = caller.stored();
    const answer = await refresh(caller);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    expect(caller.simulator.aggregator.running()).toEqual([]);
    expect(caller.stored()).toEqual(before);
  });

  it("never-ends keeps running and blocks others until it is forgotten", async () => {
    const caller = await strikeRefresh("never-ends");
    const failed = expect(refresh(caller)).rejects.toThrow("fetch failed");
    const { aggregator } = caller.simulator;
    await soon(() => expect(aggregator.running()).toEqual([{ loginId: "9764", endsAtMs: null }]));
    expect(JSON.parse((await refresh(caller)).text)).toMatchObject({ code: 325 });
    aggregator.endLost("9764");
    expect((await refresh(caller)).status).toBe(200);
    expect(caller.simulator.refreshPosts("41442")).toBe(3);
    await caller.simulator.close();
    await failed;
  });
});

describe("a provider that keeps something else", () => {
  it("ignores or alters one field and says that all is well", async () => {
    const caller = await strike("ignore-field", { field: "name" });
    const body = { body: '{"name":"Struck","number":"N1"}' };
    expect((await caller.call("PUT", accountPath, body)).status).toBe(204);
    expect(caller.stored()).toMatchObject({ name: "Checking", number: "N1" });
    caller.simulator.faults.set({ route: "accounts.modify", kind: "alter-field", field: "name", value: "Other" });
    await caller.call("PUT", accountPath, body);
    expect(caller.stored().name).toBe("Other");
  });
});

describe("the fault panel", () => {
  it("strikes the sign-in only when told to, and counts no lock-out for it", async () => {
    const caller = await signIn();
    caller.simulator.faults.set({ route: "any-api", kind: "unavailable", times: "always" });
    expect((await authenticate(caller.simulator)).status).toBe(200);
    expect((await caller.call("GET", accountPath)).status).toBe(503);
    caller.simulator.faults.clear();
    caller.simulator.faults.set({ route: "token", kind: "unauthorized" });
    const refused = await authenticate(caller.simulator);
    expect(JSON.parse(refused.text)).toMatchObject({ code: 10001 });
    expect(caller.simulator.failedAuthentications()).toBe(0);
  });

  it("strikes one customer or account only, every nth time", async () => {
    const caller = await signIn();
    const { faults } = caller.simulator;
    faults.set({ route: "any-api", kind: "unavailable", times: "always", match: { accountId: "5027" } });
    expect((await caller.call("GET", accountPath)).status).toBe(200);
    expect((await caller.call("GET", `${refreshPath}/5027`)).status).toBe(503);
    faults.clear();
    faults.set({ route: "accounts.get", kind: "unavailable", every: 2, times: 1 });
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await caller.call("GET", accountPath)).status);
    expect(statuses).toEqual([200, 503, 200, 200]);
    faults.set({ route: "any-api", kind: "accepted" });
    expect((await caller.call("GET", accountPath)).status).toBe(200);
    expect(faults.list()).toMatchObject([{ kind: "accepted", seen: 0 }]);
  });

  it.each([
    [{ route: "token", kind: "aggregation-code" }, /does not apply to token/],
    [{ route: "accounts.get", kind: "late-apply" }, /does not apply to accounts.get/],
    [{ route: "accounts.modify", kind: "ignore-field", field: "balance" }, /field must be number or name/],
    [{ route: "accounts.modify", kind: "alter-field", field: "name" }, /value must be given/],
    [{ route: "accounts.get", kind: "server-error", code: 1.5 }, /code must be a whole number/],
    [{ route: "accounts.get", kind: "unavailable", times: 0 }, /times must be 1 or more/],
  ] as const)("refuses %j", async (spec, sentence) => {
    const { simulator } = await signIn();
    expect(() => simulator.faults.set(spec)).toThrow(sentence);
    expect(simulator.faults.list()).toEqual([]);
  });

  it("describes each kind once, in words, and every kind is proved above", () => {
    const kinds = finicityFaultKinds.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const { label, sentence } of finicityFaultKinds) {
      expect(label.length).toBeGreaterThan(3);
      expect(sentence).toMatch(/^[A-Z].+\.$/);
    }
    const proved: FaultKind[] = [
      ...whole.map(([kind]) => kind),
      "wrong-content-type", "duplicate-keys", "slow-body", "huge-body", "reset-before", "reset-after", "truncated-json",
      "truncated-chunked", "hang-before", "hang-after", "late-apply", "accepted", "no-content", "request-timeout",
      "gateway-timeout", "already-running", "challenge", "never-ends", "ignore-field", "alter-field",
    ];
    expect(kinds.toSorted()).toEqual(proved.toSorted());
  });
});

describe("a request that breaks off", () => {
  it("is in the ledger as incomplete and starts nothing", async () => {
    const caller = await signIn();
    const { port } = new URL(caller.simulator.origin);
    const socket = connect(Number(port), "127.0.0.1");
    const head = `PUT ${accountPath} HTTP/1.1\r\nHost: x\r\nFinicity-App-Key: training-app-key\r\n`;
    const part = '{"name":"Struck"}';
    socket.write(
      `${head}Finicity-App-Token: ${caller.token}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${part.length + 8}\r\n\r\n${part}`,
    );
    await soon(() => expect(caller.lastLine()).toMatchObject({ route: "accounts.modify", bodyComplete: false }));
    socket.destroy();
    await soon(() => expect(must(caller.lastLine().bodySha256)).not.toBe(""));
    expect(caller.lastLine().bodyComplete).toBe(false);
    expectApplied(caller, false);
  });
});
