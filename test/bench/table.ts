import type { Line } from "./measurement.ts";

const columns = [
  ["what", (line: Line) => line.what],
  ["measured", (line: Line) => line.value],
  ["beside", (line: Line) => line.beside ?? ""],
  ["ratio", (line: Line) => line.ratio?.toFixed(2) ?? ""],
  ["goal", (line: Line) => line.goal ?? ""],
] as const;

export interface TitledLines {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** Words to the left, numbers to the right. */
function padded(cell: string, index: number, width: number): string {
  return index === 0 || index === columns.length - 1 ? cell.padEnd(width) : cell.padStart(width);
}

/** All measurements as one table of plain text. */
export function tableOf(parts: readonly TitledLines[]): string {
  const lines = parts.flatMap((part) => part.lines);
  const widths = columns.map(([name, cell]) => Math.max(name.length, ...lines.map((line) => cell(line).length)));
  const row = (cells: readonly string[]): string =>
    `  ${cells.map((cell, index) => padded(cell, index, widths[index] ?? 0)).join("  ")}`.trimEnd();
  const head = row(columns.map(([name]) => name));
  const rule = "─".repeat(head.length);
  const body = parts.flatMap(({ title, lines: own }) => [
    "",
    title,
    ...own.map((line) => row(columns.map(([, cell]) => cell(line)))),
  ]);
  return [rule, head, rule, ...body.slice(1), rule].join("\n");
}
