import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WriteOutcome } from "../../../src/main/providers/provider.ts";
import type { FaultSpec } from "../../../src/main/training/finzly/index.ts";
import { bluefin, never, startRig, type Rig } from "./finzly-rig.ts";

let rig: Rig;
let limitMinor = 100_000;

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.simulator.faults.clear());

/** Sends one limit change under a fault; `applied` is what the provider's own ledger says of it. */
async function sendUnder(
  fault: Omit<FaultSpec, "route"> | undefined,
): Promise<{ outcome: WriteOutcome; applied: boolean; requests: number }> {
  expect(await rig.provider.signIn(never)).toBeUndefined();
  limitMinor += 100;
  const prepared = rig.provider.prepareUpdate(bluefin, { debitExposureLimit: limitMinor }, "USD");
  const before = rig.simulator.ledger.entries().length;
  if (fault !== undefined) rig.simulator.faults.set({ ...fault, route: "accounts.update" });
  const outcome = await rig.provider.write(prepared, never);
  const entries = rig.simulator.ledger
    .entries()
    .slice(before)
    .filter((entry) => entry.route === "accounts.update");
  return { outcome, applied: entries.some((entry) => entry.applied), requests: entries.length };
}

describe("what an answer to a change means", () => {
  it("is accepted when the provider says Success, and the provider holds exactly what was prepared", async () => {
    const { outcome, applied, requests } = await sendUnder(undefined);
    expect(outcome).toMatchObject({ kind: "accepted", httpStatus: 200 });
    expect({ applied, requests }).toEqual({ applied: true, requests: 1 });
    expect(rig.simulator.account("100482", "2156")?.debitExposureLimitMinor).toBe(limitMinor);
  });

  it.each<[FaultSpec["kind"], Partial<FaultSpec>, WriteOutcome["kind"], boolean]>([
    ["failure-200", { code: "ACC001", message: "Failed to update an account: no" }, "refused", false],
    ["refused-400", {}, "refused", false],
    ["refused-400", { body: "empty" }, "refused", false],
    ["refused-400", { body: "html" }, "refused", false],
    ["refused-403", { body: "html" }, "refused", false],
    ["refused-404", {}, "refused", false],
    ["refused-409", {}, "refused", false],
    ["refused-422", { body: "empty" }, "refused", false],
    ["too-many-requests", { retryAfter: 7 }, "busy", false],
    ["unavailable", {}, "busy", false],
    ["server-error-array", {}, "unknown", false],
    ["server-error-array-after", {}, "unknown", true],
    ["server-error-html", {}, "unknown", false],
    ["server-error-html-after", {}, "unknown", true],
    ["empty-body", {}, "unknown", false],
    ["empty-body-after", {}, "unknown", true],
    ["html-body", {}, "unknown", false],
    ["html-body-after", {}, "unknown", true],
    ["hang-before", {}, "unknown", false],
    ["hang-after", {}, "unknown", true],
    ["reset-before", {}, "unknown", false],
    ["reset-after", {}, "unknown", true],
    ["truncated-json", {}, "unknown", true],
    ["truncated-chunked", {}, "unknown", true],
    ["wrong-content-type", {}, "unknown", true],
    ["slow-body", { delayMs: 5000 }, "unknown", true],
    ["huge-body", {}, "unknown", true],
    ["duplicate-keys", {}, "unknown", true],
    ["ignore-field", { field: "debitExposureLimit" }, "accepted", true],
  ])("%s %o is %s (applied: %s), after exactly one request", async (kind, details, expected, expectedApplied) => {
    const { outcome, applied, requests } = await sendUnder({ kind, ...details });
    expect(outcome.kind).toBe(expected);
    expect({ applied, requests }).toEqual({ applied: expectedApplied, requests: 1 });
    if (expected === "unknown") expect(outcome.message).toContain("may or may not have been applied");
  });

  it("keeps the provider's code and message, long digit runs masked", async () => {
    const message = "Failed to update an account: number 95659895001 is taken";
    const { outcome } = await sendUnder({ kind: "refused-400", code: "ACC001", message });
    expect(outcome).toEqual({
      kind: "refused",
      httpStatus: 400,
      code: "ACC001",
      message: "Failed to update an account: number ••••5001 is taken",
    });
  });

  it("honours Retry-After in seconds, and as a date, never beyond ten minutes", async () => {
    expect((await sendUnder({ kind: "too-many-requests", retryAfter: 7 })).outcome).toMatchObject({
      retryAfterMs: 7000,
    });
    const late = new Date(Date.now() + 3_600_000).toUTCString();
    expect((await sendUnder({ kind: "unavailable", retryAfter: late })).outcome).toMatchObject({
      retryAfterMs: 600_000,
    });
    expect((await sendUnder({ kind: "unavailable" })).outcome).not.toHaveProperty("retryAfterMs");
  });

  it("is unauthorized on 401; only then the token is forgotten", async () => {
    const tokens = () => rig.simulator.ledger.entries().filter((entry) => entry.route === "token").length;
    await rig.provider.signIn(never);
    const before = tokens();
    expect((await sendUnder({ kind: "unauthorized" })).outcome).toMatchObject({
      kind: "unauthorized",
      httpStatus: 401,
    });
    const prepared = rig.provider.prepareUpdate(bluefin, { debitExposureLimit: 1 }, "USD");
    expect(await rig.provider.write(prepared, never)).toMatchObject({ kind: "not-sent", reason: "sign-in-down" });
    rig.provider.forgetToken();
    expect((await sendUnder(undefined)).outcome.kind).toBe("accepted");
    expect(tokens()).toBe(before + 1);
  });

  it("a late application is unknown now and applied later", async () => {
    const { outcome, applied } = await sendUnder({ kind: "late-apply", delayMs: 50 });
    expect(outcome.kind).toBe("unknown");
    expect(applied).toBe(false);
    const target = limitMinor;
    await expect.poll(() => rig.simulator.account("100482", "2156")?.debitExposureLimitMinor).toBe(target);
  });

  it("a request given up before it leaves is not sent; one given up under way is unknown", async () => {
    await rig.provider.signIn(never);
    const prepared = rig.provider.prepareUpdate(bluefin, { debitExposureLimit: 5 }, "USD");
    const before = rig.simulator.ledger.entries().length;
    expect(await rig.provider.write(prepared, AbortSignal.abort())).toMatchObject({ kind: "not-sent" });
    expect(rig.simulator.ledger.entries()).toHaveLength(before);
    rig.simulator.faults.set({ route: "accounts.update", kind: "hang-after" });
    const stop = new AbortController();
    const writing = rig.provider.write(prepared, stop.signal);
    await expect.poll(() => rig.simulator.ledger.entries().length).toBe(before + 1);
    stop.abort();
    expect(await writing).toMatchObject({ kind: "unknown" });
  });

  it("sends nothing to an address that is not the connection's", async () => {
    await rig.provider.signIn(never);
    const prepared = rig.provider.prepareUpdate(bluefin, { debitExposureLimit: 5 }, "USD");
    const moved = { ...prepared, origin: "http://127.0.0.1:9" };
    expect(await rig.provider.write(moved, never)).toMatchObject({ kind: "not-sent" });
    expect(await rig.provider.write({ ...prepared, path: "/admin" }, never)).toMatchObject({ kind: "not-sent" });
  });

  it("writes no secret, token or account number into the log or an outcome", async () => {
    const text = JSON.stringify(rig.logged);
    expect(rig.logged.length).toBeGreaterThan(10);
    expect(text).not.toMatch(/training-secret|Bearer|\d{7,}/u);
  });
});

describe("identifiers that could mean another path", () => {
  it.each(["..", "1/2", "%2e%2e", "", "a b"])("refuses customer UID %o", (customerUid) => {
    expect(() => rig.provider.prepareUpdate({ customerUid, accountUid: "1" }, { reason: "x" }, "USD")).toThrow(
      /customer UID/u,
    );
  });
  it.each(["..", "12a", "", "1/2"])("refuses account UID %o", (accountUid) => {
    expect(() => rig.provider.prepareUpdate({ customerUid: "1", accountUid }, { reason: "x" }, "USD")).toThrow(
      /digits/u,
    );
  });
});
