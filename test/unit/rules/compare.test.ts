import { describe, expect, it } from "vitest";
import { compareSent, conflictsOf } from "@contract/rules/compare.ts";
import type { FinzlyUpdate, KnownFields } from "@contract/rules/field-types.ts";
import { read } from "./case-builders.ts";

const wrote = (value: string | number | string[]) => ({ value, source: "vostro-wrote" as const, atMs: 1 });
const byHand = (value: string | number) => ({ value, source: "entered-by-hand" as const, atMs: 1 });
const verdict = (
  update: FinzlyUpdate, base: KnownFields, now: KnownFields,
) => compareSent({ update, base, now }).verdict;

describe("judging an unclear outcome by reading again", () => {
  const update = { creditExposureLimit: 400, secCodes: ["CCD"], costCenter: "7" };
  const base = { creditExposureLimit: read(250), costCenter: read("6"), secCodes: wrote(["PPD"]) };

  it("is applied when the readable fields hold what was sent", () => {
    const compared = compareSent({ update, base, now: { creditExposureLimit: read(400), costCenter: read("7") } });
    expect(compared.verdict).toBe("applied");
    expect(compared.fields).toEqual([
      { field: "costCenter", sent: "7", now: "7", verdict: "as-sent" },
      { field: "creditExposureLimit", sent: 400, now: 400, verdict: "as-sent" },
      { field: "secCodes", sent: ["CCD"], verdict: "not-readable" },
    ]);
  });

  it("is not applied only when every readable field stands at its base", () => {
    expect(verdict(update, base, { creditExposureLimit: read(250), costCenter: read("6") })).toBe("not-applied");
    expect(
      verdict(update, base, { creditExposureLimit: read(250), costCenter: read("7") }),
    ).toBe("changed-by-someone-else");
    expect(
      verdict(update, base, { creditExposureLimit: read(300), costCenter: read("6") }),
    ).toBe("changed-by-someone-else");
    const halfKnown = { creditExposureLimit: read(250) };
    expect(verdict(update, halfKnown, { creditExposureLimit: read(250), costCenter: read("6") })).toBe("cannot-tell");
  });

  it("cannot tell without evidence", () => {
    expect(verdict(update, base, {})).toBe("cannot-tell");
    expect(verdict(update, base, { secCodes: wrote(["CCD"]) })).toBe("cannot-tell");
    expect(verdict(update, {}, { creditExposureLimit: read(400) })).toBe("cannot-tell");
    expect(verdict({ costCenter: "6" }, { costCenter: read("6") }, { costCenter: read("6") })).toBe("cannot-tell");
    expect(verdict({ costCenter: "7" }, { costCenter: byHand("6") }, { costCenter: read("6") })).toBe("cannot-tell");
  });

  it("flags what the provider ignored or changed", () => {
    const now = { creditExposureLimit: read(250), costCenter: read("9") };
    const verdicts = compareSent({ update, base, now }).fields.map((field) => field.verdict);
    expect(verdicts).toEqual(["changed", "ignored", "not-readable"]);
  });

  it("lets a note and a forced default offset speak only for the write", () => {
    const sent = { costCenter: "7", defaultOffset: "No", reason: "Moved" };
    const before = { costCenter: read("6"), defaultOffset: read("No"), reason: read("Old") };
    expect(
      verdict(sent, before, { costCenter: read("7"), defaultOffset: read("Yes"), reason: read("Old") }),
    ).toBe("applied");
    expect(verdict({ reason: "Moved" }, before, { reason: read("Old") })).toBe("cannot-tell");
    expect(verdict({ secCodes: ["CCD"], reason: "Moved" }, before, { reason: read("Moved") })).toBe("applied");
  });

  it("compares masked numbers by the characters that show", () => {
    const masked = (value: string) => ({ ...read(value), masked: true });
    const number = { accountNumber: "0012349999" };
    expect(verdict(number, { accountNumber: masked("4444") }, { accountNumber: masked("9999") })).toBe("applied");
    expect(verdict(number, { accountNumber: masked("4444") }, { accountNumber: masked("4444") })).toBe("not-applied");
    expect(verdict(number, { accountNumber: masked("9999") }, { accountNumber: masked("9999") })).toBe("cannot-tell");
  });
});

describe("conflicts before sending", () => {
  it("are the fields being changed that moved since the base was read", () => {
    const update = { costCenter: "7", creditExposureLimit: 400, secCodes: ["CCD"], reason: "x" };
    const base = { costCenter: read("6"), creditExposureLimit: read(250), reason: read("a"), accountName: read("A") };
    const now = { costCenter: read("8"), creditExposureLimit: read(250), reason: read("b"), accountName: read("B") };
    expect(conflictsOf({ update, base, now })).toEqual(["costCenter"]);
    expect(conflictsOf({ update, base, now: {} })).toEqual([]);
    expect(conflictsOf({ update, base, now: { costCenter: wrote("8") } })).toEqual([]);
  });

  it("counts somebody having made the same change, and an unknown base unless it now equals the proposal", () => {
    const update = { costCenter: "7" };
    expect(
      conflictsOf({ update, base: { costCenter: read("6") }, now: { costCenter: read("7") } }),
    ).toEqual(["costCenter"]);
    expect(conflictsOf({ update, base: {}, now: { costCenter: read("6") } })).toEqual(["costCenter"]);
    expect(conflictsOf({ update, base: {}, now: { costCenter: read("7") } })).toEqual([]);
  });
});
