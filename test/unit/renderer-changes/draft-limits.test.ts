import { describe, expect, it } from "vitest";
import { draftLimits } from "../../../src/renderer/features/changes/draft-limits.ts";

describe("what a draft can hold", () => {
  it("finds nothing in what fits", () => {
    expect(draftLimits({ proposed: { accountName: "x".repeat(200), reason: "y".repeat(1000) } })).toEqual([]);
  });

  it("names each field that is too long, with its length and what fits, in words", () => {
    const found = draftLimits({ proposed: { accountName: "x".repeat(5000), costCenter: "1".repeat(101), currency: "USD" } });
    expect(found.map((issue) => [issue.path, issue.severity])).toEqual([
      ["accountName", "error"],
      ["costCenter", "error"],
    ]);
    expect(found[0]?.message).toBe("Account name has 5,000 characters; a draft holds at most 200.");
    expect(found[1]?.message).toBe("Cost center has 101 characters; a draft holds at most 100.");
  });

  it("has one sentence for a list that holds too much", () => {
    const found = draftLimits({ proposed: { secCodes: Array.from({ length: 101 }, (_, at) => `C${String(at)}`) } });
    expect(found.map((issue) => issue.message)).toEqual(["SEC codes is more than a draft can hold. Shorten it."]);
  });
});
