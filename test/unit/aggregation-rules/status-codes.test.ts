import { describe, expect, it } from "vitest";
import { nextStepHeading, nextStepText } from "@contract/rules/aggregation/next-step.ts";
import { explainedCodes, meaningOfCode } from "@contract/rules/aggregation/status-codes.ts";
import { accountCodes, loginCodes } from "../../../src/main/training/aggregator/seeded-codes.ts";

const account = { last4: "2765", customerId: "41442", accountId: "2055", institutionId: "101732" };

describe("aggregation status codes", () => {
  it.each([
    [0, "nobody"],
    ...[103, 108, 109, 185, 187, 331, 931, 936, 938, 940, 945, 946, 947, 948, 971, 974].map((code) => [code, "customer"]),
    ...[169, 913, 914, 920, 925, 929, 972, 976, 978, 10027, 14019, 4034, 20007, 20009, 38053].map(
      (code) => [code, "operations"],
    ),
    ...[325, 5006, 905, 906, 907].map((code) => [code, "wait"]),
    ...[900, 901, 902, 903, 904, 910, 915, 916, 990, 994, 998].map((code) => [code, "provider"]),
  ] as [number, string][])("%i is for %s", (code, act) => {
    expect(meaningOfCode(code)).toMatchObject({ code, act, isKnown: true });
  });

  it.each([102, 320, 580, 949, 777, 999, -1, 908])("%i is not explained: it keeps its number", (code) => {
    const meaning = meaningOfCode(code);
    expect(meaning).toMatchObject({ code, isKnown: false, category: "Unknown code", act: "operations" });
    for (const words of [meaning.short, meaning.meaning, meaning.because, meaning.doing]) {
      expect(words).toContain(String(code));
    }
  });

  it("can be mended by Connect Fix exactly where Mastercard says so", () => {
    expect(explainedCodes.filter((code) => meaningOfCode(code).isConnectFix)).toEqual([
      103, 108, 109, 185, 187, 945, 946, 947, 948,
    ]);
  });

  it.each([...new Set([...loginCodes, ...accountCodes, ...explainedCodes])])("%i has words and a next step", (code) => {
    const meaning = meaningOfCode(code);
    expect(meaning.short).not.toBe("");
    expect(meaning.meaning).toMatch(/\.$/u);
    expect(meaning.doing).not.toBe("");
    expect(nextStepHeading(meaning)).not.toBe("");
    const text = nextStepText(meaning, account);
    expect(text).not.toMatch(/[{}]|undefined/u);
    if (meaning.act === "customer") {
      expect(text).toContain("the account ending in 2765");
      expect(text).not.toMatch(/41442|2055|101732/u);
    }
    if (meaning.act === "operations" || meaning.act === "provider") {
      expect(text).toContain(`Aggregation code ${String(code)}`);
      expect(text).toContain("customer 41442, account 2055, institution 101732");
    }
  });

  it("name an account by its name where its number is unknown, whatever the name holds", () => {
    const text = nextStepText(meaningOfCode(185), { customerId: "1", accountId: "2", accountName: "$& $1 savings" });
    expect(text).toContain("the account “$& $1 savings”");
  });
});
