import { expect, it } from "vitest";
import type { BatchId } from "@contract";
import { planEditionsMigration } from "../../../src/main/database/migrations/0016-plan-editions.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { findBatch } from "../../../src/main/features/batches/store.ts";
import { filledFile } from "./filled-file.ts";

const upgraded = filledFile(planEditionsMigration);

it("takes the figures of a batch of before as those of its plan, and its High-risk rows as bringing no evidence", () => {
  const totals = { chosen: 1, sentence: "", figures: [], risk: { high: 1, medium: 0, low: 0 } };
  const store = upgraded((writer) => {
    writer.run(sql`
      INSERT INTO work_batches (id, name, state, source, totals_json, made_by_id, made_by_name, created_at_ms,
        updated_at_ms)
      VALUES (7, 'Limits', 'compare', 'file', ${JSON.stringify(totals)}, 1, 'Ada', 0, 0)`);
  });
  expect(findBatch(store.read, 7 as BatchId)).toMatchObject({
    planEdition: 0,
    totals: { brings: { reason: { rows: 0, high: 0 }, authorisationRef: { rows: 0, high: 0 } } },
  });
});
