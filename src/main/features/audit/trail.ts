import { canonicalJson } from "../../core/canonical-json.ts";
import type { Clock } from "../../core/clock.ts";
import { maskAccountNumbers } from "@contract/rules/account-number-text.ts";
import { maskForTrail } from "../../core/mask.ts";
import type { AuditEntry, AuditTrail } from "./audit-trail.ts";
import { chainHash, type ChainedRow } from "./hash-chain.ts";
import { auditHead, insertAuditRow } from "./store.ts";

const appItself = "Vostro";

const maskedJson = (value: unknown, quoted: AuditEntry["quoted"]): string | null =>
  value === undefined ? null : canonicalJson(maskForTrail(value, quoted));

/**
 * The trail over the workspace file. The head is read inside the caller's transaction, so a rolled-back row leaves no
 * gap and no fork. Secrets and account numbers are masked here whatever the caller did: by key in `before` and `after`,
 * and wherever a summary or a text seems to quote one.
 */
export function createAuditTrail(clock: Clock): AuditTrail {
  return {
    append: (writer, entry) => {
      const head = auditHead(writer);
      const row: ChainedRow = {
        seq: head.entries + 1,
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
      insertAuditRow(writer, { ...row, previousHash: head.hash, hash: chainHash(head.hash, row) });
    },
  };
}
