import type { ChangeRow, OutputOf } from "@contract";
import { useCallback } from "react";
import { call, useBridgeEvent, usePagedRows, type PagedList } from "../../bridge/index.ts";
import { outboxPageSize, type OutboxView } from "./outbox-views.ts";

type ChangePage = OutputOf<"changes.page">;

/** The changes of one view, newest first, page by page; read again when main says they changed. */
export function useChangesList(view: OutboxView, search: string): PagedList<ChangeRow, ChangePage> {
  const text = search.trim().slice(0, 100);
  const fetchPage = useCallback(
    (cursor: string | undefined) =>
      call("changes.page", {
        view,
        ...(text === "" ? {} : { search: text }),
        ...(cursor === undefined ? {} : { cursor }),
        limit: outboxPageSize,
      }),
    [view, text],
  );
  const list = usePagedRows<ChangeRow, ChangePage>(outboxPageSize, fetchPage);
  useBridgeEvent("workspace.dataChanged", ({ topics }) => {
    if (topics.includes("changes")) list.reload();
  });
  return list;
}
