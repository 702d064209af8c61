import { setImmediate as nextTurn } from "node:timers/promises";
import type { BatchId } from "@contract";
import { newCorrelationId } from "../../core/clock.ts";
import type { CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { SendAnswer } from "../changes/change-access.ts";
import type { BatchRecord } from "./batch-record.ts";
import { createBreaker, type Breaker } from "./breaker.ts";
import { counted } from "./counted.ts";
import { makeInBackground } from "./making.ts";
import { doneOf, outcomesOf } from "./outcomes.ts";
import type { BatchRoom } from "./room.ts";
import { batchesInState, batchesToEmpty, patchBatch } from "./store.ts";
import { deedOf, moveBatch, mustFind, note, ownDeed } from "./transition.ts";

const withdrawnAtOnce = 40;

/** Watches batches on their way: tells how they stand, pauses and ends them, and takes back what is left. */
export interface BatchWatch {
  /** Looks at every batch on its way; called whenever changes moved. */
  readonly look: () => void;
  readonly noteAnswer: (answer: SendAnswer) => void;
  readonly pause: (id: BatchId, context: CallContext) => void;
  /** Failures conflict, sign-in-needed. */
  readonly resume: (id: BatchId, context: CallContext) => void;
  readonly stop: (id: BatchId, context: CallContext) => void;
}

export function createBatchWatch(room: BatchRoom): BatchWatch {
  const { store, changes } = room;
  const breakers = new Map<BatchId, Breaker>();

  const pauseBySelf = (id: BatchId, message: string): void => {
    breakers.delete(id);
    const paused = store.transaction((writer) => {
      const batch = mustFind(writer, id);
      if (batch.state !== "sending") return false;
      moveBatch(room, writer, batch, "pause", { message }, { ...ownDeed(room), text: `Paused: ${message}` });
      changes.setGate(writer, id, false);
      return true;
    });
    if (!paused) return;
    room.progress.forget(id);
    room.announce();
  };

  const stopBySelf = (id: BatchId, message: string): void => {
    store.transaction((writer) => {
      const batch = mustFind(writer, id);
      if (batch.state !== "sending") return;
      moveBatch(room, writer, batch, "stop", { message }, { ...ownDeed(room), text: message });
      changes.setGate(writer, id, false);
    });
    breakers.delete(id);
    room.progress.forget(id);
    room.announce();
    empty(id);
  };

  /** Ends a batch that has as many refusals as its person allowed, wherever they came from. */
  const stopWhenRefused = (
    { id, stopAfterRefusals }: BatchRecord,
    { refused }: ReturnType<typeof outcomesOf>,
  ): boolean => {
    if (stopAfterRefusals === undefined || refused < stopAfterRefusals) return false;
    stopBySelf(id, `Stopped after ${counted(stopAfterRefusals, "refusal")}, as asked.`);
    return true;
  };

  const finish = (id: BatchId): void => {
    breakers.delete(id);
    store.transaction((writer) => {
      const batch = mustFind(writer, id);
      const outcomes = outcomesOf(batch, changes.countsOf(writer, id));
      const deed = ownDeed(room);
      const { accepted, refused, unknown, conflict } = outcomes;
      const text = `Finished: ${accepted} accepted, ${refused} refused, ${unknown} unknown, ${conflict} not sent`;
      const patch = { finishedAtMs: deed.atMs };
      moveBatch(room, writer, batch, "finish", patch, { ...deed, text, facts: { outcomes } });
      changes.setGate(writer, id, true);
    });
    room.progress.forget(id);
    room.announce();
  };

  const lookAt = (batch: BatchRecord): void => {
    const counts = changes.countsOf(store.read, batch.id);
    const countOf = (state: string, held: boolean): number =>
      counts.find((count) => count.state === state && count.held === held)?.count ?? 0;
    const [ready, held, waiting] = [
      countOf("approved", false),
      countOf("approved", true),
      countOf("waiting-for-approval", false),
    ];
    const { id } = batch;
    const sending = countOf("sending", false) + countOf("sending", true);
    if (batch.state === "waiting") {
      if (ready + held + sending > 0) return approved(id);
      return waiting > 0 ? undefined : finish(id);
    }
    const outcomes = outcomesOf(batch, counts);
    const rowsDone = doneOf(outcomes);
    room.progress.tell({ id, state: batch.state, rowsDone, rowsTotal: batch.chosen - waiting, outcomes });
    if (ready + held + waiting > 0 && stopWhenRefused(batch, outcomes)) return;
    if (ready + sending > 0) return;
    if (held === 0) return waiting > 0 ? waitForApproval(id, waiting) : finish(id);
    const uncompared = changes.waitsForComparing(store.read, id);
    if (uncompared > 0) return pauseBySelf(id, `${heldUncompared(uncompared)} Resume after that.`);
    pauseBySelf(
      id,
      `${counted(held, "row waits", "rows wait")}: the provider said “not now” too often. Resume tries again.`,
    );
  };

  const waitForApproval = (id: BatchId, waiting: number): void => {
    breakers.delete(id);
    const text = `The others are dealt with; ${counted(waiting, "waits", "wait")} for a second person`;
    store.transaction((writer) => {
      moveBatch(room, writer, mustFind(writer, id), "wait", {}, { ...ownDeed(room), text, facts: { waiting } });
    });
    room.progress.forget(id);
    room.announce();
  };

  const approved = (id: BatchId): void => {
    store.transaction((writer) => {
      moveBatch(room, writer, mustFind(writer, id), "send", {}, { ...ownDeed(room), text: "Approved; sending" });
      changes.setGate(writer, id, true);
    });
    room.announce();
    changes.wake();
  };

  /** Takes back what is left of a batch that was ended, in small steps; done when nothing is on its way any more. */
  const empty = (id: BatchId): void => {
    room.runs.start(id, async (signal) => {
      for (;;) {
        if (signal.aborted) return;
        const taken = store.transaction((writer) => {
          return changes.withdrawLeft(writer, id, "The batch was stopped.", withdrawnAtOnce, ownDeed(room));
        });
        if (taken === 0) break;
        room.announce();
        await nextTurn();
      }
      closeEmpty(id);
      room.announce();
      changes.wake();
    });
  };

  /** Nothing is left to take back: what a person asked to send once more goes, and then the batch has ended. */
  const closeEmpty = (id: BatchId): void =>
    store.transaction((writer) => {
      const batch = mustFind(writer, id);
      if (batch.finishedAtMs !== undefined) return;
      const counts = changes.countsOf(writer, id);
      const stands = (...states: readonly string[]): boolean => counts.some(({ state }) => states.includes(state));
      if (stands("sending", "waiting-for-approval")) return;
      changes.setGate(writer, id, true);
      if (stands("approved")) return;
      const deed = ownDeed(room);
      const outcomes = outcomesOf(batch, counts);
      patchBatch(writer, batch, { finishedAtMs: deed.atMs }, deed.atMs);
      note(
        room,
        writer,
        batch,
        { action: "emptied", text: `${counted(outcomes.withdrawn, "row was", "rows were")} taken back`, after: { outcomes } },
        deed,
      );
    });

  const look = (): void => {
    for (const batch of batchesInState(store.read, ["sending", "waiting"])) lookAt(batch);
    for (const { id } of batchesToEmpty(store.read)) if (!room.runs.isRunning(id)) empty(id);
  };

  const noteAnswer = (answer: SendAnswer): void => {
    const id = answer.batchId as BatchId;
    const batch = mustFind(store.read, id);
    if (batch.state !== "sending") return;
    const breaker = breakers.get(id) ?? createBreaker();
    breakers.set(id, breaker);
    const why = breaker.note(answer);
    if (why !== undefined) return pauseBySelf(id, `${why} Nothing more is sent until you resume.`);
    if (answer.kind === "answered" && batch.stopAfterRefusals !== undefined)
      stopWhenRefused(batch, outcomesOf(batch, changes.countsOf(store.read, id)));
  };

  return {
    look,
    noteAnswer,
    pause: (id, context) => {
      store.transaction((writer) => {
        const batch = mustFind(writer, id);
        moveBatch(room, writer, batch, "pause", {}, { ...deedOf(room, context), text: "Paused" });
        changes.setGate(writer, id, false);
      });
      breakers.delete(id);
      room.progress.forget(id);
      room.announce();
    },
    resume: (id, context) => {
      const deed = deedOf(room, context);
      const making = store.transaction((writer) => {
        const batch = mustFind(writer, id);
        const { madeAll } = batch;
        refuseUncompared(changes.waitsForComparing(writer, id));
        if (madeAll) refuseUnusable(room, batch);
        moveBatch(room, writer, batch, madeAll ? "resume" : "resume-making", {}, { ...deed, text: "Resumed" });
        changes.releaseHeld(writer, id, deed.atMs);
        changes.setGate(writer, id, madeAll);
        return !madeAll;
      });
      breakers.delete(id);
      room.progress.forget(id);
      room.announce();
      if (making) return makeInBackground(room, id, newCorrelationId());
      look();
      changes.wake();
    },
    stop: (id, context) => {
      store.transaction((writer) => {
        const batch = mustFind(writer, id);
        moveBatch(
          room,
          writer,
          batch,
          "stop",
          {},
          { ...deedOf(room, context), text: "Stopped: what is left is taken back" },
        );
        changes.setGate(writer, id, false);
      });
      breakers.delete(id);
      room.progress.forget(id);
      room.announce();
      room.runs
        .cancel(id)
        .then(() => empty(id))
        .catch((error: unknown) => {
          room.log.error("Ending a batch failed", { batch: id, error });
        });
    },
  };
}

const heldUncompared = (rows: number): string =>
  `${counted(rows, "row comes", "rows come")} from a restored file and may have been sent already: ` +
  "compare with the provider first, in the Outbox.";

function refuseUncompared(rows: number): void {
  if (rows > 0) throw new VostroFailure("conflict", `${heldUncompared(rows)} Nothing was sent.`);
}

function refuseUnusable(room: BatchRoom, { connectionId }: BatchRecord): void {
  if (connectionId === undefined || room.connections.get(connectionId).state !== "sign-in-refused") return;
  const { name } = room.connections.get(connectionId);
  throw new VostroFailure(
    "sign-in-needed",
    `${name} did not accept our sign-in. Replace it or test the connection first. Nothing was sent.`,
  );
}
