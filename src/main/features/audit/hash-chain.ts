import { createHash } from "node:crypto";
import { canonicalJson } from "../../core/canonical-json.ts";

/** What a row of the trail says, as it enters the hash. */
export interface ChainedRow {
  readonly seq: number;
  readonly atMs: number;
  readonly personId: number | null;
  readonly person: string;
  readonly action: string;
  readonly subject: string;
  readonly summary: string;
  /** Canonical JSON text, masked. */
  readonly before: string | null;
  readonly after: string | null;
  readonly correlationId: string;
}

/** The previous hash of the first row. */
export const firstPreviousHash = "0".repeat(64);

/** SHA-256, in hex, over the previous row's hash, a line feed, and the row as canonical JSON. */
export function chainHash(previousHash: string, row: ChainedRow): string {
  const { seq, atMs, personId, person, action, subject, summary, before, after, correlationId } = row;
  const canonical = canonicalJson({
    seq,
    atMs,
    personId,
    person,
    action,
    subject,
    summary,
    before,
    after,
    correlationId,
  });
  return createHash("sha256").update(`${previousHash}\n${canonical}`, "utf8").digest("hex");
}
