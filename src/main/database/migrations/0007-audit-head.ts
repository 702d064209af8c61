import type { Migration } from "./migration.ts";

/**
 * The head of the audit trail moves once a transaction, over all rows that transaction added: it may only go forward,
 * and only to the newest row.
 */
export const auditHeadMigration: Migration = {
  number: 7,
  name: "audit-head",
  sql: `
DROP TRIGGER work_audit_head_forward;
CREATE TRIGGER work_audit_head_forward BEFORE UPDATE ON work_audit_head
WHEN NEW.entries <= OLD.entries OR NEW.entries IS NOT (SELECT max(seq) FROM work_audit)
  OR NEW.hash IS NOT (SELECT hash FROM work_audit WHERE seq = NEW.entries)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
`,
};
