import { canonicalJson } from "../../core/canonical-json.ts";
import type { Clock } from "../../core/clock.ts";
import type { Writer } from "../../database/sql.ts";
import { maskAccountNumbers } from "@contract/rules/account-number-text.ts";
import { maskForTrail } from "../../core/mask.ts";
import type { AuditEntry, AuditTrail } from "./audit-trail.ts";
import { chainHash, type ChainedRow } from "./hash-chain.ts";
import { auditHead, insertAuditRow, saveAuditHead, type AuditHead } from "./store.ts";

const appItself = "Vostro";

/** The head as the transaction under way leaves it; written once, when its last row stands. */
const headOf = (writer: Writer): { current: AuditHead } =>
  writer.shared(
    "audit head",
    () => ({ current: auditHead(writer) }),
    ({ current }) => saveAuditHead(writer, current),
  );

const maskedJson = (value: unknown, quoted: AuditEntry["quoted"]): string | null =>
  value === undefined ? null : canonicalJson(maskForTrail(value, quoted));

/**
 * The trail over the workspace file. The head is read inside the caller's transaction and written at its end, so a
 * rolled-back row leaves no gap and no fork. Secrets and account numbers are masked here whatever the caller did: by
 * key in `before` and `after`, and wherever a summary or a text seems to quote one.
 */
export function createAuditTrail(clock: Clock): AuditTrail {
  return {
    append: (writer, entry) => {
      const head = headOf(writer);
      const { entries, hash: previousHash } = head.current;
      const row: ChainedRow = {
        seq: entries + 1,
        atMs: clock.nowMs(),
        personId: entry.person?.id ?? null,
        person: entry.person?.name ?? appItself,
        action: entry.action,
        subject: entry.subject,
        summary: maskAccountNumbers(entry.summary, entry.quoted),
        before: maskedJson(entry.before, entry.quoted),
        after: maskedJson(entry.after, entry.quoted),
        correlationId: entry.correlationId,
      };
      const hash = chainHash(previousHash, row);
      insertAuditRow(writer, { ...row, previousHash, hash });
      head.current = { entries: row.seq, hash };
    },
  };
}
