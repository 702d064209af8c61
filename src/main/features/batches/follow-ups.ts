import { setImmediate as nextTurn } from "node:timers/promises";
import type { AccountId, BatchId, ConnectionId, ParsedInputOf } from "@contract";
import { finzlyFieldNames, isUnderWay } from "@contract";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { normaliseSecCodes } from "@contract/rules/sec-codes.ts";
import type { CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import { batchName } from "./batch-name.ts";
import type { RowOutcome } from "../changes/change-access.ts";
import type { BatchRecord } from "./batch-record.ts";
import { mustTakeBulk } from "./bulk-connections.ts";
import { counted } from "./counted.ts";
import { beginBatch, stageRows } from "./intake.ts";
import type { BatchRoom } from "./room.ts";
import { countToSendAgain } from "./send-again.ts";
import type { GivenRow } from "./staging.ts";
import { childrenOf, otherRetriesOf, patchBatch, unmadeRows } from "./store.ts";
import { movedOn, mustFind, ownDeed } from "./transition.ts";
import { undoRow } from "./undo-rows.ts";

const rowsAtOnce = 200;
const accountsAtOnce = 50;
const over = new Set<BatchRecord["state"]>(["finished", "stopped"]);

/** Failure conflict while rows of the batch are still on their way or being taken back. */
function mustBeOver(batch: BatchRecord): void {
  if (!over.has(batch.state)) throw movedOn(batch);
  if (batch.finishedAtMs !== undefined) return;
  throw new VostroFailure("conflict", `Rows of “${batch.name}” are still under way or being taken back. Wait for them.`);
}

function refuseSecond(room: BatchRoom, parent: BatchRecord, what: "retry" | "undo"): void {
  const open = childrenOf(room.store.read, parent.id).find(
    (child) => child.parent?.what === what && isUnderWay(child.state),
  );
  if (open === undefined) return;
  throw new VostroFailure("conflict", `There is already such a batch, “${open.name}”. Finish or withdraw it first.`);
}

/** What one round of a gathering found, and after which row the next one begins; undefined: nothing is left. */
async function inSteps<T>(
  signal: AbortSignal,
  next: (afterRow: number) => { found: T[]; toRow: number | undefined },
): Promise<T[]> {
  const all: T[] = [];
  for (let after = 0; ;) {
    signal.throwIfAborted();
    const { found, toRow } = next(after);
    for (const one of found) all.push(one);
    if (toRow === undefined) return all;
    after = toRow;
    await nextTurn();
  }
}

/**
 * A new batch of the rows that were refused, conflicted, came back, could not be made or were never sent, with their
 * cells as they stand, but for those that a person withdrew one by one and those that another batch sending them again
 * got accepted or has under way. Conflicts and drafts that came back are closed, because their rows go into the new
 * batch. Failures conflict, input-invalid when there is nothing to send again.
 */
export function retryBatch(room: BatchRoom, id: BatchId, context: CallContext): BatchId {
  const parent = mustFind(room.store.read, id);
  mustBeOver(parent);
  refuseSecond(room, parent, "retry");
  if (countToSendAgain(room, room.store.read, parent) === 0) {
    throw new VostroFailure(
      "input-invalid",
      "Every row was accepted, sent again since, withdrawn by a person or is still unclear, so there is nothing to send " +
        "again.",
    );
  }
  const name = batchName(`${parent.name}, again`);
  const { connectionId } = parent;
  const made = beginBatch(
    room,
    { name, source: "retry", connectionId, parent: { id, what: "retry" } },
    `Began to send again what failed of “${parent.name}”`,
    context,
  );
  room.store.transaction((writer) => {
    const { columns, key } = parent;
    patchBatch(writer, mustFind(writer, made), { columns, ...(key === undefined ? {} : { key }) }, room.clock.nowMs());
  });
  stageRows(room, made, async (signal) => {
    const rows = await unsentRows(room, parent, made, signal);
    if (rows.length === 0)
      throw new VostroFailure("input-invalid", "What failed was sent again since, so there is nothing to send again.");
    await closeUnsent(room, parent, made, signal);
    return { kind: "rows-of", stagingFile: room.files.path(id, parent.stagingNo), rows };
  });
  return made;
}

const failed = new Set<RowOutcome["state"]>(["refused", "conflict", "withdrawn", "draft", "rejected", "expired"]);

/** Those of the rows that no other batch sent with success, or may have sent, and no person withdrew there. */
function notSentSince(room: BatchRoom, retries: readonly BatchId[], rows: readonly number[]): number[] {
  const outcomes = retries.map((id) => room.changes.outcomesOf(room.store.read, id, rows));
  return rows.filter((row) =>
    outcomes.every((of) => {
      const outcome = of.get(row);
      return outcome === undefined || (failed.has(outcome.state) && !outcome.setAside);
    }),
  );
}

async function unsentRows(
  room: BatchRoom,
  parent: BatchRecord,
  into: BatchId,
  signal: AbortSignal,
): Promise<number[]> {
  const { read } = room.store;
  const retries = otherRetriesOf(read, parent).filter((id) => id !== into);
  const changed = await inSteps(signal, (after) => {
    const found = room.changes.unsentRows(read, parent.id, after, rowsAtOnce);
    return { found, toRow: found.length < rowsAtOnce ? undefined : found.at(-1) };
  });
  const unmade = await inSteps(signal, (after) => {
    const unmadeNow = unmadeRows(read, parent.id, after, rowsAtOnce);
    const found = unmadeNow.filter(({ bucket }) => bucket !== "no-change").map(({ row }) => row);
    return { found, toRow: unmadeNow.length < rowsAtOnce ? undefined : unmadeNow.at(-1)?.row };
  });
  const never = parent.madeAll ? [] : await neverMade(room, parent, signal);
  const all = [...changed, ...unmade, ...never].toSorted((left, right) => left - right);
  if (retries.length === 0) return all;
  return await inSteps(signal, (from) => {
    const some = all.slice(from, from + rowsAtOnce);
    const to = from + rowsAtOnce;
    return { found: notSentSince(room, retries, some), toRow: to < all.length ? to : undefined };
  });
}

/** Rows of a batch that was stopped before all of it was made. */
function neverMade(room: BatchRoom, { id, madeToRow }: BatchRecord, signal: AbortSignal): Promise<number[]> {
  return room.pool.use(id, async (staging) => {
    const all: number[] = [];
    for (let after = madeToRow; ;) {
      signal.throwIfAborted();
      const rows = await staging.chosen(after, rowsAtOnce);
      const last = rows.at(-1);
      if (last === undefined) return all;
      for (const { row } of rows) all.push(row);
      after = last.row;
    }
  });
}

async function closeUnsent(room: BatchRoom, parent: BatchRecord, into: BatchId, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const closed = room.store.transaction((writer) =>
      room.changes.closeUnsent(writer, parent.id, `Its row goes into batch ${into}.`, rowsAtOnce / 5, ownDeed(room)),
    );
    if (closed === 0) return;
    await nextTurn();
  }
}

