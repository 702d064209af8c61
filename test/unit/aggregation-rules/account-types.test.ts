import { describe, expect, it } from "vitest";
import { accountTypeOf, accountTypes } from "@contract/rules/aggregation/account-types.ts";
import { readableName } from "@contract/rules/aggregation/readable-name.ts";
import { accountTypes as simulatedTypes } from "../../../src/main/training/aggregator/account-types.ts";

describe("account types", () => {
  it("are the 36 documented ones, each with a label of its own", () => {
    expect(accountTypes).toHaveLength(36);
    expect(new Set(accountTypes.map(({ name }) => name))).toEqual(new Set(simulatedTypes));
    expect(new Set(accountTypes.map(({ label }) => label)).size).toBe(36);
  });

  it.each([
    ["529plan", "529 plan"],
    ["529", "529 plan"],
    ["457plan", "457 plan"],
    ["457", "457 plan"],
    [" checking", "Checking"],
    ["moneymarket", "Money market"],
  ])("are known in either spelling: %s", (type, label) => {
    expect(accountTypeOf(type)).toMatchObject({ label, isKnown: true });
  });

  it.each([
    ["petInsurance", "Pet insurance", "petInsurance"],
    ["unknown", "Not known yet", "unknown"],
    [undefined, "Not known yet", "unknown"],
    ["  ", "Not known yet", "unknown"],
  ])("show the unknown type %s generically", (type, label, name) => {
    expect(accountTypeOf(type)).toEqual({ name, label, family: "other", isKnown: false });
  });
});

describe("a key as words", () => {
  it.each([
    ["availableBalanceAmount", "Available balance amount"],
    ["todayGLDollar", "Today GL dollar"],
    ["empPretaxContribAmountYtd", "Emp pretax contrib amount ytd"],
    ["loan_ytd_paid", "Loan ytd paid"],
    ["401kBalance", "401k balance"],
    ["--", "--"],
    ["", ""],
  ])("%s", (key, words) => {
    expect(readableName(key)).toBe(words);
  });
});
