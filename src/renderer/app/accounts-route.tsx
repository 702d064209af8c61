import type { AccountId } from "@contract";
import { repairActorOf } from "../features/accounts/actor-words.tsx";
import { AccountsPage, type SelectionRefresh } from "../features/accounts/accounts-page.tsx";
import { SelectionDialog } from "../features/refreshes/ask-dialog.tsx";
import { useNavigate } from "../ui/index.ts";

function RefreshSelection(asked: SelectionRefresh) {
  const go = useNavigate();
  return (
    <SelectionDialog
      {...asked}
      onStarted={([first, ...more]) => go(more.length > 0 ? "/refresh" : `/refresh/${String(first)}`)}
    />
  );
}

export interface AccountsRouteProps {
  readonly accountId?: AccountId | undefined;
  /** Who must act, as the path says. */
  readonly act?: string | undefined;
}

/** The accounts, with the refresh of the customers behind a selection. */
export function AccountsRoute({ accountId, act }: AccountsRouteProps) {
  const actor = repairActorOf(act);
  return <AccountsPage key={actor ?? "all"} accountId={accountId} act={actor} RefreshDialog={RefreshSelection} />;
}
