import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attemptOutcome,
  freshnessSentence,
  isLastAttemptBad,
  knowledgeDateS,
  statusMeaning,
  whoMustAct,
  type FreshnessFacts,
} from "@contract/rules/aggregation/freshness.ts";
import { actors } from "@contract/rules/aggregation/status-meaning.ts";

const atS = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).getTime() / 1000;
const nowMs = new Date(2026, 10, 20, 12, 0).getTime();
const sentence = (facts: FreshnessFacts) => freshnessSentence(facts, nowMs);

describe("freshness", () => {
  it("says in one sentence how old the balance is and why", () => {
    const facts = {
      balance: "1266.49",
      balanceDateS: atS(18, 14, 20),
      successDateS: atS(18, 14, 21),
      attemptDateS: atS(19, 3, 10),
      statusCode: 185,
    };
    expect(sentence(facts)).toBe(
      "Balance is from 18 Nov 14:20; the last attempt on 19 Nov 03:10 failed: " +
        "the customer must answer a security question.",
    );
    expect(whoMustAct(facts)).toBe("customer");
    expect(isLastAttemptBad(facts)).toBe(true);
  });

  it("takes a success later than its attempt, as the seed's own sample has it, for a success", () => {
    const facts = {
      statusCode: 0,
      balanceDateS: 1_422_421_087,
      successDateS: 1_422_399_293,
      attemptDateS: 1_422_395_888,
    };
    expect(attemptOutcome(facts)).toBe("succeeded");
    expect(isLastAttemptBad(facts)).toBe(false);
    expect(whoMustAct(facts)).toBe("nobody");
    expect(sentence(facts)).toMatch(/^Balance is from \d+ Jan 2015 \d\d:\d\d; the last attempt succeeded on /u);
  });

  it("names a code that no document explains by its number", () => {
    expect(sentence({ statusCode: 777, attemptDateS: atS(19, 3, 10), balance: "1" })).toBe(
      "The balance has no date; the last attempt on 19 Nov 03:10 failed: code 777, which no document explains.",
    );
  });

  it.each([
    [{}, "never", "wait", "There is no balance yet; the provider has not asked the bank yet."],
    [{ statusCode: 0 }, "succeeded", "nobody", "There is no balance yet; the last attempt succeeded."],
    [{ statusCode: 325 }, "running", "wait", "There is no balance yet; an attempt is still running."],
    [
      { statusCode: 5006, attemptDateS: atS(20, 11, 58) },
      "running",
      "wait",
      "There is no balance yet; an attempt begun on 20 Nov 11:58 is still running.",
    ],
    [
      { attemptDateS: atS(20, 8, 0), successDateS: atS(19, 8, 0) },
      "unclear",
      "operations",
      "There is no balance yet; the last attempt on 20 Nov 08:00 has not succeeded: the provider gives no reason.",
    ],
    [
      { attemptDateS: atS(20, 8, 0) },
      "unclear",
      "operations",
      "There is no balance yet; the last attempt on 20 Nov 08:00 has not succeeded: the provider gives no reason.",
    ],
    [
      { statusCode: 0, attemptDateS: atS(20, 8, 0), successDateS: atS(19, 8, 0) },
      "unclear",
      "wait",
      "There is no balance yet; the last attempt on 20 Nov 08:00 has not succeeded: it may still be running.",
    ],
    [
      { successDateS: atS(19, 8, 0), attemptDateS: atS(19, 8, 0) },
      "succeeded",
      "nobody",
      "There is no balance yet; the last attempt succeeded on 19 Nov 08:00.",
    ],
  ] as const)("tells %j apart", (facts, outcome, act, words) => {
    expect(attemptOutcome(facts)).toBe(outcome);
    expect(whoMustAct(facts)).toBe(act);
    expect(sentence(facts)).toBe(words);
  });

  const second = fc.integer({ min: 0, max: 4_000_000_000 });
  const anyFacts = fc.record(
    {
      statusCode: fc.oneof(fc.constantFrom(0, 103, 185, 325, 905, 5006), fc.integer({ min: -1, max: 60_000 })),
      balanceDateS: second,
      successDateS: second,
      attemptDateS: second,
      balance: fc.constant("1.00"),
    },
    { requiredKeys: [] },
  );

  it("finds one sentence, one outcome and somebody who acts for whatever is absent", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const words = sentence(facts);
        expect(words).toMatch(/^(Balance is from|The balance has|There is no) .*; .*\.$/u);
        expect(words).not.toMatch(/undefined|NaN|: \.|\.\./u);
        expect(actors).toContain(whoMustAct(facts));
        if (facts.statusCode !== undefined) expect(statusMeaning(facts).code).toBe(facts.statusCode);
        expect(knowledgeDateS(facts)).toBe(facts.balanceDateS ?? facts.successDateS);
      }),
    );
  });

  it("never calls an attempt good that a code or the dates call bad", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const hasFailed = facts.statusCode !== undefined && ![0, 325, 5006].includes(facts.statusCode);
        if (hasFailed) expect(attemptOutcome(facts)).toBe("failed");
        if (attemptOutcome(facts) === "succeeded" && facts.attemptDateS !== undefined) {
          expect(facts.successDateS).toBeGreaterThanOrEqual(facts.attemptDateS);
        }
        if (hasFailed || attemptOutcome(facts) === "unclear") expect(whoMustAct(facts)).not.toBe("nobody");
      }),
    );
  });
});
