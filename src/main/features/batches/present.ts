import type { BatchDetail, BatchRow, BatchTotals, Settings } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { Reader } from "../../database/sql.ts";
import type { ChangeCount } from "../changes/change-access.ts";
import { bringsNothing, type BatchRecord, type ListedBatch } from "./batch-record.ts";
import { outcomesOf } from "./outcomes.ts";
import { isOvertaken } from "./overtaken.ts";
import type { BatchRoom } from "./room.ts";
import { isMap, mapFor } from "./saved-maps.ts";
import { countToSendAgain } from "./send-again.ts";
import type { FirstLook } from "./staging.ts";
import { childrenOf, findBatch, sameFileOf, undoneBy } from "./store.ts";

export const noTotals: BatchTotals = {
  chosen: 0, sentence: "", figures: [], risk: { high: 0, medium: 0, low: 0 }, brings: bringsNothing,
};

export function toRow(batch: ListedBatch, counts: readonly ChangeCount[]): BatchRow {
  return {
    id: batch.id,
    name: batch.name,
    state: batch.state,
    source: batch.source,
    fileName: batch.fileName,
    sha256: batch.sha256,
    bytes: batch.bytes,
    rows: batch.rows,
    counts: batch.state === "reading" ? {} : batch.counts,
    outcomes: outcomesOf(batch, counts),
    madeBy: batch.madeBy.name,
    createdAtMs: batch.createdAtMs,
    updatedAtMs: batch.updatedAtMs,
    message: batch.message,
  };
}

function connectionOf(room: BatchRoom, batch: BatchRecord) {
  if (batch.connectionId === undefined) return undefined;
  try {
    return room.connections.get(batch.connectionId);
  } catch (error) {
    if (error instanceof VostroFailure && error.code === "not-found") return undefined;
    throw error;
  }
}

/** How many of the chosen rows the workspace's rule gives to a second person. */
export function approvalsOf(policy: Settings["secondPerson"], { risk }: Pick<BatchTotals, "risk">): number {
  return (["high", "medium", "low"] as const).reduce((sum, each) => sum + (policy[each] ? risk[each] : 0), 0);
}

function undoOf(reader: Reader, batch: BatchRecord, { outcomes, counts }: BatchRow): BatchDetail["undo"] {
  if (undoneBy(reader, batch) === undefined) return undefined;
  const sum = (...numbers: (number | undefined)[]): number => numbers.reduce<number>((all, one) => all + (one ?? 0), 0);
  return {
    reversed: outcomes.accepted,
    kept: sum(counts.conflict, counts["no-change"], counts["duplicate-key"], outcomes.conflict),
    couldNot: sum(counts.blocked, counts["not-found"]),
    refused: outcomes.refused,
    unknown: outcomes.unknown,
    withdrawn: outcomes.withdrawn,
    undone: outcomes.reversed,
  };
}

const named = ({ id, name, parent, state }: BatchRecord) => ({ id, name, what: parent?.what ?? "retry", state });

/** A batch that is being read, with what its first rows show and nothing of how it was read before. */
function withFirstLook(batch: BatchRecord, look: FirstLook | undefined): BatchRecord {
  if (batch.state !== "reading" || (batch.readFrom === undefined && batch.columns.length > 0)) return batch;
  const { columns = [], ...staged } = look ?? {};
  const facts = look === undefined ? undefined : (staged as BatchRecord["staged"]);
  return { ...batch, columns, staged: facts, counts: {}, totals: undefined, mapName: undefined };
}

export function toDetail(room: BatchRoom, reader: Reader, stored: BatchRecord): BatchDetail {
  const batch = withFirstLook(stored, room.firstLooks.get(stored.id));
  const row = toRow(batch, room.changes.countsOf(reader, batch.id));
  const connection = connectionOf(room, batch);
  const same = sameFileOf(reader, batch);
  const map = mapFor(reader, batch);
  const parent = batch.parent === undefined ? undefined : findBatch(reader, batch.parent.id);
  const totals = batch.totals ?? noTotals;
  const perSecond = room.progress.rateOf(batch.id);
  const { left } = row.outcomes;
  return {
    ...row,
    revision: batch.revision,
    environment: connection?.environment,
    connectionId: batch.connectionId,
    connectionName: connection?.name,
    reading: batch.staged?.reading ?? (batch.state === "failed" ? room.tried.get(batch.id) : undefined),
    readsAgain: batch.state === "reading" && batch.readFrom !== undefined,
    readMessage: batch.readMessage,
    detected: batch.staged?.detected,
    preview: (batch.staged?.preview ?? []).map((cells) => [...cells]),
    columns: [...batch.columns],
    key: batch.key,
    keyChoices: batch.staged?.keyChoices ?? [],
    mapName: batch.mapName,
    savedMap: map && { id: map.id, name: map.name, fits: isMap(map, batch) },
    columnDraft: batch.columnDraft,
    raggedRows: batch.staged?.raggedRows ?? 0,
    readProblems: batch.staged?.readProblems ?? [],
    sameFile: same && { id: same.id, name: same.name, atMs: same.createdAtMs },
    totals,
    largestIncreaseTenths: batch.largestIncreaseTenths,
    reasonCategory: batch.reasonCategory,
    reason: batch.reason,
    authorisationRef: batch.authorisationRef,
    approvals: approvalsOf(room.policy(), totals),
    stopAfterRefusals: batch.stopAfterRefusals,
    setAside: row.outcomes.withdrawn === 0 ? 0 : room.changes.setAsideOf(reader, batch.id),
    toSendAgain: countToSendAgain(room, reader, batch),
    step: batch.step,
    parent: parent && batch.parent && { id: parent.id, name: parent.name, what: batch.parent.what },
    children: childrenOf(reader, batch.id).map(named),
    startedAtMs: batch.startedAtMs,
    finishedAtMs: batch.finishedAtMs,
    comparedAtMs: batch.comparedAtMs,
    isOvertaken: isOvertaken(room, batch),
    withdrawnBy: batch.withdrawnBy,
    sentBy: batch.confirmedBy?.name,
    perSecond,
    leftMs: perSecond === undefined || perSecond <= 0 ? undefined : Math.round((left * 1000) / perSecond),
    undo: undoOf(reader, batch, row),
  };
}
