import { FileUp, Inbox, Landmark, RefreshCw, ScrollText, Send, Settings2, type LucideIcon } from "lucide-react";

export interface Place {
  readonly path: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Follows G on the keyboard. */
  readonly key: string;
  /** What the menu calls it. */
  readonly action: string;
}

export const upperPlaces: readonly Place[] = [
  { path: "/", label: "Today", icon: Inbox, key: "T", action: "go-today" },
  { path: "/accounts", label: "Accounts", icon: Landmark, key: "A", action: "go-accounts" },
  { path: "/import", label: "Import", icon: FileUp, key: "I", action: "go-import" },
  { path: "/outbox", label: "Outbox", icon: Send, key: "O", action: "go-outbox" },
  { path: "/refresh", label: "Refresh", icon: RefreshCw, key: "R", action: "go-refresh" },
];

export const lowerPlaces: readonly Place[] = [
  { path: "/log", label: "Log", icon: ScrollText, key: "L", action: "go-log" },
  { path: "/settings", label: "Settings", icon: Settings2, key: "S", action: "go-settings" },
];

export const places: readonly Place[] = [...upperPlaces, ...lowerPlaces];

/** Whether a path lies in a place. */
export function isIn(place: Place, path: string): boolean {
  return place.path === "/" ? path === "/" : path === place.path || path.startsWith(`${place.path}/`);
}
