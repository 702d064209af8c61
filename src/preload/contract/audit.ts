import { z } from "zod";
import { command, query } from "./define.ts";
import { nothing, pageCursor, text, timestampMs } from "./values.ts";

/** One row of the audit trail. `before` and `after` are masked JSON text. */
export const auditRow = z.object({
  seq: z.number().int(),
  atMs: timestampMs,
  person: z.string(),
  action: z.string(),
  subject: z.string(),
  summary: z.string(),
  correlationId: z.string(),
});
export type AuditRow = z.infer<typeof auditRow>;

export const auditDetail = auditRow.extend({
  before: z.string().optional(),
  after: z.string().optional(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditDetail = z.infer<typeof auditDetail>;

/** `firstBroken`: the first row whose hash or place in the chain is wrong, and how. */
export const verification = z.object({
  intact: z.boolean(),
  entries: z.number().int(),
  headHash: z.string(),
  firstBroken: z.object({ seq: z.number().int(), what: z.string() }).optional(),
  checkedAtMs: timestampMs,
});
export type Verification = z.infer<typeof verification>;

export const audit = {
  page: query(
    "person",
    z.strictObject({
      search: text(100).optional(),
      /** First part of the action name, e.g. "change" or "workspace". */
      area: text(40).optional(),
      subject: text(100).optional(),
      cursor: pageCursor.optional(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({
      rows: z.array(auditRow),
      nextCursor: pageCursor.optional(),
      entries: z.number().int(),
      headHash: z.string(),
    }),
  ),
  detail: query("person", z.strictObject({ seq: z.number().int().positive() }), auditDetail),
  /** Recomputes every hash from the first row. */
  verify: command("person", nothing, verification),
};
