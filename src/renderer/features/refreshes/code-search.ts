import { explainedCodes, meaningOfCode } from "@contract/rules/aggregation/status-codes.ts";
import type { StatusMeaning } from "@contract/rules/aggregation/status-meaning.ts";
import { actorWords } from "./refresh-words.ts";

export type CodeRow = StatusMeaning & { readonly code: number };

const explained: readonly CodeRow[] = explainedCodes.map((code) => ({ ...meaningOfCode(code), code }));

const wordsOf = ({ code, short, meaning, act, doing, category, isConnectFix }: CodeRow): string =>
  [code, short, meaning, actorWords[act], doing, category, isConnectFix ? "connect fix" : ""].join(" ").toLowerCase();

/**
 * The codes whose number or words hold the phrase, else every word of it. A number that no document explains is shown as
 * what it then means.
 */
export function codesMatching(search: string): readonly CodeRow[] {
  const words = search.toLowerCase().split(/\s+/u).filter((word) => word !== "");
  const phrase = explained.filter((row) => wordsOf(row).includes(words.join(" ")));
  const found = phrase.length > 0 ? phrase : explained.filter((row) => words.every((word) => wordsOf(row).includes(word)));
  const exact = found.filter(({ code }) => String(code) === search.trim());
  if (exact.length > 0) return exact;
  const number = /^\d{1,9}$/u.test(search.trim()) ? Number(search.trim()) : undefined;
  return found.length > 0 || number === undefined ? found : [{ ...meaningOfCode(number), code: number }];
}
