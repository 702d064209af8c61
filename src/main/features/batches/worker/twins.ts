import { bulkCodes } from "@contract/rules/bulk/index.ts";
import { isIncluded, twin, type RowFacts } from "./row-facts.ts";

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

/** Places of accounts that rows contradict each other about, account by account, each in file order. */
function contradictions({ accountIds }: RowFacts, twins: Uint8Array): Iterable<number[]> {
  const byAccount = new Map<number, number[]>();
  twins.forEach((kind, at) => {
    if (kind !== twin.contradicted) return;
    const id = accountIds[at] ?? 0;
    const places = byAccount.get(id);
    if (places === undefined) byAccount.set(id, [at]);
    else places.push(at);
  });
  return byAccount.values();
}

/** Where a person left out every row but those of one meaning, the first of them stands and the others repeat it. */
function keepTheOnlyOne(facts: RowFacts, places: readonly number[], twins: Uint8Array, firsts: Uint32Array): void {
  const meanings = new Set(places.filter((at) => isIncluded(facts, at)).map((at) => facts.signatures[at]));
  if (meanings.size !== 1) return;
  const kept = places.filter((at) => meanings.has(facts.signatures[at]));
  const [standing] = kept;
  if (standing === undefined) return;
  for (const at of places) firsts[at] = standing;
  for (const at of kept) twins[at] = at === standing ? twin.none : twin.repeated;
  firsts[standing] = 0;
}

/**
 * Finds rows that mean the same account, over the whole file, and calls `onMoved` for each place whose standing
 * changes, before it changes. A repetition with the same values is dropped and the first row stands, also where that
 * one is left out; of rows with other values none is sent, until all but those of one meaning are left out.
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
  for (const places of contradictions(facts, twins)) keepTheOnlyOne(facts, places, twins, firsts);
  for (let at = 0; at < facts.length; at += 1) {
    if (facts.twins[at] === twins[at] && facts.twinFirsts[at] === firsts[at]) continue;
    onMoved(at, () => {
      facts.twins[at] = twins[at] ?? 0;
      facts.twinFirsts[at] = firsts[at] ?? 0;
    });
  }
}

export type TwinCode = "CSV-DUPLICATE-ROW" | "CSV-CONFLICTING-ROWS";

/** Whether leaving rows out may change which of others are sent. */
export function hasContradictions({ twins }: RowFacts): boolean {
  return twins.includes(twin.contradicted);
}

/** What the row's twin is, as a problem of the row. */
export function twinAt(facts: RowFacts, at: number): { readonly code: TwinCode; readonly message: string } | undefined {
  const kind = facts.twins[at];
  if (kind === undefined || kind === twin.none) return undefined;
  const first = facts.twinFirsts[at] ?? 0;
  const other = `Row ${(facts.rows[first] ?? 0).toLocaleString("en-US")}`;
  if (kind === twin.repeated) {
    return { code: "CSV-DUPLICATE-ROW", message: `${other} has the same account and the same values; it is sent once.` };
  }
  const fate = facts.twins[first] === twin.none ? "This one is left out." : "Neither is sent; leave one of them out.";
  return { code: "CSV-CONFLICTING-ROWS", message: `${other} has the same account with other values. ${fate}` };
}

/** The sentence for all rows of a kind together. */
export function twinGroupWords(code: TwinCode): string {
  return bulkCodes.find((entry) => entry.code === code)?.what ?? "";
}
