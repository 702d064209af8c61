import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detailGroupsOf, positionsOf } from "@contract/rules/aggregation/describe-record.ts";
import { detailFields } from "@contract/rules/aggregation/detail-fields.ts";
import { positionFields } from "@contract/rules/aggregation/position-fields.ts";
import { shownValue } from "@contract/rules/aggregation/shown-value.ts";
import { addedFields, classicFields } from "../../../src/main/training/aggregator/detail-fields.ts";

const plain = (shown: string) => shown.replaceAll(",", "").replace("\u2212", "-");

describe("an amount", () => {
  it.each([
    ["1266.49", "1,266.49"],
    ["-1547.62", "\u22121,547.62"],
    ["1234567", "1,234,567.00"],
    ["0", "0.00"],
    ["-0.0", "0.00"],
    ["1E3", "1,000.00"],
    ["1.5e-3", "0.0015"],
    [".5", "0.50"],
    ["90071992547409.93", "90,071,992,547,409.93"],
    ["12345678901234567890.12345", "12,345,678,901,234,567,890.12345"],
    ["24000.5000", "24,000.50"],
  ])("%s is shown as %s", (raw, text) => {
    expect(shownValue(raw, "money", "USD").text).toBe(text);
  });

  it("has the decimals of its currency", () => {
    expect(shownValue("1200", "money", "JPY").text).toBe("1,200");
    expect(shownValue("1.5", "money", "KWD").text).toBe("1.500");
    expect(shownValue("1.5", "money", "???").text).toBe("1.50");
  });

  it.each(["", "n/a", "12,5", "1e999", "--1", "NaN", "0x10", "1.2.3"])("is shown as sent where unreadable: %j", (raw) => {
    expect(shownValue(raw, "money", "USD")).toEqual({ kind: "text", text: raw });
  });

  it("never changes by a digit", () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${String(length)}}$`, "u"));
    fc.assert(
      fc.property(fc.boolean(), digits(30), fc.option(digits(12), { nil: undefined }), (negative, whole, fraction) => {
        const raw = `${negative ? "-" : ""}${whole}${fraction === undefined ? "" : `.${fraction}`}`;
        const shown = plain(shownValue(raw, "money", "USD").text);
        const scaled = (text: string) => {
          const [left = "", right = ""] = text.replace("-", "").split(".");
          return BigInt(left + right.padEnd(20, "0"));
        };
        expect(scaled(shown)).toBe(scaled(raw));
        expect(shown.startsWith("-")).toBe(negative && scaled(raw) !== 0n);
        expect(plain(shownValue(raw, "number").text).replace(/^-/u, "")).toBe(
          raw.replace(/^-/u, "").replace(/^0+(?=\d)/u, ""),
        );
      }),
    );
  });
});

describe("other values", () => {
  it("keep their unit, or show what was sent", () => {
    expect(shownValue("15.789", "percent").text).toBe("15.789%");
    expect(shownValue("3.9%", "percent").text).toBe("3.9%");
    expect(shownValue("1422421087", "date")).toMatchObject({ kind: "date", atMs: 1_422_421_087_000 });
    expect(shownValue("2027-01-15", "date")).toEqual({ kind: "text", text: "2027-01-15" });
    expect(shownValue("20270115", "date")).toEqual({ kind: "text", text: "20270115" });
    expect(shownValue("0", "date")).toEqual({ kind: "text", text: "0" });
    expect(["Y", "true", "N", "F", "maybe"].map((raw) => shownValue(raw, "yes-no").text)).toEqual([
      "Yes", "Yes", "No", "No", "maybe",
    ]);
    expect(shownValue("A-20180815-01", "id").text).toBe("A-20180815-01");
  });
});

const documented = [classicFields, addedFields].flatMap((byGroup) =>
  Object.values(byGroup).flatMap((table) => Object.values(table).flatMap((names) => names.split(" "))),
);

describe("details", () => {
  it("know every documented key", () => {
    expect(documented.filter((key) => !detailFields.has(key))).toEqual([]);
    expect(documented.length).toBeGreaterThan(100);
  });

  it("put unknown keys under Other with readable labels, dates as dates", () => {
    const groups = detailGroupsOf(
      { petName: "Rex", interestRate: "15.789", vetVisitDate: "1422421087", availableBalanceAmount: "10" },
      "USD",
    );
    expect(groups.map(({ title }) => title)).toEqual(["Balances", "Rates and interest", "Other"]);
    expect(groups.at(-1)?.fields).toEqual([
      { key: "petName", label: "Pet name", value: { kind: "text", text: "Rex" } },
      { key: "vetVisitDate", label: "Vet visit date", value: { kind: "date", text: "1422421087", atMs: 1_422_421_087_000 } },
    ]);
  });

  it("show every key once, whatever the provider sends", () => {
    const key = fc.oneof(fc.constantFrom(...documented), fc.string({ maxLength: 30 }), fc.constant("__proto__"));
    const record = fc.array(fc.tuple(key, fc.string({ maxLength: 30 }))).map((pairs) => {
      const made: Record<string, string> = Object.create(null) as Record<string, string>;
      for (const [name, value] of pairs) made[name] = value;
      return made;
    });
    fc.assert(
      fc.property(record, fc.option(fc.string({ maxLength: 4 }), { nil: undefined }), (detail, currency) => {
        const shown = detailGroupsOf(detail, currency).flatMap(({ fields }) => fields.map((field) => field.key));
        expect(shown.toSorted()).toEqual(Object.keys(detail).toSorted());
        const table = positionsOf([detail, {}], currency);
        const repeats = detail["description"] === detail["securityName"];
        const keys = Object.keys(detail).filter((name) => !(repeats && name === "description"));
        expect(table.columns.map((column) => column.key).toSorted()).toEqual(keys.toSorted());
        expect(table.rows.map((row) => row.length)).toEqual([table.columns.length, table.columns.length]);
      }),
    );
  });
});

describe("positions", () => {
  it("are a table of every key that a holding has, documented columns first", () => {
    const table = positionsOf(
      [
        { zodiac: "leo", units: "12.34567890", symbol: "BTC", marketValue: "100", securityCurrency: "JPY" },
        { symbol: "ETH", costBasis: "-1.5" },
      ],
      "USD",
    );
    expect(table.columns.map(({ label }) => label)).toEqual([
      "Symbol", "Units", "Market value", "Cost basis", "Currency", "Zodiac",
    ]);
    expect(table.rows[0]?.map((value) => value?.text)).toEqual(["BTC", "12.34567890", "100", undefined, "JPY", "leo"]);
    expect(table.rows[1]?.map((value) => value?.text)).toEqual([
      "ETH", undefined, undefined, "\u22121.50", undefined, undefined,
    ]);
    expect(positionFields.size).toBe(34);
  });

  it("say what a security is called once, and keep a description that says more", () => {
    const fund = { securityName: "Prime Money Fund", description: "Prime Money Fund" };
    const labels = (...held: Record<string, string>[]) => positionsOf(held, "USD").columns.map(({ label }) => label);
    expect(labels(fund, { securityName: "Granite Solar Inc." })).toEqual(["Security"]);
    expect(labels(fund, { securityName: "Granite Solar Inc.", description: "Call 40" })).toEqual(["Security", "Description"]);
    expect(labels({ description: "BTC wallet" })).toEqual(["Description"]);
  });
});
