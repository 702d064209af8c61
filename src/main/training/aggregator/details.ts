import { minorToText } from "../shared/amounts.ts";
import type { SeededRandom } from "../shared/random.ts";
import { groupOf } from "./account-types.ts";
import { addedFields, classicFields, fieldWords, type FieldKind, type FieldTable } from "./detail-fields.ts";
import type { Decimal, Detail, DetailValue } from "./records.ts";

const dayS = 86_400;

export function moneyOf(amountMinor: number): Decimal {
  return { decimal: minorToText(amountMinor) };
}

function rateText(random: SeededRandom): string {
  return `${random.int(24)}.${String(random.int(1000)).padStart(3, "0")}`;
}

function makeValue(name: string, kind: FieldKind, random: SeededRandom, nowS: number): DetailValue {
  switch (kind) {
    case "money":
      return moneyOf(random.int(9_000_000));
    case "rate":
      return { decimal: rateText(random) };
    case "rate-text":
      return rateText(random);
    case "past":
      return nowS - (1 + random.int(400)) * dayS;
    case "coming":
      return nowS + (1 + random.int(400)) * dayS;
    case "count":
      return random.int(240);
    case "flag":
      return random.int(2) === 0;
    case "yes-no":
      return random.pick(["Y", "N"]);
    case "words":
      return random.pick(fieldWords[name] ?? ["As agreed"]);
  }
}

const kinds: readonly FieldKind[] = [
  "money", "rate", "rate-text", "past", "coming", "count", "flag", "yes-no", "words",
];

function fill(table: FieldTable, everyField: boolean, random: SeededRandom, nowS: number): Detail {
  const names = kinds.flatMap((kind) => (table[kind] ?? "").split(" ").map((name) => ({ name, kind })));
  const wanted = names.filter(({ name }) => name !== "" && (everyField || random.int(2) === 0));
  return Object.fromEntries(wanted.map(({ name, kind }) => [name, makeValue(name, kind, random, nowS)]));
}

/**
 * The details an account of a type carries: all documented fields when `everyField`, else the first documents' fields
 * and some of the later ones. The two generic investment types have none, or only their cash; unknown types have none.
 */
export function makeDetail(type: string, everyField: boolean, random: SeededRandom, nowS: number): Detail | null {
  const group = groupOf(type);
  if (group === undefined || type === "investmentTaxDeferred") return null;
  const classic = fill(classicFields[group], true, random, nowS);
  if (type === "investment") return classic;
  return { ...classic, ...fill(addedFields[group], everyField, random, nowS) };
}
