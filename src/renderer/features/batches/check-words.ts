import type { ProblemGroup } from "@contract";
import { counted } from "../../ui/index.ts";

/** Errors before warnings, damage first, larger groups first. */
export function sortedGroups(groups: readonly ProblemGroup[]): readonly ProblemGroup[] {
  const rank = (group: ProblemGroup) => (group.damage ? 0 : group.severity === "error" ? 1 : 2);
  return groups.toSorted((a, b) => rank(a) - rank(b) || b.count - a.count || a.id.localeCompare(b.id));
}

/** "111 rows are blocked and will not be sent; the other 4,889 are not affected." */
export function blockedSentence(blocked: number, rows: number): string {
  if (blocked === 0) return "No row is blocked.";
  const others = rows - blocked;
  const are = blocked === 1 ? "row is" : "rows are";
  const rest =
    others === 0
      ? "No other row is left."
      : `The other ${counted(others, "row")} ${others === 1 ? "is" : "are"} not affected.`;
  return `${counted(blocked, are, are)} blocked and will not be sent. ${rest}`;
}

/** "These 41 rows are Blocked and will not be sent; the other 4,959 rows are not affected." */
export function damagedSentence(count: number, rows: number): string {
  const these = count === 1 ? "This row is" : `These ${counted(count, "row")} are`;
  const others = counted(Math.max(0, rows - count), "row");
  const are = rows - count === 1 ? "is" : "are";
  return `${these} Blocked and will not be sent; the other ${others} ${are} not affected.`;
}

/** "Row 4, 9, 12 and 38 more": where a group's rows are. */
export function sampleRowsText(group: ProblemGroup): string {
  const shown = group.sampleRows.slice(0, 4);
  const more = group.count - shown.length;
  const rows = shown.map(String).join(", ");
  const word = shown.length === 1 && more <= 0 ? "Row" : "Rows";
  return `${word} ${rows}${more > 0 ? ` and ${counted(more, "more", "more")}` : ""}`;
}

/** "Also damaged: “Account UID”, 196 values that can be put right below; “Cost center”, 49 values that cannot." */
export function otherDamage(groups: readonly ProblemGroup[]): string {
  const columns = [...Map.groupBy(groups, ({ column }) => column)].map(([column, found]) => {
    const sum = (some: readonly ProblemGroup[]): number => some.reduce((all, { count }) => all + count, 0);
    const fixable = sum(found.filter(({ fix }) => fix !== undefined));
    const lost = sum(found) - fixable;
    const parts = [
      ...(fixable === 0 ? [] : [`${counted(fixable, "value")} that can be put right below`]),
      ...(lost === 0 ? [] : [`${counted(lost, "value")} that cannot be recovered`]),
    ];
    return `“${column}”, ${parts.join(" and ")}`;
  });
  return columns.length === 0 ? "" : `Also damaged: ${columns.join("; ")}.`;
}
