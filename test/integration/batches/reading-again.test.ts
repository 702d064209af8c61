import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchDetail, BatchId, Reading } from "@contract";
import { openWorkspaceFile } from "../../../src/main/database/open.ts";
import { limitsFile } from "../../support/batch-files.ts";
import { openBatchesRoom, type BatchesRoom } from "../../support/batches-room.ts";
import { callBy } from "../../support/changes-room.ts";
import { scratchFile } from "../../support/scratch-store.ts";
import { stagingBeside } from "../../support/staging-beside.ts";

const usual: Reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: true };
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

const csv = (name: string, text: string): string => {
  const path = join(dirname(file.path), name);
  writeFileSync(path, text);
  return path;
};
const imported = async (path: string) => {
  const { id } = room.batches.importDropped(path, callBy());
  return room.untilBatch(id, "columns", "compare", "failed");
};
const readAs = (id: BatchId, part: Partial<Reading>) =>
  room.batches.setReading(
    { id, revision: room.batches.detail(id).revision, reading: { ...usual, ...part } },
    callBy(),
  );

const mapAll = (batch: { readonly id: BatchId; readonly revision: number }, saveMapAs?: string) => {
  const [connection] = room.connections.list();
  if (connection === undefined) throw new Error("There is no connection.");
  const targets = ["customerUID", "accountUID", "creditExposureLimit"] as const;
  const columns = targets.map((target, index) => ({ index, target, ...(index === 2 ? { unit: "dollars" as const } : {}) }));
  const how = { columns, key: "customer-and-account" as const, connectionId: connection.id };
  return room.batches.setColumns({ ...batch, ...how, ...(saveMapAs === undefined ? {} : { saveMapAs }) }, callBy());
};

describe("a map of the columns", () => {
  it("is remembered for the same headings, and never for a file without any", async () => {
    const accounts = await room.accountsOf(2);
    const text = limitsFile(accounts);
    const path = csv("headless.csv", text.split("\n").slice(1).join("\n"));
    const first = await imported(path);
    readAs(first.id, { header: false });
    const { id, revision } = await room.untilBatch(first.id, "columns");
    expect(() => mapAll({ id, revision }, "Any three columns")).toThrow("has no headings");
    expect(mapAll({ id, revision }).mapName).toBeUndefined();
    expect(room.batches.savedMaps()).toEqual([]);

    const named = await imported(csv("named.csv", text));
    mapAll({ id: named.id, revision: named.revision }, "Limits");
    expect(room.batches.savedMaps()).toHaveLength(1);
    expect((await imported(csv("next.csv", `${text}\n`))).mapName).toBe("Limits");
    const likeMadeUp = await imported(csv("numbered.csv", text.replace(/.*/u, "Column 1,Column 2,Column 3")));
    expect(() => mapAll({ id: likeMadeUp.id, revision: likeMadeUp.revision }, "Numbers")).toThrow("has no headings");
  });
});

describe("the same file again", () => {
  it("warns of the newest batch before it, and the first one of none", async () => {
    const path = csv("same.csv", limitsFile(await room.accountsOf(1)));
    const [first, second, third] = [await imported(path), await imported(path), await imported(path)];
    expect(room.batches.detail(first.id).sameFile).toBeUndefined();
    expect(room.batches.detail(second.id).sameFile?.id).toBe(first.id);
    expect(room.batches.detail(third.id).sameFile).toMatchObject({ id: second.id, atMs: second.createdAtMs });
  });
});


/** A batch at Compare with one cell corrected and another row unticked. */
async function worked(path: string) {
  const read = await imported(path);
  room.batches.check({ id: read.id, revision: read.revision }, callBy());
  const { id } = await room.untilBatch(read.id, "compare");
  await room.batches.fixCell({ id, row: 2, column: 2, text: "7777.00" }, callBy());
  await room.batches.include({ id, rows: [3], included: false }, callBy());
  return room.batches.detail(id);
}

const work = { corrected: 1, unticked: 1 };
const trailOf = async (id: BatchId) =>
  (await room.audit.page({ subject: `batch ${id}`, limit: 50 })).rows.map(({ summary }) => summary);
const whatStands = ({ state, columns, totals, counts, reading, mapName, rows }: BatchDetail) =>
  ({ state, columns, totals, counts, reading, mapName, rows });

