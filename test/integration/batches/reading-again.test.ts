import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchId, Reading } from "@contract";
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
  room.batches.setReading({ id, reading: { ...usual, ...part } }, callBy());

describe("a map of the columns", () => {
  const mapAll = (batch: { readonly id: BatchId; readonly revision: number }, saveMapAs?: string) => {
    const [connection] = room.connections.list();
    if (connection === undefined) throw new Error("There is no connection.");
    const targets = ["customerUID", "accountUID", "creditExposureLimit"] as const;
    const columns = targets.map((target, index) => ({ index, target, ...(index === 2 ? { unit: "dollars" as const } : {}) }));
    const how = { columns, key: "customer-and-account" as const, connectionId: connection.id };
    return room.batches.setColumns({ ...batch, ...how, ...(saveMapAs === undefined ? {} : { saveMapAs }) }, callBy());
  };

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

