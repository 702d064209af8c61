import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { AppState, Failure } from "@contract";
import { dropAnswers } from "./bridge-provider.tsx";
import { useCall } from "./use-call.ts";

export interface Session {
  readonly state: AppState | undefined;
  readonly failure: Failure | undefined;
}

/** Which screen the app shows and for whom. While the workspace is not open, no other answer is kept. */
export function useSession(): Session {
  const { data, failure } = useCall("workspace.state", {});
  const client = useQueryClient();
  const isOpen = data?.phase === "open";
  useEffect(() => {
    if (!isOpen) dropAnswers(client);
  }, [client, isOpen]);
  return { state: data, failure };
}
