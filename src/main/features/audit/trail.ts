import { canonicalJson } from "../../core/canonical-json.ts";
import type { Clock } from "../../core/clock.ts";
import { maskByKey, maskDigits } from "../../core/mask.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { chainHash, type ChainedRow } from "./hash-chain.ts";
import { auditHead, insertAuditRow } from "./store.ts";

const appItself = "Vostro";

const maskedJson = (value: unknown): string | null => (value === undefined ? null : canonicalJson(maskByKey(value)));

/**
 * The trail over the workspace file. The head is read inside the caller's transaction, so a rolled-back row leaves no
 * gap and no fork. `before` and `after` are masked by key here whatever the caller did, and long digit runs in the
 * summary too.
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
        summary: maskDigits(entry.summary, 10),
        before: maskedJson(entry.before),
        after: maskedJson(entry.after),
        correlationId: entry.correlationId,
      };
      insertAuditRow(writer, { ...row, previousHash: head.hash, hash: chainHash(head.hash, row) });
    },
  };
}
