import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchDetail, BatchId, ColumnDraft, ColumnTarget, Reading } from "@contract";
import { limitsFile, updatesAt } from "../../support/batch-files.ts";
import { openBatchesRoom, type BatchesRoom } from "../../support/batches-room.ts";
import { callBy } from "../../support/changes-room.ts";
import { scratchFile } from "../../support/scratch-store.ts";
import { stagingBeside } from "../../support/staging-beside.ts";

let file: ReturnType<typeof scratchFile>;
let room: BatchesRoom;

beforeEach(async () => {
  file = scratchFile();
  room = await openBatchesRoom({ file, files: () => stagingBeside(file), connection: { canRead: false } });
});

afterEach(async () => {
  await room.dispose();
  file.dispose();
});

const targets = ["customerUID", "accountUID", "creditExposureLimit"] as const;

async function imported(name: string): Promise<BatchDetail> {
  const path = join(dirname(file.path), name);
  writeFileSync(path, `${limitsFile(await room.accountsOf(2))}\n`);
  const { id } = room.batches.importDropped(path, callBy());
  return room.untilBatch(id, "columns", "compare");
}

/** The columns of the file, the third taken for `third`. */
function draftWith({ connectionId }: BatchDetail, third: ColumnTarget): ColumnDraft & { key: "customer-and-account" } {
  const unit = third === "creditExposureLimit" ? { unit: "dollars" as const } : {};
  const columns = [...targets.slice(0, 2), third].map((target, index) => ({ index, target, ...(index === 2 ? unit : {}) }));
  return { columns, key: "customer-and-account", connectionId };
}

const keep = (id: BatchId, columnDraft?: ColumnDraft) =>
  room.batches.keepPlace({
    id,
    step: "columns",
    reasonCategory: "",
    reason: "",
    authorisationRef: "",
    ...(columnDraft === undefined ? {} : { columnDraft }),
  });

async function checked(batch: BatchDetail, third: ColumnTarget, saveMapAs?: string): Promise<BatchDetail> {
  const { columns, key } = draftWith(batch, third);
  const { id, revision, connectionId } = batch;
  if (connectionId === undefined) throw new Error("The only connection was not taken.");
  const how = { columns, key, connectionId, ...(saveMapAs === undefined ? {} : { saveMapAs }) };
  const set = room.batches.setColumns({ id, revision, ...how }, callBy());
  room.batches.check({ id, revision: set.revision }, callBy());
  return room.untilBatch(id, "compare");
}

describe("columns that were chosen and not checked", () => {
  it("are kept half made, without a new revision, until they are checked or the file has other headings", async () => {
    const twice: ColumnDraft = { columns: [0, 1].map((index) => ({ index, target: "accountUID" })) };
    const readAgain = async (name: string, part: Partial<Reading>) => {
      const { id, revision, reading } = await imported(name);
      if (reading === undefined) throw new Error("It was not read.");
      keep(id, twice);
      expect(room.batches.detail(id)).toMatchObject({ revision, columnDraft: twice, step: "columns" });
      room.batches.setReading({ id, revision, reading: { ...reading, ...part } }, callBy());
      return room.untilBatch(id, "columns");
    };
    expect((await readAgain("half.csv", { encoding: "windows-1252" })).columnDraft).toEqual(twice);
    expect((await readAgain("other.csv", { delimiter: ";" })).columnDraft).toBeUndefined();
  });

  it("keep the plan of other columns from being confirmed", async () => {
    const plan = await checked(await imported("changed.csv"), "creditExposureLimit");
    keep(plan.id, draftWith(plan, "costCenter"));
    await expect(room.confirm(room.batches.detail(plan.id))).rejects.toThrow("Other columns were chosen");
    expect(room.batches.detail(plan.id).state).toBe("compare");
    expect(updatesAt(room)).toHaveLength(0);
    keep(plan.id, draftWith(plan, "creditExposureLimit"));
    await room.confirm(room.batches.detail(plan.id));
    await room.untilBatch(plan.id, "finished");
    expect(updatesAt(room)).toHaveLength(2);
  });

  it("are those of the check from then on", async () => {
    const batch = await imported("checked.csv");
    keep(batch.id, draftWith(batch, "creditExposureLimit"));
    expect((await checked(room.batches.detail(batch.id), "costCenter")).columnDraft).toBeUndefined();
  });
});

describe("a saved map", () => {
  it("stays as it is where other columns are chosen for one file only, and is changed on purpose", async () => {
    await checked(await imported("first.csv"), "creditExposureLimit", "Limits");
    const second = await imported("second.csv");
    expect(second).toMatchObject({ mapName: "Limits", savedMap: { name: "Limits", fits: true } });

    const once = await checked(await room.untilBatch(second.id, "compare"), "costCenter");
    expect(once.mapName).toBeUndefined();
    expect(once.savedMap).toMatchObject({ name: "Limits", fits: false });
    const third = await room.untilBatch((await imported("third.csv")).id, "compare");
    expect(third.columns[2]?.target).toBe("creditExposureLimit");

    const changed = await checked(third, "costCenter", "Cost centers");
    expect(changed).toMatchObject({ mapName: "Cost centers", savedMap: { name: "Cost centers", fits: true } });
    expect((await imported("fourth.csv")).columns[2]?.target).toBe("costCenter");
    expect(room.batches.savedMaps().map(({ name, columns }) => [name, columns])).toEqual([["Cost centers", 3]]);
  });

  it("is forgotten when somebody says so, and then asked for again", async () => {
    const { id, savedMap } = await checked(await imported("first.csv"), "creditExposureLimit", "Limits");
    if (savedMap === undefined) throw new Error("No map was saved.");
    room.batches.deleteMap(savedMap.id, callBy());
    expect(room.batches.savedMaps()).toEqual([]);
    expect(room.batches.detail(id).savedMap).toBeUndefined();
    expect((await imported("second.csv")).mapName).toBeUndefined();
  });
});
