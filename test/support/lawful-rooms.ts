import { afterEach, expect, vi } from "vitest";
import type { BatchAccounts } from "./batch-files.ts";
import { openBatchesRoom, type BatchesRoom, type BatchesRoomOptions } from "./batches-room.ts";
import { brokenLaws } from "./room-evidence.ts";

export type OpenRoom = (options?: BatchesRoomOptions) => Promise<BatchesRoom>;

/** Opens rooms that end with the test they were opened in, where every law must hold once what happened is on disk. */
export function lawfulRooms(): OpenRoom {
  const rooms: BatchesRoom[] = [];
  afterEach(async () => {
    for (const room of rooms.splice(0)) {
      try {
        await vi.waitFor(() => expect(brokenLaws(room)).toEqual([]), { timeout: 5000 });
      } finally {
        await room.dispose();
      }
    }
  });
  return async (options = {}) => {
    const room = await openBatchesRoom(options);
    rooms.push(room);
    return room;
  };
}

/** A batch of pasted text, from its rows to its end. */
export async function carriedOut(room: BatchesRoom, text: string) {
  const batch = await room.pasted(text);
  await room.confirm(batch);
  return await room.untilBatch(batch.id, "finished");
}

/** The accounts as the provider holds them. */
export const heldBy = (room: BatchesRoom, accounts: BatchAccounts) =>
  accounts.map(({ customerUid, accountUid }) => room.simulator.account(customerUid, accountUid));
