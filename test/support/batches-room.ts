import type { AccountId, BatchDetail, BatchId, BatchState, OutputOf, PayloadOf } from "@contract";
import type { FileDialogs } from "../../src/main/core/file-dialogs.ts";
import { silentLog } from "../../src/main/core/log.ts";
import { systemClock } from "../../src/main/core/clock.ts";
import type { StagingFiles } from "../../src/main/features/batches/room.ts";
import { createBatchesService, type BatchesService } from "../../src/main/features/batches/service.ts";
import { callBy, openChangesRoom, type ChangesRoom, type RoomOptions } from "./changes-room.ts";
import { memoryStagings, type MemoryStagings } from "./memory-staging.ts";

export interface BatchesRoomOptions extends Omit<RoomOptions, "beforeStart" | "publish"> {
  /** What an earlier room staged. */
  readonly staged?: MemoryStagings;
  readonly files?: (memory: MemoryStagings) => StagingFiles;
  readonly dialogs?: Partial<FileDialogs>;
}

/** Batches over a room of changes: a real encrypted file, real HTTP, a real simulated Finzly. */
export interface BatchesRoom extends ChangesRoom {
  readonly batches: BatchesService;
  readonly staged: MemoryStagings;
  readonly progress: PayloadOf<"batches.progress">[];
  /** Accounts of the provider in the room's list, by UID, read where the connection can read. */
  accountsOf(count: number): Promise<{ id: AccountId; customerUid: string; accountUid: string }[]>;
  /** A batch of pasted text, at Compare. */
  pasted(text: string): Promise<BatchDetail>;
  /** Confirms with the evidence any row may need. */
  confirm(
    batch: BatchDetail,
    more?: { reason?: string; authorisationRef?: string; stopAfterRefusals?: number },
  ): Promise<BatchDetail>;
  untilBatch(id: BatchId, ...states: readonly BatchState[]): Promise<BatchDetail>;
}

type Page = OutputOf<"accounts.page">;

const patienceMs = 30_000;

export async function openBatchesRoom(options: BatchesRoomOptions = {}): Promise<BatchesRoom> {
  const progress: PayloadOf<"batches.progress">[] = [];
  const publish: RoomOptions["publish"] = (name, payload) => {
    if (name === "batches.progress") progress.push(payload as PayloadOf<"batches.progress">);
  };
  const late: { room?: ChangesRoom; batches?: BatchesService; clipboard: string } = { clipboard: "" };
  const room = (): ChangesRoom => {
    if (late.room === undefined) throw new Error("The room is not open yet.");
    return late.room;
  };
  const staged = options.staged ?? memoryStagings(() => lookupIn(room()));
  const policy = options.secondPerson ?? { high: false, medium: false, low: false };
  const opened = await openChangesRoom({
    ...options,
    publish,
    beforeStart: ({ audit, accounts, connections, changes, store }) => {
      const { clock = systemClock, log = silentLog } = options;
      late.batches = createBatchesService({
        store,
        audit: audit.trail,
        accounts,
        connections,
        changes: changes.batches,
        clock,
        log,
        publish,
        policy: () => policy,
        files: options.files?.(staged) ?? staged,
        dialogs: {
          chooseFile: async () => undefined,
          saveFile: async () => undefined,
          clipboardText: async () => late.clipboard,
          copyText: async () => undefined,
          ...options.dialogs,
        },
      });
      late.batches.recover();
    },
  });
  late.room = opened;
  const { batches } = late;
  if (batches === undefined) throw new Error("The batches were not composed.");
  batches.start();

  const untilBatch = async (id: BatchId, ...states: readonly BatchState[]): Promise<BatchDetail> => {
    const endMs = performance.now() + patienceMs;
    for (;;) {
      const detail = batches.detail(id);
      if (states.includes(detail.state)) return detail;
      if (performance.now() > endMs) {
        const outcomes = JSON.stringify(detail.outcomes);
        throw new Error(
          `Batch ${id} is ${detail.state} (${detail.message ?? "no message"}; ${outcomes}), not ${states.join(" or ")}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  return {
    ...opened,
    batches,
    staged,
    progress,
    untilBatch,
    accountsOf: async (count) => {
      const found = opened.simulator.addAccounts(count);
      const ids = [];
      for (const { customerUID, accountUID } of found) {
        ids.push({
          id: await opened.account(customerUID, accountUID),
          customerUid: customerUID,
          accountUid: accountUID,
        });
      }
      return ids;
    },
    pasted: async (text) => {
      late.clipboard = text;
      const { id } = await batches.paste(callBy());
      const read = await untilBatch(id, "columns", "compare");
      if (read.state === "columns") batches.check({ id, revision: read.revision }, callBy());
      return await untilBatch(id, "compare");
    },
    confirm: (batch, more = {}) =>
      batches.confirm(
        {
          id: batch.id,
          revision: batch.revision,
          reasonCategory: "Annual review",
          reason: "Annual review",
          authorisationRef: "CR-1",
          typedCount: batch.totals.chosen,
          ...more,
        },
        callBy(),
      ),
    stopServices: async (graceMs) => {
      await batches.stopAll();
      await opened.stopServices(graceMs);
    },
    dispose: async () => {
      await batches.stopAll();
      await opened.dispose();
    },
  };
}

function lookupIn(room: ChangesRoom) {
  return {
    stored: (id: AccountId) => room.accounts.stored(room.store.read, id),
    byUids: (customerUid: string, accountUid: string): AccountId | undefined => {
      const sort = { column: "accountName", direction: "ascending" } as const;
      const page: Page = room.accounts.page({ search: accountUid, sort, limit: 200 });
      return page.rows.find((row) => row.customerUid === customerUid && row.accountUid === accountUid)?.id;
    },
  };
}
