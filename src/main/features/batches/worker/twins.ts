import { bulkCodes } from "@contract/rules/bulk/index.ts";
import { isBlocked, isIncluded, twin, type RowFacts } from "./row-facts.ts";

interface FirstPlaces {
  /** The place that stands for the account so far; `at` itself, noted, when there was none. */
  readonly of: (at: number) => number;
  /** Lets `at` stand for its account from now on. */
  readonly put: (at: number) => void;
}

/** For each account the place that stands for it, in little memory: an open table of places. */
function createFirstPlaces(facts: RowFacts): FirstPlaces {
  let size = 1024;
  while (size < facts.length * 2) size *= 2;
  const places = new Int32Array(size).fill(-1);
  const slotOf = (at: number): number => {
    const id = facts.accountIds[at] ?? 0;
    let slot = Math.imul(id | 0, 2_654_435_761) >>> 0;
    for (slot &= size - 1; ; slot = (slot + 1) & (size - 1)) {
      const place = places[slot] ?? -1;
      if (place === -1 || facts.accountIds[place] === id) return slot;
    }
  };
  return {
    of: (at) => {
      const slot = slotOf(at);
      const place = places[slot] ?? -1;
      if (place !== -1) return place;
      places[slot] = at;
      return at;
    },
    put: (at) => {
      places[slotOf(at)] = at;
    },
  };
}

/**
 * Finds rows that mean the same account, over the whole file, and calls `onMoved` for each place whose standing
 * changes, before it changes. Rows that are left out do not count. A repetition with the same values is dropped and the
 * first row that is not blocked stands; with other values neither is sent.
 */
export function findTwins(facts: RowFacts, onMoved: (at: number, apply: () => void) => void): void {
  const twins = new Uint8Array(facts.length);
  const firsts = new Uint32Array(facts.length);
  const firstPlaces = createFirstPlaces(facts);
  for (let at = 0; at < facts.length; at += 1) {
    if (facts.accountIds[at] === 0 || !isIncluded(facts, at)) continue;
    const first = firstPlaces.of(at);
    if (first === at) continue;
    const isRepeated = facts.signatures[first] === facts.signatures[at];
    if (isRepeated && isBlocked(facts, first) && !isBlocked(facts, at)) {
      twins[at] = twins[first] ?? twin.none;
      firsts[at] = firsts[first] ?? 0;
      if (twins[first] === twin.none) {
        twins[first] = twin.repeated;
        firsts[first] = at;
      }
      firstPlaces.put(at);
      continue;
    }
    firsts[at] = first;
    twins[at] = isRepeated ? twin.repeated : twin.contradicted;
    if (twins[at] === twin.contradicted && twins[first] === twin.none) {
      twins[first] = twin.contradicted;
      firsts[first] = at;
    }
  }
  for (let at = 0; at < facts.length; at += 1) {
    if (twins[at] !== twin.repeated) continue;
    const first = firsts[at] ?? 0;
    if (twins[first] === twin.repeated) firsts[at] = firsts[first] ?? 0;
    if (twins[firsts[at] ?? 0] === twin.contradicted) twins[at] = twin.contradicted;
  }
  for (let at = 0; at < facts.length; at += 1) {
    if (facts.twins[at] === twins[at] && facts.twinFirsts[at] === firsts[at]) continue;
    onMoved(at, () => {
      facts.twins[at] = twins[at] ?? 0;
      facts.twinFirsts[at] = firsts[at] ?? 0;
    });
  }
}

/** Whether other rows may mean the accounts of these places; sure only of few places, for the sake of time. */
export function mayHaveTwins({ accountIds }: RowFacts, places: readonly number[]): boolean {
  if (places.length > 16) return true;
  return places.some((at) => {
    const id = accountIds[at] ?? 0;
    return id !== 0 && accountIds.indexOf(id) !== accountIds.lastIndexOf(id);
  });
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
