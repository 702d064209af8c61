import type { BatchDetail, ProblemGroup } from "@contract";
import { counted, countText } from "../../ui/index.ts";

/** Errors before warnings, damage first, larger groups first. */
export function sortedGroups(groups: readonly ProblemGroup[]): readonly ProblemGroup[] {
  const rank = (group: ProblemGroup) => (group.damage ? 0 : group.severity === "error" ? 1 : 2);
  return groups.toSorted((a, b) => rank(a) - rank(b) || b.count - a.count || a.id.localeCompare(b.id));
}

type Counts = BatchDetail["counts"];

const standstills: readonly (readonly [keyof Counts, string])[] = [
  ["blocked", "blocked"],
  ["not-found", "not found"],
  ["duplicate-key", "of an account that stands twice"],
  ["conflict", "in conflict"],
];

/** How many rows will not be sent, whatever keeps them. */
export function stoppedRows(counts: Counts): number {
  return standstills.reduce((sum, [bucket]) => sum + (counts[bucket] ?? 0), 0);
}

/** "111 rows are blocked and 3 not found; they will not be sent. The other 4,886 rows are not affected." */
export function stoppedSentence(counts: Counts, rows: number): string {
  const found = standstills.flatMap(([bucket, words]) => {
    const count = counts[bucket] ?? 0;
    return count === 0 ? [] : [{ count, words }];
  });
  const [first, ...more] = found;
  if (first === undefined) return "No row is blocked.";
  const are = first.count === 1 ? "row is" : "rows are";
  const parts = [`${counted(first.count, are, are)} ${first.words}`, ...more.map((each) => `${countText(each.count)} ${each.words}`)];
  const last = parts.length > 1 ? ` and ${parts.pop() ?? ""}` : "";
  const end = more.length === 0 ? " and will not be sent." : "; they will not be sent.";
  const others = Math.max(0, rows - stoppedRows(counts));
  const rest =
    others === 0
      ? "No other row is left."
      : `The other ${counted(others, "row")} ${others === 1 ? "is" : "are"} not affected.`;
  return `${parts.join(", ")}${last}${end} ${rest}`;
}

/** "These 41 rows are Blocked and will not be sent; the other 4,959 rows are not affected by this." */
export function damagedSentence(count: number, rows: number): string {
  const these = count === 1 ? "This row is" : `These ${counted(count, "row")} are`;
  const others = counted(Math.max(0, rows - count), "row");
  const are = rows - count === 1 ? "is" : "are";
  return `${these} Blocked and will not be sent; the other ${others} ${are} not affected by this.`;
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