describe("reading a file in another way", () => {
  it("keeps the columns somebody chose where the headings stay, tells what went, and checks nothing by itself", async () => {
    const text = limitsFile(await room.accountsOf(3)).replaceAll(/\.25$/gmu, "").replace("creditExposureLimit", "Limit");
    const path = csv("limits.csv", text);
    const first = await imported(path);
    mapAll({ id: first.id, revision: first.revision }, "Limits");
    const { id, mapName } = await worked(path);
    expect([mapName, await room.batches.handwork(id)]).toEqual(["Limits", work]);
    readAs(id, { encoding: "windows-1252" });
    expect(room.batches.detail(id)).toMatchObject({ state: "reading", readsAgain: true, counts: {}, columns: [] });
    const again = await room.untilBatch(id, "columns");
    expect(again.columns.map(({ target, matchedBy, unit }) => [target, matchedBy, unit])).toEqual([
      ["customerUID", "saved-map", undefined],
      ["accountUID", "saved-map", undefined],
      ["creditExposureLimit", "saved-map", "dollars"],
    ]);
    expect(again).toMatchObject({ mapName: "Limits", totals: { chosen: 0 }, readsAgain: false });
    expect(await trailOf(id)).toContain("Read again: 3 rows; 1 corrected row and 1 unticked row went");
    expect(await room.batches.handwork(id)).toEqual({ corrected: 0, unticked: 0 });
    room.batches.check({ id, revision: again.revision }, callBy());
    expect((await room.untilBatch(id, "compare")).totals.chosen).toBe(3);

    readAs(id, { header: false });
    const headless = await room.untilBatch(id, "columns");
    expect([headless.rows, headless.mapName]).toEqual([4, undefined]);
    expect(headless.columns.map(({ target }) => target)).not.toContain("creditExposureLimit");
    await expect.poll(() => readdirSync(join(dirname(file.path), "staging")).filter((name) => name.startsWith(`batch-${id}`)))
      .toEqual([`batch-${id}-2.db`]);
  });

  it("reads only what was seen", async () => {
    const { id, revision } = await worked(csv("limits.csv", limitsFile(await room.accountsOf(3))));
    expect(() => room.batches.setReading({ id, revision: revision - 1, reading: usual }, callBy())).toThrow(
      "changed since you looked",
    );
  });

  it.each([
    ["it cannot be read that way", "utf-16le", "", /./u],
    ["the file was moved meanwhile", "windows-1252", "moved", /no longer where it was/u],
  ] as const)("leaves the batch as it was and says why where %s", async (_why, encoding, moved, why) => {
    const path = csv("limits.csv", limitsFile(await room.accountsOf(3)));
    const before = await worked(path);
    if (moved !== "") renameSync(path, `${path}.${moved}`);
    readAs(before.id, { encoding });
    const after = await room.untilBatch(before.id, "compare");
    expect(whatStands(after)).toEqual(whatStands(before));
    expect(after.readMessage).toMatch(why);
    expect(await room.batches.handwork(before.id)).toEqual(work);
    await room.confirm(after);
    expect((await room.untilBatch(before.id, "finished")).outcomes.accepted).toBe(2);
  });

  it("also helps where the first reading failed, without a saved map running on by itself", async () => {
    const text = limitsFile(await room.accountsOf(2));
    const named = await imported(csv("named.csv", text));
    mapAll({ id: named.id, revision: named.revision }, "Limits");
    const failed = await imported(csv("quote.csv", text.replace("\n", '\n"')));
    expect(failed).toMatchObject({ state: "failed", message: expect.stringContaining("never closed"), reading: usual });
    readAs(failed.id, { encoding: "utf-16be" });
    await expect.poll(() => room.batches.detail(failed.id)).toMatchObject({ state: "failed", reading: { encoding: "utf-16be" } });
    readAs(failed.id, { quote: "" });
    expect(await room.untilBatch(failed.id, "columns", "compare")).toMatchObject({
      state: "columns",
      mapName: "Limits",
      readsAgain: false,
    });
  });
});

describe("a file whose content changed, read in another way", () => {
  const unclear = (text: string): string => text.replace("creditExposureLimit", "Credit limit");
  const takenForAfter = (name: string) => async (second: string) => {
    const path = csv(name, unclear(limitsFile(await room.accountsOf(2))));
    const first = await imported(path);
    mapAll({ id: first.id, revision: first.revision });
    writeFileSync(path, second);
    readAs(first.id, { encoding: "windows-1252" });
    const { columns } = await room.untilBatch(first.id, "columns");
    return columns.map(({ target, unit }) => (unit === undefined ? target : `${target} in ${unit}`));
  };

  it("is taken for the same columns, and never for dollars because it was dollars before", async () => {
    const accounts = await room.accountsOf(2);
    const same = unclear(limitsFile(accounts));
    expect(await takenForAfter("same.csv")(same)).toEqual(["customerUID", "accountUID", "creditExposureLimit in dollars"]);
    const [header = "", ...rows] = same.split("\n");
    const whole = [header, ...rows.map((row) => row.replace(/\.\d\d$/u, ""))].join("\n");
    expect(whole).not.toBe(same);
    expect(await takenForAfter("other.csv")(whole)).toEqual(["customerUID", "accountUID", "creditExposureLimit in ask"]);
  });
});

