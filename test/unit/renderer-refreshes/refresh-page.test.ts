import { explainedCodes } from "@contract/rules/aggregation/status-codes.ts";
import { describe, expect, it } from "vitest";
import { codesMatching } from "../../../src/renderer/features/refreshes/code-search.ts";
import {
  balanceText, groupsByActor, groupsByInstitution, type ResultRow,
} from "../../../src/renderer/features/refreshes/refresh-words.ts";

const codes = (search: string) => codesMatching(search).map(({ code }) => code);

describe("the table of status codes", () => {
  it("holds every explained code and finds one by its number alone", () => {
    expect(codes("")).toEqual(explainedCodes);
    expect(codes("103")).toEqual([103]);
    expect(codes(" 0 ")).toEqual([0]);
  });

  it("is found by what a code means, by who must act and by Connect Fix", () => {
    expect(codes("security question")).toEqual([185, 187, 331, 938, 940, 971]);
    expect(codes("connect fix")).toEqual([103, 108, 109, 185, 187, 945, 946, 947, 948]);
    expect(codes("maintenance")).toEqual([905, 906, 907]);
    for (const { act } of codesMatching("Provider must act")) expect(act).toBe("provider");
  });

  it("shows a number that no document explains, and nothing for words that match none", () => {
    expect(codesMatching("949")).toMatchObject([{ code: 949, isKnown: false, act: "operations" }]);
    expect(codes("quux")).toEqual([]);
  });
});

const row = (accountId: string, over: Partial<ResultRow> = {}): ResultRow => ({ accountId, verdict: "succeeded", ...over });

describe("the results of a refresh", () => {
  it("stand by bank, each sign-in apart, with how many need somebody", () => {
    const at = (institutionId: string, institutionLoginId: string) => ({ institutionId, institutionLoginId });
    const groups = groupsByInstitution([
      row("1", { after: at("101732", "9764") }),
      row("2", { after: at("102105", "5555") }),
      row("3", { verdict: "failed", before: at("101732", "9764"), after: { ...at("101732", "9764"), statusCode: 185 } }),
      row("4", { verdict: "gone", before: at("101732", "1111") }),
      row("5"),
    ]);
    expect(groups.map(({ words, note, rows }) => [words, note, rows.map(({ accountId }) => accountId)])).toEqual([
      ["Institution 101732", "Login 9764. 1 account needs somebody to act.", ["1", "3"]],
      ["Institution 102105", "Login 5555. Nobody must act.", ["2"]],
      ["Institution 101732", "Login 1111. 1 account needs somebody to act.", ["4"]],
      ["Institution not sent", "Nobody must act.", ["5"]],
    ]);
    expect(groupsByActor([row("1"), row("2", { verdict: "failed", after: { statusCode: 185 } })]).map(({ words }) => words))
      .toEqual(["Customer must act", "Nothing to do"]);
  });

  it("show a balance with the digits of its currency, and as it was sent where it is no amount", () => {
    expect(balanceText({ balance: "-1234567.5", currency: "USD" })).toBe("\u22121,234,567.50");
    expect(balanceText({ balance: "1234567", currency: "JPY" })).toBe("1,234,567");
    expect(balanceText({ balance: "12.5", currency: "BHD" })).toBe("12.500");
    expect(balanceText({ balance: "n/a", currency: "USD" })).toBe("n/a");
    expect(balanceText(undefined)).toBe("—");
  });
});
