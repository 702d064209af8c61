import type { AppState, Failure } from "@contract";
import { useCall } from "./use-call.ts";

export interface Session {
  readonly state: AppState | undefined;
  readonly failure: Failure | undefined;
}

/** Which screen the app shows and for whom. */
export function useSession(): Session {
  const { data, failure } = useCall("workspace.state", {});
  return { state: data, failure };
}
