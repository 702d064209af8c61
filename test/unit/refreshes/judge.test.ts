import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, judgeAccounts, type Pair, type Standing } from "../../../src/main/features/refreshes/judge.ts";
import { after, inFlightStates, lookDelayMs, refreshEvents } from "../../../src/main/features/refreshes/lifecycle.ts";
import { createSteadyClock } from "../../../src/main/features/refreshes/steady-clock.ts";
import { refreshStates, type RefreshSnapshot } from "../../../src/preload/contract/index.ts";

const verdictOf = (before: RefreshSnapshot | undefined, seen: RefreshSnapshot | undefined, ended = false) =>
  judgeAccounts(
    [{ accountId: "1", ...(before === undefined ? {} : { before }), ...(seen === undefined ? {} : { after: seen }) }],
    { looked: true, ended },
  )[0]?.verdict;

const standing: Standing = {
  state: "still-running",
  institutionLoginId: undefined,
  sameLooks: 0,
  watchedMs: 0,
  giveUpMs: 1000,
  overlaps: false,
};
const decideOf = (pairs: readonly Pair[], over: Partial<Standing> = {}) =>
  decide(judgeAccounts(pairs, { looked: true, ended: false }), { ...standing, ...over });
const pair = (before: RefreshSnapshot, seen: RefreshSnapshot, accountId = "1"): Pair =>
  ({ accountId, before, after: seen });

describe("what came of an account", () => {
  const before = { attemptDateS: 1_422_395_888, successDateS: 1_422_399_293, statusCode: 0 };
  it.each([
    ["the code says success", { ...before, attemptDateS: 1_422_400_000 }, "succeeded"],
    ["the code says why not", { ...before, attemptDateS: 1_422_400_000, statusCode: 185 }, "failed"],
    ["it runs already", { ...before, attemptDateS: 1_422_400_000, statusCode: 325 }, "running"],
    ["no newer attempt", before, "waiting"],
    ["it runs and has no newer attempt", { ...before, statusCode: 5006 }, "running"],
  ] as const)("%s", (_words, seen, verdict) => {
    expect(verdictOf(before, seen)).toBe(verdict);
  });

  it("without a code: only a newer success date is a success, though the older one is later than the attempt", () => {
    const { statusCode: _code, ...bare } = before;
    const attemptDateS = 1_422_397_000;
    expect(verdictOf(bare, { ...bare, attemptDateS })).toBe("unclear");
    expect(verdictOf(bare, { ...bare, attemptDateS, successDateS: 1_422_399_294 })).toBe("succeeded");
  });

  it("survives absent dates and finds new and gone accounts", () => {
    expect(verdictOf({}, {})).toBe("waiting");
    expect(verdictOf({}, {}, true)).toBe("untouched");
    expect(verdictOf({}, { attemptDateS: 5, statusCode: 0 })).toBe("succeeded");
    expect(verdictOf({ attemptDateS: 5 }, {})).toBe("waiting");
    expect(verdictOf(undefined, { attemptDateS: 5 })).toBe("new");
    expect(verdictOf({ attemptDateS: 5 }, undefined)).toBe("gone");
  });

  it("never calls anything but a newer attempt a success", () => {
    const date = fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined });
    const snapshot = fc.record({ attemptDateS: date, successDateS: date, statusCode: fc.constantFrom(undefined, 0, 103, 325) });
    fc.assert(
      fc.property(snapshot, snapshot, (b, a) => {
        const clean = (s: object): RefreshSnapshot =>
          Object.fromEntries(Object.entries(s).filter(([, value]) => value !== undefined));
        const verdict = verdictOf(clean(b), clean(a));
        const newer = a.attemptDateS !== undefined && (b.attemptDateS === undefined || a.attemptDateS > b.attemptDateS);
        if (verdict === "succeeded" || verdict === "failed" || verdict === "unclear") expect(newer).toBe(true);
        if (verdict === "waiting") expect(newer).toBe(false);
      }),
    );
  });
});

