import type { BatchDetail, BatchId, BatchProgress, Failure, PlanRow, RowFilter } from "@contract";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, useBridgeEvent, useCall, useOffsetRows, type OffsetList } from "../../bridge/index.ts";
import { withFirstRows, withProgress } from "./progress-words.ts";

export interface FollowedBatch {
  readonly batch: BatchDetail | undefined;
  readonly progress: BatchProgress | undefined;
  readonly failure: Failure | undefined;
}

/** A batch as it stands, with its running numbers. */
export function useBatch(id: BatchId): FollowedBatch {
  const { data, failure, readAgain } = useCall("batches.detail", { id });
  const [progress, setProgress] = useState<BatchProgress>();
  const [first, setFirst] = useState<BatchProgress["first"]>();
  useBridgeEvent("batches.progress", (told) => {
    if (told.id !== id) return;
    setProgress(told);
    if (told.first !== undefined || told.rowsDone === 0) setFirst(told.first);
    if (data !== undefined && told.state !== data.state) readAgain();
  });
  const isOf = progress !== undefined && progress.id === id && progress.state === data?.state;
  return {
    batch: data === undefined ? undefined : withFirstRows(withProgress(data, progress), first),
    progress: isOf ? progress : undefined,
    failure,
  };
}

const pageSize = 100;
const reloadEveryMs = 300;

/** The rows of a batch that pass a filter, by position; read again when main says they changed. */
export function useBatchRows(id: BatchId, filter: RowFilter): OffsetList<PlanRow> {
  const fetchPage = useCallback(
    (offset: number, limit: number) => call("batches.rows", { id, filter, offset, limit }),
    [id, filter],
  );
  const list = useOffsetRows<PlanRow>(pageSize, fetchPage);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { reload } = list;
  useEffect(() => () => clearTimeout(timer.current), [reload]);
  const reloadSoon = () => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      reload();
    }, reloadEveryMs);
  };
  useBridgeEvent("workspace.dataChanged", ({ topics }) => (topics.includes("batches") ? reloadSoon() : undefined));
  useBridgeEvent("batches.progress", (told) => (told.id === id && told.state === "sending" ? reloadSoon() : undefined));
  return list;
}
