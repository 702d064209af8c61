import { normaliseSecCodes } from "../sec-codes.ts";
import type { CellFinding } from "./names.ts";

export type CodeList =
  | { readonly ok: true; readonly codes: string[] }
  | { readonly ok: false; readonly problem: CellFinding };

const signs = /^[+\-\u2212]/u;
const mostCodes = 100;
const longestCode = 20;

function problem(code: CellFinding["code"], message: string): CodeList {
  return { ok: false, problem: { code, message } };
}

function applied(items: readonly string[], known: readonly string[]): CodeList {
  const added = normaliseSecCodes(items.filter((item) => item.startsWith("+")).map((item) => item.slice(1)));
  const removed = normaliseSecCodes(items.filter((item) => !item.startsWith("+")).map((item) => item.slice(1)));
  if (added.length + removed.length === 0 || items.some((item) => item.length === 1)) {
    return problem("CSV-LIST-MIXED", "A sign stands without a SEC code. Write +WEB or -TEL.");
  }
  if (added.some((code) => removed.includes(code))) {
    return problem("CSV-LIST-BOTH-WAYS", "A SEC code is both added and removed. Keep one of the two.");
  }
  const kept = normaliseSecCodes(known).filter((code) => !removed.includes(code));
  return { ok: true, codes: normaliseSecCodes([...kept, ...added]) };
}

/** The codes of a list such as CCD|PPD, three capitals each; undefined for anything written otherwise. */
function plainCodes(text: string): string[] | undefined {
  if (text.length % 4 !== 3 || text.length >= 4 * mostCodes) return undefined;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (at % 4 === 3 ? unit !== 124 : unit < 65 || unit > 90) return undefined;
  }
  const codes: string[] = [];
  for (let at = 0; at < text.length; at += 4) {
    const code = text.slice(at, at + 3);
    if (!codes.includes(code)) codes.push(code);
  }
  return codes;
}

/**
 * Reads a list of SEC codes. `CCD|PPD` is the whole new list; `+WEB` adds to and `-TEL` removes from the last known
 * codes, which then must be known. Codes may also be divided by comma, semicolon or blank; they come out upper case,
 * once each, known ones first. Whole lists and signs do not mix.
 */
export function readCodeList(text: string, known: readonly string[] | undefined): CodeList {
  const plain = plainCodes(text);
  if (plain !== undefined) return { ok: true, codes: plain };
  const items = text.split(/[|;,\s]+/u).filter((item) => item !== "");
  if (items.length > mostCodes || items.some((item) => item.length > longestCode)) {
    return problem("CSV-LIST-LONG", "The list holds more, or longer, SEC codes than an update can hold.");
  }
  const signed = items.filter((item) => signs.test(item)).length;
  if (signed === 0) return { ok: true, codes: normaliseSecCodes(items) };
  if (signed < items.length) {
    const message = "SEC codes are either the whole list (CCD|PPD) or only additions and removals (+WEB|-TEL).";
    return problem("CSV-LIST-MIXED", message);
  }
  if (known === undefined) {
    const message = "The last known SEC codes are unknown, so nothing can be added or removed. Write the whole list.";
    return problem("CSV-LIST-UNKNOWN", message);
  }
  const result = applied(items, known);
  if (result.ok && result.codes.length > mostCodes) {
    return problem("CSV-LIST-LONG", "The list holds more, or longer, SEC codes than an update can hold.");
  }
  return result;
}
