import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "../../../src/main/core/canonical-json.ts";

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, shuffled(item)]),
  );
}

it("gives equal values the same text whatever the order of their keys, and loses nothing", () => {
  const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes("__proto__"));
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(shuffled(value))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it("refuses what JSON cannot carry", () => {
  expect(() => canonicalJson({ amount: Number.NaN })).toThrow(TypeError);
  expect(() => canonicalJson({ id: 1n })).toThrow(TypeError);
});
