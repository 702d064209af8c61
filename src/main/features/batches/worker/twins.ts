import { bulkCodes } from "@contract/rules/bulk/index.ts";
import { twin, type RowFacts } from "./row-facts.ts";

/** Finds, for each account, the place that had it first, in little memory: an open table of places. */
function createFirstPlaces(facts: RowFacts): (at: number) => number | undefined {
  let size = 1024;
  while (size < facts.length * 2) size *= 2;
  const places = new Int32Array(size).fill(-1);
  return (at) => {
    const id = facts.accountIds[at] ?? 0;
    let slot = Math.imul(id | 0, 2_654_435_761) >>> 0;
    for (slot &= size - 1; ; slot = (slot + 1) & (size - 1)) {
      const place = places[slot] ?? -1;
      if (place === -1) {
        places[slot] = at;
        return undefined;
      }
      if (facts.accountIds[place] === id) return place;
    }
  };
}

/**
 * Finds rows that mean the same account, over the whole file, and calls `onMoved` for each place whose standing
 * changes, before it changes. A repetition with the same values is dropped and the first row stands; with other values
 * neither is sent.
 */
export function findTwins(facts: RowFacts, onMoved: (at: number, apply: () => void) => void): void {
  const twins = new Uint8Array(facts.length);
  const firsts = new Uint32Array(facts.length);
  const firstPlace = createFirstPlaces(facts);
  for (let at = 0; at < facts.length; at += 1) {
    if (facts.accountIds[at] === 0) continue;
    const first = firstPlace(at);
    if (first === undefined) continue;
    firsts[at] = first;
    twins[at] = facts.signatures[first] === facts.signatures[at] ? twin.repeated : twin.contradicted;
    if (twins[at] === twin.contradicted && twins[first] === twin.none) {
      twins[first] = twin.contradicted;
      firsts[first] = at;
    }
  }
  for (let at = 0; at < facts.length; at += 1) {
    if (twins[at] === twin.repeated && twins[firsts[at] ?? 0] === twin.contradicted) twins[at] = twin.contradicted;
  }
  for (let at = 0; at < facts.length; at += 1) {
    if (facts.twins[at] === twins[at] && facts.twinFirsts[at] === firsts[at]) continue;
    onMoved(at, () => {
      facts.twins[at] = twins[at] ?? 0;
      facts.twinFirsts[at] = firsts[at] ?? 0;
    });
  }
}

export type TwinCode = "CSV-DUPLICATE-ROW" | "CSV-CONFLICTING-ROWS";

/** What the row's twin is, as a problem of the row. */
export function twinAt(facts: RowFacts, at: number): { readonly code: TwinCode; readonly message: string } | undefined {
  const kind = facts.twins[at];
  if (kind === undefined || kind === twin.none) return undefined;
  const other = `Row ${(facts.rows[facts.twinFirsts[at] ?? 0] ?? 0).toLocaleString("en-US")}`;
  return kind === twin.repeated
    ? { code: "CSV-DUPLICATE-ROW", message: `${other} has the same account and the same values; it is sent once.` }
    : {
        code: "CSV-CONFLICTING-ROWS",
        message: `${other} has the same account with other values. Neither is sent; keep one of them.`,
      };
}

/** The sentence for all rows of a kind together. */
export function twinGroupWords(code: TwinCode): string {
  return bulkCodes.find((entry) => entry.code === code)?.what ?? "";
}
