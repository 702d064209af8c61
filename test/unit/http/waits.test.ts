import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPace } from "../../../src/main/http/pace.ts";
import { chooseProxy } from "../../../src/main/http/proxy-choice.ts";
import { withJitter } from "../../../src/main/core/jitter.ts";
import { retryAfterMs } from "../../../src/main/http/retry-after.ts";

const nowMs = Date.UTC(2026, 10, 20, 12, 0, 0);

describe("Retry-After", () => {
  it.each([
    ["0", 0],
    [" 7 ", 7000],
    ["601", 600_000],
    ["999999999999", 600_000],
    ["Fri, 20 Nov 2026 12:00:30 GMT", 30_000],
    ["Fri, 20 Nov 2026 11:00:00 GMT", 0],
    ["Sat, 21 Nov 2026 12:00:00 GMT", 600_000],
    ["Friday, 20-Nov-26 12:00:30 GMT", 30_000],
    ["Fri Nov 20 12:00:30 2026", 30_000],
    ["Sun Nov  1 12:00:30 2026", 0],
  ])("%o is %d ms", (header, expected) => expect(retryAfterMs(header, nowMs)).toBe(expected));

  it.each([undefined, "", "soon", "-1", "1.5", "1e3", "2026-11-20", "0x10"])("%o says nothing", (header) =>
    expect(retryAfterMs(header, nowMs)).toBeUndefined(),
  );

  it("jitter never shortens a wait and adds at most a quarter", () => {
    fc.assert(
      fc.property(fc.nat(600_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (ms, random) => {
        const waited = withJitter(ms, () => random);
        expect(waited).toBeGreaterThanOrEqual(ms);
        expect(waited).toBeLessThanOrEqual(Math.ceil(ms * 1.25));
      }),
    );
  });
});

describe("a pace", () => {
  it("lets no more through in a second than it may, after a short burst", async () => {
    let now = 0;
    const pace = createPace(1000, () => now);
    const signal = new AbortController().signal;
    let through = 0;
    const turns = Array.from({ length: 150 }, async () => {
      await pace(signal);
      through += 1;
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(through).toBeLessThanOrEqual(100);
    await Promise.all(turns);
    expect(through).toBe(150);
    now = 10_000;
    await pace(signal);
  });

  it("stops waiting when its caller does", async () => {
    const pace = createPace(1, () => 0);
    await pace(new AbortController().signal);
    const stop = new AbortController();
    const waiting = pace(stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow(/abort/iu);
  });
});

describe("the system's proxy answer", () => {
  it.each([
    ["DIRECT", { kind: "direct" }],
    ["", { kind: "direct" }],
    ["PROXY proxy.bank:8080; DIRECT", { kind: "tunnel", proxy: "http://proxy.bank:8080" }],
    ["HTTPS proxy.bank:443", { kind: "tunnel", proxy: "https://proxy.bank" }],
    ["PROXY [::1]:3128", { kind: "tunnel", proxy: "http://[::1]:3128" }],
    ["SOCKS5 proxy.bank:1080", undefined],
    ["PROXY user:secret@proxy.bank:80", undefined],
  ])("%o is %o", (text, expected) => expect(chooseProxy(text)).toEqual(expected));
});
