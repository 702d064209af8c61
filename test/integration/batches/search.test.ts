import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { batchSourceNames, batchStateNames, batchStates, type BatchRow } from "@contract";
import { sql } from "../../../src/main/database/sql.ts";
import { insertBatch, pageOfBatches } from "../../../src/main/features/batches/store.ts";
import { shortSha } from "../../../src/renderer/features/batches/batch-words.ts";
import { scratchFile } from "../../support/scratch-store.ts";

let file: ReturnType<typeof scratchFile>;
const sha256 = "9f2c41ab".padEnd(60, "0").concat("07e3");

beforeAll(() => {
  file = scratchFile();
  const madeBy = { id: 1, name: "Maya Lindqvist" };
  file.store.transaction((writer) => {
    for (const state of batchStates) {
      const id = insertBatch(writer, { name: `Batch of ${state}.`, source: "paste", madeBy, atMs: 0 });
      writer.run(sql`UPDATE work_batches SET state = ${state} WHERE id = ${id}`);
    }
    const named = { name: "Q4", source: "file", fileName: "limits 100%.csv", madeBy, atMs: 0 } as const;
    const id = insertBatch(writer, named);
    writer.run(sql`
      UPDATE work_batches SET state = 'failed', sha256 = ${sha256}, confirmed_by_name = 'Tom Ek', message = 'No header'
      WHERE id = ${id}`);
    for (const source of ["retry", "undo", "selection"] as const) {
      const other = insertBatch(writer, { name: source.toUpperCase(), source, madeBy, atMs: 0 });
      writer.run(sql`UPDATE work_batches SET state = 'finished' WHERE id = ${other}`);
    }
  });
});
afterAll(() => file.dispose());

const found = (search: string) => pageOfBatches(file.store.read, { search, limit: 50 });
const names = (search: string) => found(search).map(({ name }) => name);

describe("the search of the Import screen", () => {
  it.each(batchStates)("finds %s batches by the words shown for it", (state) => {
    expect(names(batchStateNames[state])).toContain(`Batch of ${state}.`);
    expect(found(batchStateNames[state].toLowerCase()).every((batch) => batch.state === state)).toBe(true);
  });

  it("finds what is shown in place of a file, and only where no file is shown", () => {
    const of = (source: BatchRow["source"]) => found(batchSourceNames[source]).map((batch) => batch.source);
    expect(of("retry")).toEqual(["retry"]);
    expect(of("undo")).toEqual(["undo"]);
    expect(new Set(of("paste"))).toEqual(new Set(["paste"]));
    expect(names("CSV file")).toEqual([]);
  });

  it("finds file, hash as shown, people and what went wrong, and takes every word of several", () => {
    for (const search of ["limits 100%.csv", sha256, shortSha(sha256), "tom", "No header", "maya failed q4 could"]) {
      expect(names(search), search).toEqual(search.startsWith("maya") ? [] : ["Q4"]);
    }
    expect(names("maya q4 could not be read")).toEqual(["Q4"]);
    expect(names("100_")).toEqual([]);
    const [newest] = found("");
    expect(found(`b-${String(newest?.id).padStart(4, "0")}`)).toEqual([newest]);
  });
});
