import { checkAba } from "../aba.ts";
import { parseJsonText } from "../json-text.ts";
import { sign, signsOf } from "./cell-signs.ts";
import { type DamageContext, repairsOnlyToKnown } from "./damage-context.ts";
import type { BulkCode, CellFinding } from "./names.ts";
import { targetFacts } from "./targets.ts";

/** What a spreadsheet did to a cell. */
export const damageKinds = [
  "error-value", "equals-quote-wrapper", "apostrophe-prefix", "spaces", "smart-quotes", "scientific-notation",
  "dated-code", "thousands", "trailing-point-zero", "rounded-15-digits", "lost-leading-zeros",
] as const;
export type DamageKind = (typeof damageKinds)[number];

/**
 * `undo` is there only when the original follows from the cell without guessing; it may be a whole account number.
 * `message` is a whole sentence that never holds the cell.
 */
export interface Damage {
  readonly kind: DamageKind;
  readonly code: BulkCode;
  readonly undo?: string;
  readonly message: string;
}

const errorValue = /^(?:#(?:N\/A|NAME\?|REF!|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|BUSY!|FIELD!)|#{2,})$/u;
const wrapper = /^="((?:[^"]|"")*)"$/su;
const scientific = /^[+-]?\d(?:[.,]\d+)?E[+-]\d{2,3}$/iu;
const month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*";
const dates = [
  new RegExp(`^\\d{1,2}-${month}(?:-(?:\\d{2}|\\d{4}))?$`, "iu"),
  new RegExp(`^${month}-\\d{2,4}$`, "iu"),
  /^(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|[12]\d|3[01])\/(?:\d{2}|(?:19|20)\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?$/u,
  /^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[ T]00:00:00)?$/u,
];
const pointDate = /^(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d{2}$/u;
const grouped = /^\d{1,3}(?:,\d{3})+$/u;
const pointZero = /^(\d{1,15})\.0$/u;
const oddSpace = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u2060\u3000\uFEFF\u00AD]/u;
const invisible = /[\u200B\u2060\uFEFF\u00AD]/gu;
const wideSpace = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/gu;
const oddSpaceInAmount = /[\u200B\u2060\uFEFF\u00AD\u1680\u2000-\u2008\u200A\u205F\u3000]/u;
const curlyQuotes = /[\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F\u2032\u2033]/u;

function damage(kind: DamageKind, code: BulkCode, message: string, undo?: string): Damage {
  return undo === undefined ? { kind, code, message } : { kind, code, message, undo };
}

function isDigits(signs: number): boolean {
  return signs === sign.digit;
}

function errorDamage(cell: string, label: string): Damage | undefined {
  if (!errorValue.test(cell)) return undefined;
  const message = `${label} holds a spreadsheet's error mark. The value is not in the file; export it again as text.`;
  return damage("error-value", "CSV-DAMAGE-ERROR-VALUE", message);
}

function wrapperDamage(cell: string, label: string): Damage | undefined {
  const inner = wrapper.exec(cell)?.[1];
  if (inner === undefined) return undefined;
  const message = `${label} is wrapped as ="…", which is a spreadsheet's formula. The value inside can be used.`;
  return damage("equals-quote-wrapper", "CSV-DAMAGE-WRAPPER", message, inner.replaceAll('""', '"'));
}

function apostropheDamage(cell: string, context: DamageContext, label: string): Damage | undefined {
  const rest = cell.slice(1);
  if (!cell.startsWith("'") || rest === "" || rest.includes("'")) return undefined;
  if (context.shape === "prose" && !isDigits(signsOf(rest))) return undefined;
  const message = `${label} begins with an apostrophe, as spreadsheets mark text. The value without it can be used.`;
  return damage("apostrophe-prefix", "CSV-DAMAGE-APOSTROPHE", message, rest);
}

