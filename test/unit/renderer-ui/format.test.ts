import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ageText,
  amountText,
  counted,
  countText,
  dateTimeText,
  exactDateTimeText,
  spokenMask,
  stalenessOf,
} from "../../../src/renderer/ui/format.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 20, 14, 5);

describe("amounts", () => {
  it.each([
    [0, 2, "0.00"],
    [5, 2, "0.05"],
    [-8_620_411, 2, "\u221286,204.11"],
    [120_655_190, 2, "1,206,551.90"],
    [100_000, 2, "1,000.00"],
    [1234, 0, "1,234"],
    [1_234_567, 3, "1,234.567"],
    [Number.MAX_SAFE_INTEGER, 2, "90,071,992,547,409.91"],
  ])("%i with %i decimals is %s", (amountMinor, digits, text) => {
    expect(amountText(amountMinor, digits)).toBe(text);
  });

  it("keep every digit", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (amountMinor) => {
        const back = Number(amountText(amountMinor).replace("\u2212", "-").replaceAll(/[,.]/gu, ""));
        expect(back).toBe(amountMinor === 0 ? 0 : amountMinor);
      }),
    );
  });

  it("count with the right word", () => {
    expect([counted(1, "entry", "entries"), counted(4812, "account"), countText(0)]).toEqual([
      "1 entry",
      "4,812 accounts",
      "0",
    ]);
  });
});

describe("times", () => {
  it("print the local date with a short month and the time", () => {
    const local = new Date(2026, 8, 5, 9, 7, 3).getTime();
    expect(dateTimeText(local)).toBe("5 Sep 2026, 09:07");
    expect(exactDateTimeText(local)).toMatch(/^5 Sep 2026, 09:07:03 \S+/u);
  });

  it.each([
    [0, "just now"],
    [59_999, "just now"],
    [42 * minute, "42 min ago"],
    [3 * hour + 59 * minute, "3 h ago"],
    [100 * day, "100 d ago"],
    [-hour, "just now"],
  ])("%i ms ago reads %s", (ago, text) => {
    expect(ageText(now - ago, now)).toBe(text);
  });

  it.each([
    [day - 1, false, "fresh", "23 h ago"],
    [day, false, "ageing", "1 d ageing"],
    [7 * day, false, "ageing", "7 d ageing"],
    [7 * day + 1, false, "stale", "7 d stale"],
    [9 * day, false, "stale", "9 d stale"],
    [3 * hour, true, "stale", "3 h stale"],
    [10, true, "stale", "0 min stale"],
  ])("staleness after %i ms, last attempt failed %s, is %s", (ago, failed, kind, text) => {
    expect(stalenessOf(now - ago, now, failed)).toEqual({ kind, text });
  });
});

it("speaks a masked number digit by digit", () => {
  expect(spokenMask("0444")).toBe("masked, ends in 0 4 4 4");
});
