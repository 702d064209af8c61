import { useQueryClient } from "@tanstack/react-query";
import type { Settings } from "@contract";
import { useCallback, useMemo } from "react";
import { failureSentence, useBridgeEvent, useCommand } from "../bridge/index.ts";
import { useAnnounce } from "../ui/index.ts";
import { commandsFor, type Command } from "./commands.ts";
import type { Leaving } from "./use-leaving.ts";
import { focusListFilter, useKeyboard } from "./use-keyboard.ts";

export interface FrameMeans {
  readonly go: (path: string) => void;
  /** Saves what is typed before the page is locked or left. */
  readonly leaving: Pick<Leaving, "leave" | "leaveAtOnce">;
  readonly settings: Settings | undefined;
  readonly openPalette: () => void;
  readonly showShortcuts: () => void;
  /** Shows why a command could not be run. */
  readonly onFailure: (sentence: string) => void;
}

/** The commands of the window, bound to the keyboard and to the menu. */
export function useCommands(means: FrameMeans): readonly Command[] {
  const { go, leaving, settings, openPalette, showShortcuts, onFailure } = means;
  const client = useQueryClient();
  const announce = useAnnounce();
  const { run: runLock } = useCommand("workspace.lock");
  const { run: runSignOut } = useCommand("workspace.signOut");
  const { run: runClose } = useCommand("workspace.close");
  const { run: runSave } = useCommand("workspace.saveSettings");

  const { run: runChoose } = useCommand("batches.chooseFile");
  const { run: runPaste } = useCommand("batches.paste");
  const { run: runTemplate } = useCommand("batches.exportTemplate");
  const { leave, leaveAtOnce } = leaving;

  const lock = useCallback(() => {
    leaveAtOnce(() => {
      void runLock({}).then((result) => (result.ok ? undefined : onFailure(failureSentence(result.failure))));
    });
  }, [runLock, leaveAtOnce, onFailure]);
  const readCacheAgain = useCallback(() => {
    void client.invalidateQueries().then(() => announce("Read from the cache again."));
  }, [client, announce]);

  const commands = useMemo(() => {
    const report = (result: { ok: true } | { ok: false; failure: Parameters<typeof failureSentence>[0] }) => {
      if (!result.ok) onFailure(failureSentence(result.failure));
    };
    const begin = (made: ReturnType<typeof runPaste>) =>
      void made.then((result) => {
        report(result);
        if (result.ok && result.value.id !== undefined) go(`/import/${String(result.value.id)}`);
      });
    return commandsFor({
      go,
      chooseFile: () => begin(runChoose({})),
      pasteRows: () => begin(runPaste({})),
      saveTemplate: () => void runTemplate({}).then(report),
      lock,
      readCacheAgain,
      showShortcuts,
      signOut: () => leave(() => void runSignOut({}).then(report)),
      closeWorkspace: () => leave(() => void runClose({}).then(report)),
      changeDensity: () => {
        if (settings === undefined) return;
        const density = settings.density === "compact" ? "comfortable" : "compact";
        void runSave({ ...settings, density }).then(report);
      },
    });
  }, [
    go, leave, lock, readCacheAgain, showShortcuts, runSignOut, runClose, runSave, runChoose, runPaste, runTemplate,
    settings, onFailure,
  ]);

  useKeyboard({ go, openPalette, showShortcuts, readCacheAgain, lock, singleKeys: settings?.singleKeys ?? true });
  useBridgeEvent("workspace.menu", ({ action }) => {
    if (action === "palette") openPalette();
    else if (action === "filter") focusListFilter();
    else if (action === "settings") go("/settings");
    else commands.find((command) => command.id === action)?.run();
  });
  return commands;
}
