import type { AccountId, AppState, BatchId, ChangeId } from "@contract";
import { lazy, useState, type ComponentType } from "react";
import { isOutboxView } from "../features/changes/outbox-views.ts";
import { RestoredBanner } from "../features/changes/restored-banner.tsx";
import { TodayPage } from "../features/workspace/today-page.tsx";
import { Empty, Link } from "../ui/index.ts";

/**
 * A page loaded when it is first shown, or ahead of that with `load`: one that is there by then is shown at once. Before
 * any of its schemas is made, zod is told not to compile code.
 */
function page<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | undefined;
  const fetched = async () => {
    await import("./zod-without-eval.ts");
    loaded = await load();
    return { default: loaded };
  };
  const Later: ComponentType<Props> = lazy(fetched) as unknown as ComponentType<Props>;
  const Page = (props: Props) => {
    const [Shown] = useState(() => loaded ?? Later);
    return <Shown {...props} />;
  };
  return Object.assign(Page, { load: () => void fetched() });
}

const AccountsRoute = page(async () => (await import("./accounts-route.tsx")).AccountsRoute);
const RepairRoute = page(async () => (await import("./repair-route.tsx")).RepairRoute);
const EditorPage = page(async () => (await import("../features/changes/editor-page.tsx")).EditorPage);
const OutboxPage = page(async () => (await import("../features/changes/outbox-page.tsx")).OutboxPage);
const ImportPage = page(async () => {
  ImportRoute.load();
  return (await import("../features/batches/import-page.tsx")).ImportPage;
});
const ImportRoute = page(async () => (await import("./import-route.tsx")).ImportRoute);
const LogPage = page(async () => (await import("../features/audit/log-page.tsx")).LogPage);
const RefreshesPage = page(async () => (await import("../features/refreshes/refreshes-page.tsx")).RefreshesPage);
const HelpPage = page(async () => (await import("./help-page.tsx")).HelpPage);
const SettingsRoute = page(async () => (await import("./settings-route.tsx")).SettingsRoute);

/** Loads the page of a batch before it is shown: a file that is chosen or dropped leads there at once. */
export const loadImport = ImportRoute.load;

export interface RoutesProps {
  readonly state: AppState;
  readonly path: string;
}

const numberOf = (text: string | undefined) => (text !== undefined && /^\d+$/u.test(text) ? Number(text) : undefined);

/** The page of a path. */
export function Routes({ state, path }: RoutesProps) {
  const [place, id, action, more] = path.split("/").slice(1);
  if (place === "") return <TodayPage notice={<RestoredBanner />} />;
  if (place === "accounts") {
    const account = numberOf(id) as AccountId | undefined;
    if (account === undefined) return <AccountsRoute act={id === "act" ? action : undefined} />;
    return action === "edit" ? <EditorPage key={account} accountId={account} /> : <AccountsRoute accountId={account} />;
  }
  if (place === "outbox") {
    return <OutboxPage changeId={numberOf(id) as ChangeId | undefined} view={isOutboxView(id) ? id : undefined} />;
  }
  if (place === "import") {
    const batch = numberOf(id) as BatchId | undefined;
    return batch === undefined ? <ImportPage /> : <ImportRoute key={batch} batchId={batch} />;
  }
  if (place === "repair") return <RepairRoute act={id} />;
  if (place === "refresh") return <RefreshesPage target={id} connection={action} customers={more} />;
  if (place === "log") return <LogPage />;
  if (place === "settings") return <SettingsRoute state={state} section={id} />;
  if (place === "help") return <HelpPage />;
  return <Empty title="There is no such page." action={<Link to="/">Go to Today</Link>} />;
}
