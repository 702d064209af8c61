import { describe, expect, it } from "vitest";
import { signzyFaultKinds, type FaultKind, type FaultSpec } from "../../../src/main/training/signzy/index.ts";
import { must, post, printed, ready, soon, user, type Caller } from "./client.ts";

async function strike(kind: FaultKind, more: Partial<FaultSpec> = {}): Promise<Caller> {
  const caller = await ready();
  caller.simulator.faults.set({ route: "refresh", kind, ...more });
  return caller;
}

function balance(caller: Caller): number {
  return must(caller.simulator.aggregator.account(printed.customerId, printed.accountId)).balanceMinor;
}

/** Waits until the refresh has ended, then says whether there was one. */
async function expectRefreshed(caller: Caller, refreshed: boolean): Promise<void> {
  await soon(() => expect(caller.simulator.aggregator.running()).toEqual([]));
  expect(balance(caller) !== 40_126).toBe(refreshed);
  expect(caller.lastLine().applied).toBe(refreshed);
}

const whole: readonly (readonly [FaultKind, boolean, number, RegExp])[] = [
  ["latency", true, 200, /^\{"accounts":\[/],
  ["unauthorized", false, 401, /"statusCode":401/],
  ["too-many-requests", false, 429, /^$/],
  ["unavailable", false, 503, /^$/],
  ["server-error", false, 500, /"statusCode":500/],
  ["server-error-after", true, 500, /"statusCode":500/],
  ["bad-gateway", false, 502, /"type":"Bad Gateway"/],
  ["server-error-html", false, 500, /<html>/],
  ["server-error-html-after", true, 500, /<html>/],
  ["empty-body", false, 200, /^$/],
  ["empty-body-after", true, 200, /^$/],
  ["html-body", false, 200, /<html>/],
  ["html-body-after", true, 200, /<html>/],
  ["refused-400", false, 400, /"statusCode":400/],
  ["refused-403", false, 403, /"statusCode":403/],
  ["refused-404", false, 404, /"statusCode":404/],
  ["refused-409", false, 409, /"statusCode":409/],
  ["refused-422", false, 422, /"statusCode":422/],
  ["accepted", true, 202, /^$/],
  ["no-content", true, 204, /^$/],
  ["request-timeout", true, 408, /^$/],
  ["gateway-timeout", true, 504, /"statusCode":504/],
  ["wrong-content-type", true, 200, /^\{"accounts":\[/],
  ["duplicate-keys", true, 200, /^\{"accounts":"duplicated","accounts":\[/],
  ["slow-body", true, 200, /^\{"accounts":\[.+\}$/],
  ["huge-body", true, 200, /^\{"accounts":\[/],
];

describe("a fault with an answer", () => {
  it.each(whole)("%s", async (kind, refreshed, status, text) => {
    const caller = await strike(kind, { delayMs: 20 });
    const answer = await caller.refresh();
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    expect(caller.lastLine()).toMatchObject({ fault: kind, status });
    await expectRefreshed(caller, refreshed);
    expect((await caller.refresh()).status).toBe(200);
    expect(caller.simulator.refreshPosts()).toBe(2);
  });

  it.each([
    ["documented", /^\{"error":\{"name":"Error","message":"m","status":400,"reason":"m","type":"Bad Request"/],
    ["with-details", /^\{"error":\{"statusCode":400,"name":"Error","message":"m","details":\{\}\}\}$/],
    ["status-text", /^\{"error":\{"name":"Error","status":"400","message":"m"\}\}$/],
    ["message-only", /^\{"message":"m"\}$/],
  ] as const)("writes an error in the form %s", async (shape, text) => {
    const caller = await strike("refused-400", { shape, message: "m" });
    expect((await caller.refresh()).text).toMatch(text);
  });
});

describe("a fault without a whole answer", () => {
  it.each([
    ["reset-before", false],
    ["reset-after", true],
    ["truncated-json", true],
    ["truncated-chunked", true],
  ] as const)("%s", async (kind, refreshed) => {
    const caller = await strike(kind);
    await expect(caller.refresh()).rejects.toThrow(/fetch failed|terminated/);
    await expectRefreshed(caller, refreshed);
  });

  it.each([
    ["hang-before", false],
    ["hang-after", true],
  ] as const)("%s", async (kind, refreshed) => {
    const caller = await strike(kind);
    const failed = expect(caller.refresh()).rejects.toThrow("fetch failed");
    await soon(() => expect(caller.lastLine()).toMatchObject({ fault: kind, bodyComplete: true, applied: refreshed }));
    await expectRefreshed(caller, refreshed);
    await caller.simulator.close();
    await failed;
  });

  it("late-apply starts the refresh after its sender has gone", async () => {
    const caller = await strike("late-apply", { delayMs: 80 });
    await expect(caller.refresh()).rejects.toThrow("fetch failed");
    expect(caller.lastLine().applied).toBe(false);
    await soon(() => expect(balance(caller)).not.toBe(40_126));
  });

  it("never-ends keeps the customer busy", async () => {
    const caller = await strike("never-ends");
    const failed = expect(caller.refresh()).rejects.toThrow("fetch failed");
    await soon(() => expect(caller.simulator.aggregator.running().length).toBeGreaterThan(0));
    expect((await caller.refresh()).status).toBe(500);
    expect(balance(caller)).toBe(40_126);
    await caller.simulator.close();
    await failed;
  });
});

describe("the fault panel", () => {
  it("strikes one customer, leaves the sign-in alone, and refuses what makes no sense", async () => {
    const caller = await ready();
    const { faults, loginUrl } = caller.simulator;
    faults.set({ route: "any-api", kind: "unavailable", times: "always", match: { customerId: "41442" } });
    expect((await post(loginUrl, user)).status).toBe(200);
    expect((await caller.accounts()).status).toBe(200);
    expect((await caller.accounts("41442")).status).toBe(503);
    expect(() => faults.set({ route: "accounts", kind: "late-apply" })).toThrow("does not apply to accounts");
    expect(() => faults.set({ route: "refresh", kind: "accepted", delayMs: -1 })).toThrow("delayMs");
  });

  it("describes each kind once, in words, and every kind is proved above", () => {
    const kinds = signzyFaultKinds.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const { label, sentence } of signzyFaultKinds) {
      expect(label.length).toBeGreaterThan(3);
      expect(sentence).toMatch(/^[A-Z].+\.$/);
    }
    const proved: FaultKind[] = [
      ...whole.map(([kind]) => kind),
      "reset-before", "reset-after", "truncated-json", "truncated-chunked", "hang-before", "hang-after", "late-apply",
      "never-ends",
    ];
    expect(kinds.toSorted()).toEqual(proved.toSorted());
  });
});
