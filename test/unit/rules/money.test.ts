import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoney, minorDigits, moneyLiteral, parseDecimalLiteral, parseMoney } from "@contract/rules/money.ts";

const minor = (text: string, currency = "USD") => {
  const parsed = parseMoney(text, currency);
  return parsed.ok ? parsed.amountMinor : parsed.code;
};
const literal = (text: string, currency = "USD") => {
  const parsed = parseDecimalLiteral(text, currency);
  return parsed.ok ? parsed.amountMinor : parsed.code;
};

describe("an amount as typed", () => {
  it.each([
    ["250000", 25_000_000],
    ["250,000.00", 25_000_000],
    [" 1 234.5 ", 123_450],
    ["$1,234.56", 123_456],
    ["1,234.56 USD", 123_456],
    ["US$ 7", 700],
    ["usd 7", 700],
    ["-5", -500],
    ["\u22125.10", -510],
    ["(1,000.00)", -100_000],
    ["($5)", -500],
    ["-$5", -500],
    ["$-5", -500],
    ["5-", -500],
    [".5", 50],
    ["0", 0],
    ["-0", 0],
    ["007", 700],
    ["1\u00A0000\u202F000", 100_000_000],
    ["1'000", 100_000],
    ["90,071,992,547,409.91", Number.MAX_SAFE_INTEGER],
  ])("reads %s", (text, expected) => {
    expect(minor(text)).toBe(expected);
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["1.005", "decimals"],
    ["1.000", "decimals"],
    ["1E3", "exponent"],
    ["1.5e+10", "exponent"],
    ["1.234,56", "decimal-comma"],
    ["12,5", "decimal-comma"],
    ["1.234.567", "decimal-comma"],
    ["1,23,456", "grouping"],
    ["12,34,5", "grouping"],
    ["1,234 567", "grouping"],
    ["5.", "grouping"],
    ["abc", "shape"],
    ["--5", "shape"],
    ["(-5)", "shape"],
    ["5 EUR", "currency-mismatch"],
    ["€5", "currency-mismatch"],
    ["90071992547409.92", "too-large"],
    ["0x10", "shape"],
    ["NaN", "shape"],
    ["Infinity", "shape"],
    ["１２", "shape"],
    ["=1+1", "shape"],
    ["$", "shape"],
  ])("refuses %j as %s", (text, code) => {
    expect(minor(text)).toBe(code);
  });

  it("follows the currency's digits and a decimal comma when told", () => {
    expect(minor("1000", "JPY")).toBe(1000);
    expect(minor("10.5", "JPY")).toBe("decimals");
    expect(minor("1.234", "KWD")).toBe(1234);
    expect(minor("5", "ZZZ")).toBe("currency-unknown");
    expect(parseMoney("1.234,56", "EUR", { decimal: "," })).toEqual({ ok: true, amountMinor: 123_456 });
    expect(minorDigits("USD")).toBe(2);
    expect(minorDigits("usd")).toBeUndefined();
  });
});

describe("an amount as a provider writes it", () => {
  it.each([
    ["24000.00", 2_400_000],
    ["1E3", 100_000],
    ["1.5e+2", 15_000],
    ["-0.5", -50],
    ["999999999.99", 99_999_999_999],
    ["100.0000", 10_000],
    ["12345e-2", 12_345],
    ["0e999", 0],
    ["-0", 0],
    ["0.29", 29],
    ["1.15", 115],
  ])("reads %s exactly", (text, expected) => {
    expect(literal(text)).toBe(expected);
  });

  it.each([
    ["0.001", "decimals"],
    ["1e-3", "decimals"],
    ["1e30", "too-large"],
    ["1e999", "too-large"],
    ["1,000", "shape"],
    ["", "shape"],
    [" 1", "shape"],
    ["NaN", "shape"],
    ["0x1", "shape"],
    [".5", "shape"],
  ])("refuses %j as %s", (text, code) => {
    expect(literal(text)).toBe(code);
  });
});

describe("an amount written out", () => {
  it("has separators, all minor digits and a true minus sign", () => {
    expect(formatMoney(25_000_000, "USD")).toBe("250,000.00");
    expect(formatMoney(-5, "USD")).toBe("\u22120.05");
    expect(formatMoney(1_234_567, "JPY")).toBe("1,234,567");
    expect(formatMoney(1000, "KWD")).toBe("1.000");
    expect(moneyLiteral(25_000_000, "USD")).toBe("250000.00");
    expect(moneyLiteral(-5, "USD")).toBe("-0.05");
    expect(moneyLiteral(1000, "JPY")).toBe("1000");
    expect(() => moneyLiteral(0.5, "USD")).toThrow(RangeError);
    expect(() => moneyLiteral(1, "ZZZ")).toThrow(RangeError);
  });

  it("reads back to the same minor units in every currency", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom("USD", "JPY", "KWD", "CLF"), (amount, currency) => {
        const expected = amount === 0 ? 0 : amount;
        expect(minor(formatMoney(expected, currency), currency)).toBe(expected);
        expect(literal(moneyLiteral(expected, currency), currency)).toBe(expected);
        expect(() => JSON.parse(moneyLiteral(expected, currency)) as unknown).not.toThrow();
      }),
    );
  });

  it("never throws on any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => void [parseMoney(text, "USD"), parseDecimalLiteral(text, "USD")],
      ),
    );
  });
});
