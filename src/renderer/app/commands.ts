import {
  BookOpenText, CircleQuestionMark, ClipboardPaste, Download, FileUp, Keyboard, Lock, LogOut, RefreshCw, RotateCcw, Rows3, Wrench, X,
  type LucideIcon,
} from "lucide-react";
import { places } from "./places.ts";

export interface Command {
  /** What the menu and the palette call it. */
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly group: "Go to" | "Do";
  readonly keys?: string | undefined;
  readonly note?: string | undefined;
  readonly run: () => void;
}

/** What the commands act upon. */
export interface CommandMeans {
  readonly go: (path: string) => void;
  readonly chooseFile: () => void;
  readonly pasteRows: () => void;
  readonly saveTemplate: () => void;
  readonly lock: () => void;
  readonly signOut: () => void;
  readonly closeWorkspace: () => void;
  readonly readCacheAgain: () => void;
  readonly changeDensity: () => void;
  readonly showShortcuts: () => void;
}

/** Everything that can be run from the palette; the menu names the same commands. */
export function commandsFor(means: CommandMeans): readonly Command[] {
  const toPlaces = places.map((place): Command => ({
    id: place.action,
    label: place.label,
    icon: place.icon,
    group: "Go to",
    keys: `G then ${place.key}`,
    run: () => means.go(place.path),
  }));
  return [
    ...toPlaces,
    { id: "go-repair", label: "Repair queue", icon: Wrench, group: "Go to", keys: "G then Q", run: () => means.go("/repair") },
    { id: "go-codes", label: "Aggregation status codes", icon: BookOpenText, group: "Go to", run: () => means.go("/refresh/codes") },
    { id: "help", label: "Help", icon: CircleQuestionMark, group: "Go to", keys: "F1", run: () => means.go("/help") },
    { id: "choose-file", label: "Choose a CSV file to import", icon: FileUp, group: "Do", run: means.chooseFile },
    {
      id: "paste-rows", label: "Paste rows from a spreadsheet", icon: ClipboardPaste, group: "Do", run: means.pasteRows,
    },
    { id: "template", label: "Download the import template", icon: Download, group: "Do", run: means.saveTemplate },
    {
      id: "refresh-customer", label: "Refresh a customer", icon: RefreshCw, group: "Do",
      note: "asks before anything is sent", run: () => means.go("/refresh/ask"),
    },
    { id: "shortcuts", label: "Keyboard shortcuts", icon: Keyboard, group: "Do", keys: "?", run: means.showShortcuts },
    {
      id: "reread", label: "Read the cache again", icon: RotateCcw, group: "Do", keys: "F5",
      note: "never asks the provider", run: means.readCacheAgain,
    },
    { id: "density", label: "Compact or comfortable rows", icon: Rows3, group: "Do", run: means.changeDensity },
    { id: "lock", label: "Lock now", icon: Lock, group: "Do", keys: "Ctrl Shift L", run: means.lock },
    { id: "sign-out", label: "Sign out", icon: LogOut, group: "Do", run: means.signOut },
    { id: "close-workspace", label: "Close the workspace", icon: X, group: "Do", run: means.closeWorkspace },
  ];
}

/** The commands whose name holds every word of the text. */
export function matchingCommands(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/u).filter((word) => word !== "");
  return commands.filter((command) => {
    const name = `${command.group} ${command.label}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}
