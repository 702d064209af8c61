import { hash } from "node:crypto";

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

/**
 * SHA-256, in hex, over the previous row's hash, a line feed, and the row as canonical JSON: its members stand here in
 * the order of their names.
 */
export function chainHash(previousHash: string, row: ChainedRow): string {
  const { action, after, atMs, before, correlationId, person, personId, seq, subject, summary } = row;
  const canonical = JSON.stringify({
    action,
    after,
    atMs,
    before,
    correlationId,
    person,
    personId,
    seq,
    subject,
    summary,
  });
  return hash("sha256", `${previousHash}\n${canonical}`, "hex");
}