describe("reading in another way", () => {
  it("lets the next thing begin at once, however long the earlier file takes to be let go", async () => {
    await room.dispose();
    const files = stagingBeside(file);
    let release: () => void = () => undefined;
    const letGo = new Promise<void>((resolve) => {
      release = resolve;
    });
    room = await openBatchesRoom({
      file,
      connection: { canRead: false },
      files: () => ({
        ...files,
        open: (id, stagingNo) => {
          const staging = files.open(id, stagingNo);
          return stagingNo > 0 ? staging : { ...staging, close: () => letGo.then(() => staging.close()) };
        },
      }),
    });
    const first = await imported(csv("limits.csv", limitsFile(await room.accountsOf(2))));
    mapAll({ id: first.id, revision: first.revision });
    readAs(first.id, { encoding: "windows-1252" });
    const read = await room.untilBatch(first.id, "columns");
    room.batches.check({ id: first.id, revision: read.revision }, callBy());
    expect((await room.untilBatch(first.id, "compare")).counts["will-change"]).toBe(2);
    expect(existsSync(files.path(first.id, 0))).toBe(true);
    release();
    await expect.poll(() => existsSync(files.path(first.id, 0))).toBe(false);
  });
});

describe("reading in another way that ends half-way", () => {
  /** Opens the room anew on the same file, with `hold` between the end of a second reading and its commit. */
  const openHeld = async (hold: (id: BatchId) => Promise<void>, removing: () => void = () => undefined) => {
    await room.dispose();
    const files = stagingBeside(file);
    room = await openBatchesRoom({
      file,
      connection: { canRead: false },
      files: () => ({
        ...files,
        remove: async (...which) => {
          removing();
          await files.remove(...which);
        },
        open: (id, stagingNo) => {
          const staging = files.open(id, stagingNo);
          if (stagingNo === 0) return staging;
          return {
            ...staging,
            read: async (source, reading, progress, signal) => {
              const staged = await staging.read(source, reading, progress, signal);
              await Promise.race([hold(id), once(signal, "abort")]);
              signal.throwIfAborted();
              return staged;
            },
          };
        },
      }),
    });
  };

  it("is as it was read before when somebody ends it", async () => {
    let held = false;
    await openHeld(async () => {
      held = true;
      await new Promise(() => undefined);
    });
    const before = await worked(csv("limits.csv", limitsFile(await room.accountsOf(3))));
    readAs(before.id, { encoding: "windows-1252" });
    await expect.poll(() => held).toBe(true);
    const after = await room.batches.cancel(before.id, callBy());
    expect(whatStands(after)).toEqual(whatStands(before));
    expect(after.readMessage).toBe("Reading was cancelled.");
    expect(await room.batches.handwork(before.id)).toEqual(work);
  });

  it("is whole when the app is killed: the old reading until the commit, the new one from then on", async () => {
    const images: string[] = [];
    /** What a kill leaves on the disk at this moment. */
    const image = (): void => {
      const folder = mkdtempSync(join(tmpdir(), "vostro-killed-"));
      cpSync(dirname(file.path), folder, { recursive: true });
      images.push(join(folder, basename(file.path)));
    };
    await openHeld(async () => image(), image);
    const before = await worked(csv("limits.csv", limitsFile(await room.accountsOf(3))));
    readAs(before.id, { header: false });
    const after = await room.untilBatch(before.id, "columns");
    await expect.poll(() => images.length).toBe(2);
    const [uncommitted, committed] = images;
    for (const [path = "", left] of [[uncommitted, before], [committed, after]] as const) {
      const { key } = file;
      const killed = openWorkspaceFile({ file: path, key, create: false, nowMs: Date.now() });
      const dispose = (): void => killed.close();
      const files = stagingBeside({ path, key });
      const opened = await openBatchesRoom({ file: { ...killed, path, key, dispose }, files: () => files });
      const found = opened.batches.detail(before.id);
      expect(whatStands(found)).toEqual(whatStands(left));
      expect(found.readMessage).toBe(left === before ? "Vostro ended while this was being read again." : undefined);
      expect(await opened.batches.handwork(before.id)).toEqual(left === before ? work : { corrected: 0, unticked: 0 });
      const no = left === before ? 0 : 1;
      expect([0, 1].map((each) => existsSync(files.path(before.id, each)))).toEqual([no === 0, no === 1]);
      await opened.dispose();
      dispose();
      rmSync(dirname(path), { recursive: true, force: true });
    }
  });
});

it("says of a check that somebody ended that the rows are not checked", async () => {
  await room.dispose();
  const files = stagingBeside(file);
  room = await openBatchesRoom({
    file,
    connection: { canRead: false },
    files: () => ({
      ...files,
      open: (...which) => ({
        ...files.open(...which),
        plan: async (_how, _progress, signal) => {
          if (!signal.aborted) await once(signal, "abort");
          throw signal.reason;
        },
      }),
    }),
  });
  const { id, revision } = await imported(csv("limits.csv", limitsFile(await room.accountsOf(1))));
  room.batches.check({ id, revision }, callBy());
  expect(await room.batches.cancel(id, callBy())).toMatchObject({
    state: "columns",
    message: expect.stringContaining("Checking was ended"),
  });
});
