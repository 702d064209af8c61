import { buckets, type Bucket, type RiskClass } from "@contract";

const risks = ["low", "medium", "high"] as const satisfies readonly RiskClass[];
const noIncrease = -2_147_483_648;

/** What lists, counts and filters need of every row, kept in memory as plain numbers. */
export interface RowFacts {
  /** How many rows there are; every array has this length. Rows stand in file order. */
  readonly length: number;
  readonly rows: Uint32Array;
  readonly accountIds: Float64Array;
  readonly signatures: Float64Array;
  readonly fields: Uint32Array;
  readonly increases: Int32Array;
  readonly bases: Uint8Array;
  readonly twins: Uint8Array;
  readonly twinFirsts: Uint32Array;
  readonly flags: Uint8Array;
}

const flag = { included: 1, large: 2, risk: 12 } as const;
/** How a row stands to an earlier or later one of the same account. */
export const twin = { none: 0, repeated: 1, contradicted: 2 } as const;

export function emptyFacts(length: number): RowFacts {
  return {
    length,
    rows: new Uint32Array(length),
    accountIds: new Float64Array(length),
    signatures: new Float64Array(length),
    fields: new Uint32Array(length),
    increases: new Int32Array(length).fill(noIncrease),
    bases: new Uint8Array(length),
    twins: new Uint8Array(length),
    twinFirsts: new Uint32Array(length),
    flags: new Uint8Array(length).fill(flag.included),
  };
}

const arrays = [
  "accountIds",
  "signatures",
  "rows",
  "fields",
  "increases",
  "twinFirsts",
  "bases",
  "twins",
  "flags",
] as const;

/** The facts of rows `from` to `to` (not included) as bytes. */
export function factsToBytes(facts: RowFacts, from: number, to: number): Buffer {
  return Buffer.concat(
    arrays.map((name) => {
      const part = facts[name].subarray(from, to);
      return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    }),
  );
}

/** Puts bytes that `factsToBytes` made into their place. */
export function factsFromBytes(facts: RowFacts, from: number, to: number, bytes: Buffer): void {
  let at = 0;
  for (const name of arrays) {
    const part = facts[name].subarray(from, to);
    bytes.copy(Buffer.from(part.buffer, part.byteOffset, part.byteLength), 0, at, at + part.byteLength);
    at += part.byteLength;
  }
}

/** The place of a row number, or -1. */
export function placeOf(facts: RowFacts, row: number): number {
  const at = firstAtLeast(facts, row);
  return facts.rows[at] === row ? at : -1;
}

/** The first place whose row number is at least `row`. */
export function firstAtLeast(facts: RowFacts, row: number): number {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((facts.rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the row is in: its own bucket, or Duplicate key when another row means the same account. */
export function bucketAt(facts: RowFacts, at: number): Bucket {
  const base = buckets[facts.bases[at] ?? 0] ?? "blocked";
  return facts.twins[at] === twin.none || base === "blocked" ? base : "duplicate-key";
}

export function isIncluded(facts: RowFacts, at: number): boolean {
  return ((facts.flags[at] ?? 0) & flag.included) !== 0;
}

export function setIncluded(facts: RowFacts, at: number, included: boolean): void {
  const flags = facts.flags[at] ?? 0;
  facts.flags[at] = included ? flags | flag.included : flags & ~flag.included;
}

/** Whether the row is to be sent. */
export function isChosen(facts: RowFacts, at: number): boolean {
  return isIncluded(facts, at) && bucketAt(facts, at) === "will-change";
}

export function isLargeIncrease(facts: RowFacts, at: number): boolean {
  return ((facts.flags[at] ?? 0) & flag.large) !== 0;
}

export function riskAt(facts: RowFacts, at: number): RiskClass | undefined {
  return (facts.fields[at] ?? 0) === 0 ? undefined : risks[((facts.flags[at] ?? 0) & flag.risk) >> 2];
}

/** What was found out about one row. */
export interface RowVerdict {
  readonly bucket: Bucket;
  readonly accountId: number | undefined;
  readonly signature: number;
  readonly fields: number;
  readonly increaseTenths: number | undefined;
  readonly largeIncrease: boolean;
  readonly risk: RiskClass;
}

/** Notes a verdict; whether the row is ticked stays as it was. */
export function setVerdict(facts: RowFacts, at: number, row: number, verdict: RowVerdict): void {
  facts.rows[at] = row;
  facts.accountIds[at] = verdict.accountId ?? 0;
  facts.signatures[at] = verdict.signature;
  facts.fields[at] = verdict.fields >>> 0;
  const tenths = verdict.increaseTenths ?? noIncrease;
  facts.increases[at] = Math.min(2_147_483_647, Math.max(noIncrease, tenths));
  facts.bases[at] = buckets.indexOf(verdict.bucket);
  const kept = (facts.flags[at] ?? 0) & flag.included;
  facts.flags[at] = kept | (verdict.largeIncrease ? flag.large : 0) | (risks.indexOf(verdict.risk) << 2);
}

/** How many rows each bucket holds. */
export function countBuckets(facts: RowFacts): Partial<Record<Bucket, number>> {
  const counts = new Map<Bucket, number>();
  for (let at = 0; at < facts.length; at += 1) {
    const bucket = bucketAt(facts, at);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

/** The largest increase of a limit among the rows to be sent, in tenths of a percent. */
export function largestIncrease(facts: RowFacts): number | undefined {
  let largest = noIncrease;
  for (let at = 0; at < facts.length; at += 1) {
    const tenths = facts.increases[at] ?? noIncrease;
    if (tenths > largest && isChosen(facts, at)) largest = tenths;
  }
  return largest <= 0 ? undefined : largest;
}

/** How many rows somebody left out, whatever they would do. */
export function countUnticked(facts: RowFacts): number {
  let unticked = 0;
  for (let at = 0; at < facts.length; at += 1) if (!isIncluded(facts, at)) unticked += 1;
  return unticked;
}

/** How many rows are to be sent. */
export function countChosen(facts: RowFacts): number {
  let chosen = 0;
  for (let at = 0; at < facts.length; at += 1) if (isChosen(facts, at)) chosen += 1;
  return chosen;
}
