import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchId } from "@contract";
import { openWorkspaceFile } from "../../../src/main/database/open.ts";
import { dropFact } from "../../../src/main/features/batches/worker/staging-store.ts";
import { stagingMigrations } from "../../../src/main/features/batches/worker/staging-migrations.ts";
import { startFinzlySimulator, type FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import { limitsFile, updatesAt } from "../../support/batch-files.ts";
import { openBatchesRoom, type BatchesRoom } from "../../support/batches-room.ts";
import { callBy } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";
import { scratchFile } from "../../support/scratch-store.ts";
import { stagingBeside } from "../../support/staging-beside.ts";

const opened: { dispose: () => unknown }[] = [];
let file: ReturnType<typeof scratchFile>;
let simulator: FinzlySimulator;
/** While it is set, the workspace takes nothing: as after the end of the process, or on a full disk. */
let gone: boolean;

beforeEach(async () => {
  gone = false;
  file = scratchFile();
  simulator = await startFinzlySimulator();
  opened.push(file, { dispose: () => simulator.close() });
});

afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.dispose();
});

async function open(): Promise<BatchesRoom> {
  const room = await openBatchesRoom({
    file,
    simulator,
    files: () => stagingBeside(file),
    connection: { canRead: false },
    wrapStore: (store) => ({
      ...store,
      transaction: (work) => {
        if (gone) throw new Error("The workspace takes nothing.");
        return store.transaction(work);
      },
    }),
  });
  opened.push(room);
  return room;
}

/** A batch at Compare of which an edit was staged that the workspace never noted, and the app opened again. */
async function leftApart(edit: (room: BatchesRoom, id: BatchId) => Promise<unknown>) {
  const first = await open();
  const { id } = await first.pasted(limitsFile(await first.accountsOf(4)));
  gone = true;
  await expect(edit(first, id)).rejects.toThrow("takes nothing");
  gone = false;
  await first.stopServices(0);
  opened.splice(opened.indexOf(first), 1);
  return { id, room: await open() };
}

const trailOf = async (room: BatchesRoom, id: BatchId) =>
  (await room.audit.page({ subject: `batch ${id}`, limit: 50 })).rows.map(({ summary }) => summary);

describe("an edit of a plan that was staged and not noted", () => {
  it.each([
    ["a tick", (room: BatchesRoom, id: BatchId) => room.batches.include({ id, rows: [2], included: false }, callBy()), 3],
    [
      "a corrected cell",
      (room: BatchesRoom, id: BatchId) => room.batches.fixCell({ id, row: 3, column: 1, text: "nobody" }, callBy()),
      3,
    ],
  ])("is taken over at the first look after a restart: %s", async (_what, edit, chosen) => {
    const { id, room } = await leftApart(edit);
    expect(room.batches.detail(id).totals.chosen).toBe(4);
    await expect.poll(() => room.batches.detail(id).totals.chosen).toBe(chosen);
    expect(await trailOf(room, id)).toContain("Took over 1 correction that was kept but not noted");
    await room.confirm(room.batches.detail(id));
    expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(chosen);
    expect(updatesAt(room)).toHaveLength(chosen);
    expect(brokenLaws(room)).toEqual([]);
  });

  it("lets nobody confirm what was seen before it, though all figures are alike", async () => {
    const { id, room } = await leftApart((first, batch) =>
      first.batches.fixCell({ id: batch, row: 2, column: 2, text: "7777.00" }, callBy()),
    );
    const stale = room.batches.detail(id);
    await expect(room.confirm(stale)).rejects.toThrow("changed since you looked");
    const fresh = room.batches.detail(id);
    expect([fresh.state, fresh.totals.chosen, fresh.revision > stale.revision]).toEqual(["compare", 4, true]);
    expect(fresh.totals).toEqual(stale.totals);
    await room.confirm(fresh);
    await room.untilBatch(id, "finished");
    expect(updatesAt(room)).toHaveLength(4);
  });

  it("is taken over without a restart where the workspace could not be written", async () => {
    const room = await open();
    const batch = await room.pasted(limitsFile(await room.accountsOf(4)));
    gone = true;
    await expect(room.batches.include({ id: batch.id, rows: [2, 3], included: false }, callBy())).rejects.toThrow(
      "takes nothing",
    );
    gone = false;
    await expect(room.confirm(batch)).rejects.toThrow("changed since you looked");
    await expect.poll(() => room.batches.detail(batch.id).totals.chosen).toBe(2);
    await room.confirm(room.batches.detail(batch.id));
    expect((await room.untilBatch(batch.id, "finished")).outcomes.accepted).toBe(2);
  });
});

it("a plan whose file is gone is told as that, and cannot be confirmed", async () => {
  const first = await open();
  const { id } = await first.pasted(limitsFile(await first.accountsOf(2)));
  const seen = first.batches.detail(id);
  await first.stopServices(0);
  opened.splice(opened.indexOf(first), 1);
  rmSync(stagingBeside(file).path(id, 0));

  const room = await open();
  await expect(room.confirm(seen)).rejects.toThrow("changed since you looked");
  expect(room.batches.detail(id).message).toMatch(/no longer on this machine.*Nothing was sent/u);
  expect(updatesAt(room)).toEqual([]);
});

it("a plan that was left half-corrected is made anew, and cannot be confirmed before", async () => {
  const first = await open();
  const { id } = await first.pasted(limitsFile(await first.accountsOf(2)));
  const seen = first.batches.detail(id);
  await first.stopServices(0);
  opened.splice(opened.indexOf(first), 1);
  const staged = openWorkspaceFile({
    file: stagingBeside(file).path(id, 0),
    key: file.key,
    create: false,
    nowMs: Date.now(),
    migrations: stagingMigrations,
    journal: "rollback",
  });
  staged.store.transaction((writer) => dropFact(writer, "planned"));
  staged.close();

  const room = await open();
  await expect(room.confirm(seen)).rejects.toThrow("changed since you looked");
  const columns = room.batches.detail(id);
  expect(columns).toMatchObject({ state: "columns", message: expect.stringContaining("checked again") });
  room.batches.check({ id, revision: columns.revision }, callBy());
  await room.confirm(await room.untilBatch(id, "compare"));
  expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(2);
});
