import type { Writer } from "../../database/sql.ts";

/** One thing somebody or the app did. `before`/`after` are already masked: no secret, no full account number. */
export interface AuditEntry {
  /** "change.sent": area, dot, what happened. */
  readonly action: string;
  /** "change 12", "account 100482/2156", "workspace". */
  readonly subject: string;
  /** One sentence for the Log screen. */
  readonly summary: string;
  /** Absent: the app itself. */
  readonly person?: { readonly id: number; readonly name: string } | undefined;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly correlationId: string;
}

/**
 * Appends to the hash chain inside the caller's transaction, so that a state change and its row stand or fall together.
 */
export interface AuditTrail {
  readonly append: (writer: Writer, entry: AuditEntry) => void;
}
