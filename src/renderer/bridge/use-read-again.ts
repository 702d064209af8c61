import { hashKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryKey } from "./query-keys.ts";

const everything = hashKey(queryKey("workspace.state", {}));

/** Calls `reload` when a person asks for all answers anew (F5): then the app's own state is old too. */
export function useReadAgain(reload: () => void): void {
  const client = useQueryClient();
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "invalidate" && event.query.queryHash === everything) reload();
      }),
    [client, reload],
  );
}
