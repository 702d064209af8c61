import type { Choice } from "../../ui/index.ts";

/** The first part of an action's name, as a person knows it. */
export const areaChoices = [
  { id: "workspace", label: "Workspace" },
  { id: "person", label: "People" },
  { id: "connection", label: "Connections" },
  { id: "account", label: "Accounts" },
  { id: "accounts", label: "Reading accounts" },
  { id: "change", label: "Changes" },
  { id: "audit", label: "Audit trail" },
  { id: "training", label: "Training" },
  { id: "call", label: "Requests" },
] as const satisfies readonly Choice[];
export type Area = (typeof areaChoices)[number]["id"];

/** "change.sent" → "Changes"; an area without a name of its own is shown as it is. */
export function areaLabel(action: string): string {
  const area = action.split(".", 1)[0] ?? action;
  return areaChoices.find((choice) => choice.id === area)?.label ?? area;
}