describe("what a look leads to", () => {
  const old = { attemptDateS: 1, successDateS: 1, statusCode: 0, status: "active" };
  const good = { ...old, attemptDateS: 2, successDateS: 2 };
  const bad = { ...old, attemptDateS: 2, statusCode: 103 };

  it("ends when every account it waits for moved, and says who must act", () => {
    expect(decideOf([pair(old, good)])).toMatchObject({ event: "succeed", act: "nobody" });
    expect(decideOf([pair(old, good), pair(old, bad, "2")]))
      .toMatchObject({ event: "succeed-in-part", act: "customer", code: "103" });
    expect(decideOf([pair(old, bad)])).toMatchObject({ event: "fail", act: "customer" });
    expect(decideOf([pair(old, { ...bad, statusCode: 900 })])).toMatchObject({ event: "fail", act: "provider" });
  });

  it("waits for the rest, then gives up with what is known", () => {
    const half = [pair(old, good), pair(old, old, "2")];
    expect(decideOf(half)).toEqual({ act: "wait", message: expect.stringContaining("1 of 2 accounts have") });
    expect(decideOf(half, { watchedMs: 1000 })).toMatchObject({ event: "give-up" });
  });

  it("does not wait for pending accounts or other logins", () => {
    const pending = pair({ status: "pending" }, { status: "pending" }, "2");
    expect(decideOf([pair(old, good), pending])).toMatchObject({ event: "succeed" });
    const mine = pair({ ...old, institutionLoginId: "7" }, { ...good, institutionLoginId: "7" });
    const theirs = pair({ ...old, institutionLoginId: "8" }, { ...old, institutionLoginId: "8" }, "2");
    expect(decideOf([mine, theirs], { institutionLoginId: "7" })).toMatchObject({ event: "succeed" });
  });

  it("takes an answer for the end after three looks, and its customer's part from the answer", () => {
    const answered = { state: "answered", sameLooks: 3 } as const;
    expect(decideOf([pair(old, old)], { ...answered, sameLooks: 2 })).not.toHaveProperty("event");
    expect(decideOf([pair(old, old)], answered))
      .toMatchObject({ event: "fail", act: "wait", message: expect.stringMatching(/^1 account had no newer attempt\./u) });
    expect(decideOf([pair(old, old)], { ...answered, sameLooks: 0, watchedMs: 1000 })).toMatchObject({ event: "fail" });
    const hint = { act: "customer", code: "185" } as const;
    expect(decideOf([pair(old, old)], { ...answered, hint })).toMatchObject({ event: "fail", ...hint });
    const question = { act: "customer" } as const;
    const asked = { event: "fail", act: "customer", message: expect.stringContaining("asks the customer a question (203)") };
    expect(decideOf([pair(old, old)], { ...answered, hint: question })).toMatchObject(asked);
    const unanswered = pair(old, { ...bad, statusCode: 185 });
    expect(decideOf([unanswered], { ...answered, hint: question })).toMatchObject({ ...asked, code: "185" });
  });
});

describe("the life of a refresh", () => {
  it("posts only out of a click, and no end leads back into flight", () => {
    expect(refreshStates.filter((state) => after(state, "send") !== undefined)).toEqual(["clicked"]);
    const inFlight: readonly (string | undefined)[] = inFlightStates;
    const happenings = Object.keys(refreshEvents) as (keyof typeof refreshEvents)[];
    const ended = refreshStates.filter((state) => !(inFlightStates as readonly string[]).includes(state));
    for (const state of ended)
      for (const happening of happenings) expect(inFlight).not.toContain(after(state, happening));
  });

  it("looks at widening intervals of at most a minute", () => {
    const delays = Array.from({ length: 30 }, (_, looks) => lookDelayMs(looks));
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect([delays[0], delays.at(-1)]).toEqual([2000, 60_000]);
  });
});

describe("the steady clock", () => {
  it("goes on while the wall clock is turned back, and never begins before what the file has seen", () => {
    let [wallMs, monotonicMs] = [1_000_000, 0];
    const clock = { nowMs: () => wallMs, monotonicMs: () => monotonicMs };
    const steady = createSteadyClock(clock, 5_000_000);
    expect(steady.nowMs()).toBe(5_000_000);
    [wallMs, monotonicMs] = [0, 60_000];
    expect(steady.nowMs()).toBe(5_060_000);
    expect(steady.shownMs(5_120_000)).toBe(60_000);
  });
});