function spacesDamage(cell: string, context: DamageContext, label: string): Damage | undefined {
  const odd = context.shape === "money" ? oddSpaceInAmount : oddSpace;
  if (context.shape === "json" || !odd.test(cell)) return undefined;
  const plain = cell.replace(invisible, "").replace(wideSpace, " ");
  const message = `${label} holds no-break or invisible spaces. They can be replaced.`;
  if (context.shape === "prose") return damage("spaces", "CSV-TEXT-SPACES", message, plain);
  return damage("spaces", "CSV-DAMAGE-SPACES", message, context.shape === "identifier" ? plain.trim() : plain);
}

function quotesDamage(cell: string, context: DamageContext, label: string): Damage | undefined {
  if (context.shape === "money" || !curlyQuotes.test(cell)) return undefined;
  const straight = cell.replace(/[\u201C-\u201F\u2033]/gu, '"').replace(/[\u2018-\u201B\u2032]/gu, "'");
  if (context.shape === "json") {
    if (parseJsonText(cell).ok || !parseJsonText(straight).ok) return undefined;
    const message = `${label} has curly quotation marks where JSON needs straight ones. They can be replaced.`;
    return damage("smart-quotes", "CSV-DAMAGE-QUOTES", message, straight);
  }
  const message = `${label} has curly quotation marks. They can be replaced by straight ones.`;
  if (context.shape === "prose") return damage("smart-quotes", "CSV-TEXT-QUOTES", message, straight);
  const inner = /^"([^"']+)"$/u.exec(straight)?.[1];
  const where = `${label} has curly quotation marks, which do not belong there.`;
  return damage("smart-quotes", "CSV-DAMAGE-QUOTES", where, inner);
}

function scientificDamage(cell: string, label: string): Damage | undefined {
  if (!scientific.test(cell)) return undefined;
  const message =
    `${label} is in scientific notation, as spreadsheets write long numbers. ` +
    "The missing digits cannot be recovered; export the file again as text.";
  return damage("scientific-notation", "CSV-DAMAGE-SCIENTIFIC", message);
}

function dateDamage(cell: string, context: DamageContext, label: string): Damage | undefined {
  const isDate = context.shape === "identifier" && pointDate.test(cell);
  if ((!isDate && !dates.some((date) => date.test(cell))) || context.isKnownValue?.(cell) === true) return undefined;
  const message = `${label} looks like a code turned into a date. The code is lost; export the file again as text.`;
  return damage("dated-code", "CSV-DAMAGE-DATE", message);
}

function pointDamage(cell: string, context: DamageContext, label: string): Damage | undefined {
  const digits = pointZero.exec(cell)?.[1];
  if (digits === undefined || (context.shape === "code" && context.hasFractions)) return undefined;
  if (context.isKnownValue?.(cell) === true) return undefined;
  const message = `${label} ends in .0, as spreadsheets write numbers. The value without it can be used.`;
  return damage("trailing-point-zero", "CSV-DAMAGE-POINT-ZERO", message, digits);
}

function groupedDamage(cell: string, label: string): Damage | undefined {
  if (!grouped.test(cell)) return undefined;
  const message = `${label} has thousands separators. The digits without them can be used.`;
  return damage("thousands", "CSV-DAMAGE-THOUSANDS", message, cell.replaceAll(",", ""));
}

function roundedDamage(cell: string, context: DamageContext, label: string): Damage | undefined {
  if (cell.length < 16 || !/^0+$/u.test(cell.slice(15)) || /^0+$/u.test(cell)) return undefined;
  if (context.keepsLongNumbers && cell.length < 18) return undefined;
  if (context.isKnownValue?.(cell) === true) return undefined;
  const message =
    `${label} has only zeros after its fifteenth digit, as spreadsheets round long numbers. ` +
    "The missing digits cannot be recovered; export the file again as text.";
  return damage("rounded-15-digits", "CSV-DAMAGE-ROUNDED", message);
}

