import type { AppState } from "@contract";
import { Suspense, useCallback, useState } from "react";
import { useCall } from "../bridge/index.ts";
import { DropTarget } from "../features/batches/drop-target.tsx";
import {
  Banner,
  Button,
  dateTimeText,
  Loading,
  NavigationContext,
  SingleKeysContext,
  UnsavedWorkContext,
  useNow,
} from "../ui/index.ts";
import { useAppearance } from "./appearance.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { Palette } from "./palette.tsx";
import { Rail } from "./rail.tsx";
import { loadImport, Routes } from "./routes.tsx";
import { ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { StatusBar } from "./status-bar.tsx";
import { TitleBar } from "./title-bar.tsx";
import { useCommands } from "./use-commands.ts";
import { useHistory } from "./use-history.ts";
import { useLeaving } from "./use-leaving.ts";

/** What a printed page names: environment, workspace, person and time. */
function PrintHead({ state }: { readonly state: AppState }) {
  const nowMs = useNow();
  const { current, person } = state;
  return (
    <p className="print-head">
      Vostro, {current?.environment.toUpperCase()}, {current?.name}. Printed by {person?.name}, {dateTimeText(nowMs)}.
    </p>
  );
}

/** The window of an open workspace: title bar, rail, page, status bar. */
export function Frame({ state }: { readonly state: AppState }) {
  const leaving = useLeaving();
  const navigation = useHistory("/", leaving.leave);
  const settings = useCall("workspace.settings", {}).data;
  const status = useCall("workspace.status", {}).data;
  const [overlay, setOverlay] = useState<"palette" | "shortcuts">();
  const [failure, setFailure] = useState<string>();
  const close = useCallback(() => setOverlay(undefined), []);
  const openPalette = useCallback(() => setOverlay("palette"), []);
  const showShortcuts = useCallback(() => setOverlay("shortcuts"), []);
  const { go, path } = navigation;
  const commands = useCommands({ go, leaving, settings, openPalette, showShortcuts, onFailure: setFailure });
  useAppearance(settings);
  const changeDensity = () => commands.find((command) => command.id === "density")?.run();

  return (
    <NavigationContext value={navigation}>
      <UnsavedWorkContext value={leaving.work}>
        <SingleKeysContext value={settings?.singleKeys ?? true}>
          <div className="app" data-environment={state.current?.environment}>
            <TitleBar workspace={state.current} onPalette={openPalette} />
            <Rail status={status} />
            <main className="main" tabIndex={-1}>
              <PrintHead state={state} />
              {status?.storageTrouble === undefined ? null : (
                <Banner tone="bad" title="The disk does not take what has to be written.">{status.storageTrouble}</Banner>
              )}
              {failure === undefined ? null : (
                <Banner
                  tone="bad"
                  title="This could not be done."
                  actions={<Button size="sm" onPress={() => setFailure(undefined)}>Close</Button>}
                >
                  {failure}
                </Banner>
              )}
              <div className="main-page">
                <ErrorBoundary place={path}>
                  <Suspense fallback={<Loading>Opening…</Loading>}>
                    <Routes state={state} path={path} />
                  </Suspense>
                </ErrorBoundary>
              </div>
            </main>
            <StatusBar
              state={state}
              status={status}
              settings={settings}
              onDensity={changeDensity}
              onShortcuts={showShortcuts}
            />
          </div>
          <DropTarget role={state.person?.role} onComing={loadImport} onFailure={setFailure} />
          <Palette isOpen={overlay === "palette"} onClose={close} commands={commands} go={go} />
          <ShortcutsDialog isOpen={overlay === "shortcuts"} onClose={close} />
          <LeaveDialog leaving={leaving} />
        </SingleKeysContext>
      </UnsavedWorkContext>
    </NavigationContext>
  );
}
