import { afterEach, describe, expect, it } from "vitest";
import type { AccountId } from "@contract";
import { sql } from "../../../src/main/database/sql.ts";
import { openChangesRoom, type ChangesRoom } from "../../support/changes-room.ts";
import { openAsAuditor } from "../../support/fault-harness/read-file.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

async function open(count: number): Promise<AccountId[]> {
  room = await openChangesRoom({ connection: { canRead: false, concurrency: 4 }, simulator: { delayMs: 25 } });
  return await Promise.all(
    room.simulator.addAccounts(count).map(({ customerUID, accountUID }) => room.account(customerUID, accountUID)),
  );
}

function pagesNow(): number {
  const database = openAsAuditor(room.file.path, room.file.key);
  try {
    return Number(database.pragma("page_count", { simple: true }));
  } finally {
    database.close();
  }
}

/** From the first application on: no room left, not even in pages that were given back. */
function fillDiskWhenApplied(): () => void {
  const { store, limitPages } = room.file;
  store.transaction((writer) => writer.run(sql`CREATE TABLE filler (bytes BLOB) STRICT`));
  const oneMore = (): boolean => {
    try {
      store.transaction((writer) => writer.run(sql`INSERT INTO filler VALUES (${Buffer.alloc(3500)})`));
      return true;
    } catch (error) {
      if (String(error).includes("disk is full")) return false;
      throw error;
    }
  };
  return room.simulator.onApplied(() => {
    limitPages(1);
    while (oneMore());
  });
}
const puts = () => room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");

describe("a disk that fills up while changes are sent", () => {
  it("says so in words, loses nothing, saves the held outcomes when there is room, and goes on", async () => {
    const ids = await open(40);
    room.file.checkpoint();
    const fullAtMs = pagesNow() + 3;
    room.file.limitPages(fullAtMs);
    const sent = ids.flatMap((id) => {
      try {
        return [room.send(id, { accountName: `Renamed ${"x".repeat(150)}` })];
      } catch (error) {
        expect(String(error)).toMatch(/disk is full. Nothing was saved by this step/u);
        return [];
      }
    });
    await expect.poll(() => room.changes.storageTrouble(), { timeout: 10_000 }).toMatch(/^The disk is full\./u);
    expect(sent.length).toBeLessThan(40);
    const trouble = room.changes.storageTrouble();
    expect(trouble).toMatch(/(Do not close Vostro|Nothing more is sent until there is room)\.$/u);
    const before = puts().length;
    room.file.limitPages(1_000_000);
    for (const id of sent) await room.until(id, "accepted");
    expect(room.changes.storageTrouble()).toBeUndefined();
    expect(puts()).toHaveLength(sent.length);
    expect(puts().filter(({ applied }) => applied)).toHaveLength(sent.length);
    expect(before).toBeLessThanOrEqual(sent.length);
    expect(puts().map(({ accountUID }) => accountUID)).toHaveLength(
      new Set(puts().map(({ accountUID }) => accountUID)).size,
    );
  });

  it("full exactly when the provider has answered: the outcome is held in memory and saved later, and nothing is sent twice", async () => {
    const [id] = await open(1);
    if (id === undefined) throw new Error("no account");
    const stop = fillDiskWhenApplied();
    const change = room.send(id, {
      accountName: "Renamed",
      accountFeatures: JSON.stringify({ note: "y".repeat(9000) }),
    });
    await expect
      .poll(() => room.changes.storageTrouble(), { timeout: 10_000 })
      .toMatch(/Outcomes are held and saved as soon as there is room\. Do not close Vostro\.$/u);
    stop();
    expect(room.changes.detail(change).state).toBe("sending");
    expect(puts().map(({ applied }) => applied)).toEqual([true]);
    room.file.limitPages(1_000_000);
    await room.until(change, "accepted");
    expect(puts()).toHaveLength(1);
  });

  it("and the app ends before there is room: Outcome unknown at the next start, still sent once", async () => {
    const [id] = await open(1);
    if (id === undefined) throw new Error("no account");
    const stop = fillDiskWhenApplied();
    const change = room.send(id, {
      accountName: "Renamed",
      accountFeatures: JSON.stringify({ note: "y".repeat(9000) }),
    });
    await expect.poll(() => room.changes.storageTrouble(), { timeout: 10_000 }).toBeDefined();
    stop();
    await room.stopServices(50);
    expect(room.changes.detail(change).state).toBe("sending");
    room.file.limitPages(1_000_000);
    const next = await openChangesRoom({ file: room.file, simulator: room.simulator });
    await expect.poll(() => next.changes.detail(change).settlement, { timeout: 10_000 }).toBe("cannot-tell");
    await next.dispose();
    expect(puts()).toHaveLength(1);
  });
});