function routingZeros(cell: string, context: DamageContext, label: string): Damage | undefined {
  if ((cell.length !== 7 && cell.length !== 8) || cell.startsWith("0")) return undefined;
  const filled = cell.padStart(9, "0");
  if (!checkAba(filled).ok || context.isKnownValue?.(cell) === true) return undefined;
  const message = `${label} lost its leading zero: with it, it has nine digits and its checksum is right.`;
  return damage("lost-leading-zeros", "CSV-DAMAGE-ZEROS", message, filled);
}

function zerosDamage(cell: string, context: DamageContext, label: string): Damage | undefined {
  if (context.target === "routingNumber") return routingZeros(cell, context, label);
  const { expected } = context;
  if (expected === undefined || cell.length >= expected.length || cell.startsWith("0")) return undefined;
  if (context.isKnownValue?.(cell) === true) return undefined;
  const filled = cell.padStart(expected.length, "0");
  if (repairsOnlyToKnown(context) && context.isKnownValue?.(filled) !== true) return undefined;
  const lost = `${label} seems to have lost leading zeros: the others have ${String(expected.length)} digits.`;
  return expected.sure
    ? damage("lost-leading-zeros", "CSV-DAMAGE-ZEROS", `${lost} They can be put back.`, filled)
    : damage("lost-leading-zeros", "CSV-DAMAGE-ZEROS", `${lost} Export the file again as text.`);
}

function digitDamage(cell: string, context: DamageContext, label: string): Damage | undefined {
  const { shape } = context;
  const mayRound = shape === "identifier" || shape === "code";
  return (
    (mayRound ? roundedDamage(cell, context, label) : undefined) ??
    (shape === "identifier" ? zerosDamage(cell, context, label) : undefined)
  );
}

const numberSigns = sign.digit | sign.point | sign.comma;

/**
 * What a spreadsheet did to this cell, or undefined. Only the first damage is told: after a repair the cell is judged
 * again. Texts for people are left alone but for odd spaces and curly quotes (warnings); amounts may have decimals,
 * separators and no-break spaces; a value the cache holds is never damaged.
 */
export function damageOf(cell: string, context: DamageContext): Damage | undefined {
  const signs = signsOf(cell);
  if ((signs & ~(sign.letter | sign.other)) === 0) return undefined;
  const { shape, target } = context;
  const { label } = targetFacts(target);
  if (isDigits(signs)) return digitDamage(cell, context, label);
  if ((signs & sign.hash) !== 0) {
    const found = errorDamage(cell, label);
    if (found !== undefined) return found;
  }
  if ((signs & sign.quoteMark) !== 0) {
    const found = wrapperDamage(cell, label) ?? apostropheDamage(cell, context, label);
    if (found !== undefined) return found;
  }
  if ((signs & sign.beyondAscii) !== 0) {
    const found = spacesDamage(cell, context, label) ?? quotesDamage(cell, context, label);
    if (found !== undefined) return found;
  }
  if (shape === "json" || (signs & sign.digit) === 0) return undefined;
  if ((signs & sign.plusMinus) !== 0 && (signs & sign.letter) !== 0) {
    const found = scientificDamage(cell, label);
    if (found !== undefined) return found;
  }
  const isOnlyNumber = (signs & ~numberSigns) === 0;
  if ((signs & (sign.plusMinus | sign.slash)) !== 0 || (isOnlyNumber && shape === "identifier")) {
    const mayBeDate = shape === "identifier" || shape === "code" || shape === "money";
    const found = mayBeDate ? dateDamage(cell, context, label) : undefined;
    if (found !== undefined) return found;
  }
  if (!isOnlyNumber || shape === "money" || shape === "prose") return undefined;
  return (shape === "identifier" ? groupedDamage(cell, label) : undefined) ?? pointDamage(cell, context, label);
}

/** The damage as a problem of its cell: what can be undone is offered as the fix. */
export function damageFinding({ code, message, undo }: Damage): CellFinding {
  return undo === undefined ? { code, message } : { code, message, fix: undo };
}
