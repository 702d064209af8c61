import { ConfirmDialog } from "../ui/index.ts";
import type { Leaving } from "./use-leaving.ts";

/** Asks before something typed is lost because it cannot be saved. */
export function LeaveDialog({ leaving }: { readonly leaving: Leaving }) {
  const { unsaved, stay, leaveAnyway } = leaving;
  return (
    <ConfirmDialog
      title="Leave without saving?"
      isOpen={unsaved !== undefined}
      danger
      highRisk
      confirmLabel="Leave without saving"
      cancelLabel="Stay here"
      onConfirm={leaveAnyway}
      onCancel={stay}
    >
      <p>{(unsaved ?? []).join(", ")} could not be saved. If you leave, what was typed since the last save is lost.</p>
      <p>Nothing was sent.</p>
    </ConfirmDialog>
  );
}
