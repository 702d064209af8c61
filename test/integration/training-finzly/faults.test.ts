import { connect } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { finzlyFaultKinds, type FaultKind, type FaultSpec } from "../../../src/main/training/finzly/index.ts";
import { askToken, envelope, must, payroll, reply, signIn, type Caller } from "./client.ts";

const path = `/v2/customers/${payroll.customerUID}/accounts/${payroll.accountUID}`;
const wish = { accountName: "Struck" };

async function strike(kind: FaultKind, more: Partial<FaultSpec> = {}): Promise<Caller> {
  const caller = await signIn();
  caller.simulator.faults.set({ route: "accounts.update", kind, ...more });
  return caller;
}

function expectApplied(caller: Caller, applied: boolean): void {
  expect(caller.stored().accountName).toBe(applied ? "Struck" : "Payroll Clearing");
  expect(caller.lastLine().applied).toBe(applied);
  expect(caller.lastLine().appliedAtMs === undefined).toBe(!applied);
}

function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 15_000, interval: 5 });
}

const whole: readonly (readonly [FaultKind, boolean, number, string | null, RegExp])[] = [
  ["unauthorized", false, 401, null, /^$/],
  ["too-many-requests", false, 429, null, /^$/],
  ["unavailable", false, 503, null, /^$/],
  ["server-error-array", false, 500, "application/json", /^\[\{"code":"invalidMethod","description":"[^"]+"\}\]$/],
  ["server-error-array-after", true, 500, "application/json", /^\[\{"code":"invalidMethod"/],
  ["server-error-html", false, 500, "text/html; charset=utf-8", /^<!DOCTYPE html>/],
  ["server-error-html-after", true, 500, "text/html; charset=utf-8", /^<!DOCTYPE html>/],
  ["empty-body", false, 200, null, /^$/],
  ["empty-body-after", true, 200, null, /^$/],
  ["html-body", false, 200, "text/html; charset=utf-8", /^<!DOCTYPE html>/],
  ["html-body-after", true, 200, "text/html; charset=utf-8", /^<!DOCTYPE html>/],
  ["failure-200", false, 200, "application/json", /"status":"Failure","code":"ACC001","message":"Failed to update/],
  ["refused-400", false, 400, "application/json", /"status":"Failure"/],
  ["refused-403", false, 403, "application/json", /"status":"Failure"/],
  ["refused-404", false, 404, "application/json", /"status":"Failure"/],
  ["refused-409", false, 409, "application/json", /"status":"Failure"/],
  ["refused-422", false, 422, "application/json", /"status":"Failure"/],
  ["wrong-content-type", true, 200, "text/plain", /^\{"status":"Success"/],
  ["duplicate-keys", true, 200, "application/json", /^\{"status":"duplicated","status":"Success"/],
  ["slow-body", true, 200, "application/json", /^\{"status":"Success".*\}$/],
  ["latency", true, 200, "application/json", /^\{"status":"Success"/],
];
const broken: readonly (readonly [FaultKind, boolean, boolean])[] = [
  ["reset-before", false, false],
  ["reset-after", true, false],
  ["truncated-json", true, true],
  ["truncated-chunked", true, true],
];

describe("a fault with an answer", () => {
  it.each(whole)("%s", async (kind, applied, status, type, text) => {
    const caller = await strike(kind, { delayMs: 40 });
    const answer = await caller.put(wish);
    expect(answer).toMatchObject({ status, type });
    expect(answer.text).toMatch(text);
    expectApplied(caller, applied);
    expect(caller.lastLine()).toMatchObject({ fault: kind, status, bodyComplete: true });
    expect(envelope(await caller.put(wish)).status).toBe("Success");
    expect(caller.lastLine().fault).toBeUndefined();
  });

  it.each([
    ["too-many-requests", 7, "7"],
    ["too-many-requests", "Fri, 20 Nov 2026 12:00:00 GMT", "Fri, 20 Nov 2026 12:00:00 GMT"],
    ["unavailable", 0, "0"],
    ["unavailable", undefined, null],
  ] as const)("%s carries Retry-After %s", async (kind, retryAfter, header) => {
    const caller = await strike(kind, retryAfter === undefined ? {} : { retryAfter });
    expect((await caller.put(wish)).retryAfter).toBe(header);
  });

  it("carries the code, message and body that were asked for", async () => {
    const caller = await strike("failure-200", { code: "ACC777", message: "No more today" });
    expect(envelope(await caller.put(wish))).toEqual({
      status: "Failure",
      code: "ACC777",
      message: "No more today",
      data: null,
    });
    caller.simulator.faults.set({ route: "accounts.update", kind: "refused-403", body: "empty" });
    expect(await caller.put(wish)).toMatchObject({ status: 403, text: "", type: null });
    caller.simulator.faults.set({ route: "accounts.update", kind: "refused-400", body: "html" });
    expect((await caller.put(wish)).text).toContain("<html>");
  });

  it("huge-body is valid, complete and above 10 MB", async () => {
    const caller = await strike("huge-body");
    const answer = await caller.put(wish);
    expect(answer.text.length).toBeGreaterThan(10 * 1024 * 1024);
    expect(envelope(answer).status).toBe("Success");
    expectApplied(caller, true);
  });

  it("slow-body arrives in many pieces", async () => {
    const caller = await strike("slow-body", { delayMs: 200 });
    const response = await caller.send("PUT", path, JSON.stringify(wish));
    let pieces = 0;
    for await (const piece of must(response.body)) pieces += piece.length > 0 ? 1 : 0;
    expect(pieces).toBeGreaterThan(5);
  });

  it("latency holds back the work, not only the answer, and outlives a client that gave up", async () => {
    const caller = await strike("latency", { delayMs: 300 });
    const headers = { authorization: await bearer(caller), "content-type": "application/json" };
    const giveUp = new AbortController();
    const url = `${caller.simulator.apiBaseUrl}${path}`;
    const request = { method: "PUT", headers, body: JSON.stringify(wish), signal: giveUp.signal };
    const failed = expect(fetch(url, request)).rejects.toThrow("aborted");
    await soon(() => expect(caller.lastLine()).toMatchObject({ fault: "latency", bodyComplete: true }));
    giveUp.abort();
    await failed;
    await soon(() => expectApplied(caller, true));
    const { appliedAtMs, atMs } = caller.lastLine();
    expect(must(appliedAtMs) - atMs).toBeGreaterThanOrEqual(280);
  });
});

describe("a fault without a whole answer", () => {
  it.each(broken)("%s", async (kind, applied, answered) => {
    const caller = await strike(kind);
    await expect(caller.put(wish)).rejects.toThrow(/fetch failed|terminated/);
    expectApplied(caller, applied);
    expect(caller.lastLine().fault).toBe(kind);
    expect(caller.lastLine().status).toBe(answered ? 200 : undefined);
  });

  it("truncated-json announces more than it sends", async () => {
    const caller = await signIn();
    const wholeLength = (await caller.put(wish)).text.length;
    caller.simulator.faults.set({ route: "accounts.update", kind: "truncated-json" });
    const response = await caller.send("PUT", path, JSON.stringify(wish));
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(wholeLength);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  it("truncated-chunked announces no length", async () => {
    const caller = await strike("truncated-chunked");
    const response = await caller.send("PUT", path, JSON.stringify(wish));
    expect(response.headers.get("transfer-encoding")).toBe("chunked");
    await expect(response.text()).rejects.toThrow("terminated");
  });

  it.each([
    ["hang-before", false],
    ["hang-after", true],
  ] as const)("%s leaves the client waiting until it gives up", async (kind, applied) => {
    const caller = await strike(kind);
    const failed = expect(caller.put(wish)).rejects.toThrow(/fetch failed/);
    await soon(() => expect(caller.lastLine()).toMatchObject({ fault: kind, bodyComplete: true, applied }));
    expect(caller.lastLine().status).toBeUndefined();
    expectApplied(caller, applied);
    await caller.simulator.close();
    await failed;
  });

  it("late-apply drops the connection now and applies later", async () => {
    const caller = await strike("late-apply", { delayMs: 150 });
    await expect(caller.put(wish)).rejects.toThrow("fetch failed");
    expectApplied(caller, false);
    await soon(() => expectApplied(caller, true));
    const { appliedAtMs, atMs } = caller.lastLine();
    expect(must(appliedAtMs) - atMs).toBeGreaterThanOrEqual(130);
    expect(caller.lastLine()).toMatchObject({ fault: "late-apply", seq: caller.simulator.ledger.entries().length });
  });

  it("late-apply never applies what the rules refuse, nor after closing", async () => {
    const caller = await strike("late-apply", { delayMs: 1, times: 2 });
    await expect(caller.put({ ...wish, costCenter: "1" })).rejects.toThrow("fetch failed");
    caller.simulator.faults.clear();
    caller.simulator.faults.set({ route: "accounts.update", kind: "late-apply", delayMs: 200 });
    await expect(caller.put(wish)).rejects.toThrow("fetch failed");
    await caller.simulator.close();
    const survivor = await strike("late-apply", { delayMs: 250 });
    await expect(survivor.put(wish)).rejects.toThrow("fetch failed");
    await soon(() => expectApplied(survivor, true));
    expectApplied(caller, false);
    expect(caller.simulator.ledger.entries().filter(({ applied }) => applied)).toEqual([]);
  });
});

describe("a provider that keeps something else", () => {
  it("ignores one field and says Success", async () => {
    const caller = await strike("ignore-field", { field: "debitExposureLimit" });
    const answer = await caller.put({ ...wish, debitExposureLimit: 40_000 });
    expect(envelope(answer).status).toBe("Success");
    expectApplied(caller, true);
    expect(caller.stored().debitExposureLimitMinor).toBe(2_500_000);
  });

  it("alters one field and says Success", async () => {
    const caller = await strike("alter-field", { field: "debitExposureLimit", value: 30_000.5 });
    await caller.put({ ...wish, debitExposureLimit: 40_000 });
    expectApplied(caller, true);
    expect(caller.stored().debitExposureLimitMinor).toBe(3_000_050);
  });
});

describe("faults on other routes", () => {
  it("strikes the token endpoint and nothing else", async () => {
    const caller = await signIn();
    caller.simulator.faults.set({ route: "token", kind: "unauthorized" });
    expect((await caller.call("GET", path)).status).toBe(200);
    const refused = await askToken(caller.simulator);
    expect(refused.status).toBe(401);
    expect(JSON.parse(refused.text)).toMatchObject({ error: "invalid_client" });
    expect((await askToken(caller.simulator)).status).toBe(200);
    caller.simulator.faults.set({ route: "token", kind: "html-body" });
    expect((await askToken(caller.simulator)).text).toContain("<html>");
  });

  it("strikes every API route but not the token under any-api", async () => {
    const caller = await signIn();
    caller.simulator.faults.set({ route: "any-api", kind: "unavailable", times: "always", retryAfter: 1 });
    expect((await askToken(caller.simulator)).status).toBe(200);
    const customer = `/v2/customers/${payroll.customerUID}`;
    for (const read of ["/v2/customers?page=1&limit=1", customer, `${customer}/accounts?page=1&limit=1`, path]) {
      expect(await caller.call("GET", read)).toMatchObject({ status: 503, retryAfter: "1" });
    }
    expect((await caller.put(wish)).status).toBe(503);
    expect((await caller.call("DELETE", path)).status).toBe(503);
    expectApplied(caller, false);
  });

  it("lets reads pass a fault that only writes can show", async () => {
    const caller = await signIn();
    const { faults } = caller.simulator;
    faults.set({ route: "any-api", kind: "late-apply" });
    expect((await caller.call("GET", path)).status).toBe(200);
    expect(faults.list()).toMatchObject([{ seen: 0, struck: 0, remaining: 1 }]);
  });

  it("does not spend itself on a request that is not signed in", async () => {
    const caller = await strike("failure-200");
    const url = `${caller.simulator.apiBaseUrl}${path}`;
    const headers = { authorization: "Bearer x" };
    const unsigned = await reply(await fetch(url, { method: "PUT", body: "{}", headers }));
    expect(unsigned.status).toBe(401);
    expect(envelope(await caller.put(wish)).status).toBe("Failure");
  });
});

describe("the fault panel", () => {
  it("counts: a number of times, every nth, one account, always", async () => {
    const caller = await signIn();
    const { faults } = caller.simulator;
    const statuses = async (count: number) => {
      const seen: number[] = [];
      for (let turn = 0; turn < count; turn += 1) seen.push((await caller.put({})).status);
      return seen;
    };
    faults.set({ route: "accounts.update", kind: "unavailable", times: 2 });
    expect(await statuses(4)).toEqual([503, 503, 200, 200]);
    expect(faults.list()).toEqual([]);

    const third = faults.set({ route: "accounts.update", kind: "unavailable", every: 3, times: "always" });
    expect(await statuses(6)).toEqual([200, 200, 503, 200, 200, 503]);
    expect(faults.list()).toMatchObject([{ id: third.id, seen: 6, struck: 2, remaining: "always" }]);
    faults.clear(third.id);
    expect(faults.list()).toEqual([]);

    faults.set({ route: "any-api", kind: "unavailable", times: "always", match: { accountUID: "2157" } });
    expect(await statuses(1)).toEqual([200]);
    expect((await caller.put({}, { customerUID: "100482", accountUID: "2157" })).status).toBe(503);
    faults.clear();
    expect((await caller.put({}, { customerUID: "100482", accountUID: "2157" })).status).toBe(200);
  });

  it("adds latency to another fault", async () => {
    const caller = await signIn();
    caller.simulator.faults.set({ route: "accounts.update", kind: "latency", delayMs: 60 });
    caller.simulator.faults.set({ route: "accounts.update", kind: "server-error-array-after" });
    expect((await caller.put(wish)).status).toBe(500);
    const { appliedAtMs, atMs } = caller.lastLine();
    expect(must(appliedAtMs) - atMs).toBeGreaterThanOrEqual(50);
    expect(caller.simulator.faults.list()).toEqual([]);
  });

  it.each([
    [{ route: "token", kind: "failure-200" }, /does not apply to token/],
    [{ route: "accounts.get", kind: "late-apply" }, /does not apply to accounts.get/],
    [{ route: "accounts.update", kind: "ignore-field" }, /field must name/],
    [{ route: "accounts.update", kind: "ignore-field", field: "nickname" }, /field must name/],
    [{ route: "accounts.update", kind: "alter-field", field: "reason" }, /value must be given/],
    [{ route: "accounts.update", kind: "alter-field", field: "reason", value: 7 }, /reason must be a string/],
    [{ route: "accounts.update", kind: "unavailable", times: 0 }, /times must be 1 or more/],
    [{ route: "accounts.update", kind: "unavailable", every: 1.5 }, /every must be 1 or more/],
    [{ route: "accounts.update", kind: "latency", delayMs: -1 }, /delayMs must be 0 or more/],
    [{ route: "accounts.update", kind: "unavailable", retryAfter: "1\r\nX: y" }, /retryAfter must be plain text/],
  ] as const)("refuses %j", async (spec, sentence) => {
    const { simulator } = await signIn();
    expect(() => simulator.faults.set(spec)).toThrow(sentence);
    expect(simulator.faults.list()).toEqual([]);
  });

  it("describes each kind once, in words, and every kind is proved above", () => {
    const kinds = finzlyFaultKinds.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const { label, sentence } of finzlyFaultKinds) {
      expect(label.length).toBeGreaterThan(3);
      expect(sentence).toMatch(/^[A-Z].+\.$/);
    }
    const proved: FaultKind[] = [
      ...whole.map(([kind]) => kind),
      ...broken.map(([kind]) => kind),
      "huge-body", "hang-before", "hang-after", "late-apply", "ignore-field", "alter-field",
    ];
    expect(kinds.toSorted()).toEqual(proved.toSorted());
  });
});

describe("a request that breaks off", () => {
  it("is in the ledger as incomplete and is never applied", async () => {
    const caller = await signIn();
    const authorization = await bearer(caller);
    const { port } = new URL(caller.simulator.origin);
    const head = `PUT /api/openbanking${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n`;
    const socket = connect(Number(port), "127.0.0.1");
    const part = JSON.stringify(wish);
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${part.length + 8}\r\n\r\n${part}`);
    await soon(() => expect(caller.lastLine()).toMatchObject({ route: "accounts.update", bodyComplete: false }));
    socket.destroy();
    await soon(() => expect(caller.lastLine().bodySha256).not.toBe(""));
    expect(caller.lastLine()).toMatchObject({ bodyComplete: false, bodyText: part, applied: false });
    expectApplied(caller, false);
  });
});

async function bearer(caller: Caller): Promise<string> {
  const token: { access_token: string } = JSON.parse((await askToken(caller.simulator)).text);
  return `Bearer ${token.access_token}`;
}
