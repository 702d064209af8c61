import type { QuotedNumbers } from "@contract/rules/account-number-text.ts";
import type { Writer } from "../../database/sql.ts";

/** One thing somebody or the app did. The trail masks secrets and account numbers before it keeps them. */
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
  /** The account numbers it may quote, and what it may quote that is surely none. */
  readonly quoted?: QuotedNumbers | undefined;
  readonly correlationId: string;
}

/**
 * Appends to the hash chain inside the caller's transaction, so that a state change and its row stand or fall together.
 */
export interface AuditTrail {
  readonly append: (writer: Writer, entry: AuditEntry) => void;
}