/** A new batch that puts back what this one wrote. Failures conflict, input-invalid when nothing was accepted. */
export function undoBatch(room: BatchRoom, id: BatchId, context: CallContext): BatchId {
  const parent = mustFind(room.store.read, id);
  mustBeOver(parent);
  refuseSecond(room, parent, "undo");
  const accepted = room.changes.countsOf(room.store.read, id).some(({ state }) => state === "accepted");
  if (!accepted)
    throw new VostroFailure(
      "input-invalid",
      "Nothing of this batch stands at the provider, so there is nothing to undo.",
    );
  const name = batchName(`Undo of ${parent.name}`);
  const { connectionId } = parent;
  const made = beginBatch(
    room,
    { name, source: "undo", connectionId, parent: { id, what: "undo" } },
    `Began to undo “${parent.name}”`,
    context,
  );
  stageRows(room, made, async (signal) => {
    const rows = await inSteps<GivenRow>(signal, (after) => {
      const found = room.changes.acceptedOf(room.store.read, id, after, accountsAtOnce);
      return { found: found.map(undoRow), toRow: found.length < accountsAtOnce ? undefined : found.at(-1)?.row };
    });
    return { kind: "rows", rows };
  });
  return made;
}

type Selection = ParsedInputOf<"batches.fromAccounts">;

function selectionName({ proposed, codesAdd = [], codesRemove = [] }: Selection, accounts: number): string {
  const fields = finzlyFieldNames
    .filter((field) => proposed[field] !== undefined)
    .map((field) => finzlyFields[field].label);
  const codes = [...codesAdd.map((code) => `+${code}`), ...codesRemove.map((code) => `−${code}`)];
  const what = [...fields, ...codes].slice(0, 3).join(", ") || "Change";
  return batchName(`${what} on ${counted(accounts, "account")}`);
}

/** The same change to each chosen account. Failures input-invalid (nothing proposed, several connections), not-found. */
export function batchFromAccounts(room: BatchRoom, input: Selection, context: CallContext): BatchId {
  const ids = [...new Set(input.accountIds)];
  const { proposed, codesAdd = [], codesRemove = [] } = input;
  if (Object.keys(proposed).length + codesAdd.length + codesRemove.length === 0) {
    throw new VostroFailure("input-invalid", "Choose what to set on these accounts.");
  }
  const connectionId = connectionOf(room, ids.slice(0, 1));
  if (connectionId !== undefined) mustTakeBulk(room.connections.get(connectionId));
  const made = beginBatch(
    room,
    { name: selectionName(input, ids.length), source: "selection", connectionId },
    `Began to change ${counted(ids.length, "chosen account")}`,
    context,
  );
  stageRows(room, made, async (signal) => {
    const rows = await inSteps<GivenRow>(signal, (from) => {
      const some = ids.slice(from, from + accountsAtOnce);
      const found = some.map((id) => selectedRow(room, id, { proposed, codesAdd, codesRemove, connectionId }));
      return { found, toRow: from + accountsAtOnce >= ids.length ? undefined : from + accountsAtOnce };
    });
    return { kind: "rows", rows };
  });
  return made;
}

function connectionOf(room: BatchRoom, [first]: readonly AccountId[]): ConnectionId | undefined {
  return first === undefined ? undefined : room.accounts.stored(room.store.read, first).connectionId;
}

function selectedRow(
  room: BatchRoom,
  accountId: AccountId,
  wanted: Required<Pick<Selection, "proposed">> & {
    codesAdd: readonly string[];
    codesRemove: readonly string[];
    connectionId: ConnectionId | undefined;
  },
): GivenRow {
  const account = room.accounts.stored(room.store.read, accountId);
  if (account.connectionId !== wanted.connectionId) {
    throw new VostroFailure(
      "input-invalid",
      "The chosen accounts belong to more than one connection. Choose those of one connection at a time.",
    );
  }
  const { proposed, codesAdd, codesRemove } = wanted;
  if (codesAdd.length + codesRemove.length === 0) return { accountId, proposed };
  const known = account.known.secCodes?.value;
  if (!Array.isArray(known)) return { accountId, proposed, cannot: ["secCodes"] };
  const removed = new Set(normaliseSecCodes(codesRemove));
  const held = known.filter((code): code is string => typeof code === "string");
  const secCodes = normaliseSecCodes([...held, ...codesAdd]).filter((code) => !removed.has(code));
  return { accountId, proposed: { ...proposed, secCodes } };
}
