import { accountId, changeId, type AppState } from "@contract";
import { lazy } from "react";
import { TodayPage } from "../features/workspace/today-page.tsx";
import { Empty, Link } from "../ui/index.ts";

const AccountsPage = lazy(async () => ({ default: (await import("../features/accounts/accounts-page.tsx")).AccountsPage }));
const EditorPage = lazy(async () => ({ default: (await import("../features/changes/editor-page.tsx")).EditorPage }));
const OutboxPage = lazy(async () => ({ default: (await import("../features/changes/outbox-page.tsx")).OutboxPage }));
const LogPage = lazy(async () => ({ default: (await import("../features/audit/log-page.tsx")).LogPage }));
const HelpPage = lazy(async () => ({ default: (await import("./help-page.tsx")).HelpPage }));
const SettingsRoute = lazy(async () => ({ default: (await import("./settings-route.tsx")).SettingsRoute }));

export interface RoutesProps {
  readonly state: AppState;
  readonly path: string;
}

const numberOf = (text: string | undefined) => (text !== undefined && /^\d+$/u.test(text) ? Number(text) : undefined);

/** The page of a path. */
export function Routes({ state, path }: RoutesProps) {
  const [place, id, action] = path.split("/").slice(1);
  if (place === "") return <TodayPage />;
  if (place === "accounts") {
    const account = accountId.safeParse(numberOf(id));
    if (!account.success) return <AccountsPage />;
    return action === "edit" ? <EditorPage accountId={account.data} /> : <AccountsPage accountId={account.data} />;
  }
  if (place === "outbox") {
    const change = changeId.safeParse(numberOf(id));
    return change.success ? <OutboxPage changeId={change.data} /> : <OutboxPage />;
  }
  if (place === "log") return <LogPage />;
  if (place === "settings") return <SettingsRoute state={state} section={id} />;
  if (place === "help") return <HelpPage />;
  return <Empty title="There is no such page." action={<Link to="/">Go to Today</Link>} />;
}
