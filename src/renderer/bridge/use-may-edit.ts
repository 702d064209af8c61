import { useCall } from "./use-call.ts";

/** Whether the person signed in may change accounts; main decides again with every command. */
export function useMayEdit(): boolean {
  const role = useCall("workspace.state", {}).data?.person?.role;
  return role === undefined || role === "maker" || role === "administrator";
}
