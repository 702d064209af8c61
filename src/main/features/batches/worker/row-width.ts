import { isBlankCell } from "@contract/rules/bulk/index.ts";
import { redactText } from "../../../core/mask.ts";
import { figure } from "./limits.ts";
import type { PlanShape } from "./plan-setup.ts";
import { rowProblem, type RowCode, type RowProblem } from "./row-problem.ts";
import type { RowFault } from "./staging-store.ts";

/** Whether a row has fewer cells than the header has, or more that are not blank. */
export function isRagged(cells: readonly string[], width: number): boolean {
  return cells.length < width || cells.slice(width).some((cell) => !isBlankCell(cell));
}

/** "The row has 2 cells and the header 3": what is said of a ragged row. */
export function raggedMessage(cells: number, width: number): string {
  const what = cells < width ? "the last ones are missing" : `${figure(cells - width)} too many`;
  return `The row has ${figure(cells)} cells and the header ${figure(width)}: ${what}, or cells stand in the wrong column.`;
}

const raggedCodes: ReadonlySet<string> = new Set<RowCode>(["CSV-SHORT-ROW", "CSV-LONG-ROW", "CSV-RAGGED"]);

/** Whether one of the findings says that cells may stand in the wrong column. */
export function isAstray(problems: readonly RowProblem[]): boolean {
  return problems.some(({ code }) => raggedCodes.has(code));
}

/** A row as wide as the header: missing last cells are blank, cells beyond the last heading are left out. */
export function fitted(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, at) => cells[at] ?? "");
}

/** A cell of a ragged row fit to leave main: an account number may stand in any column of it. */
export function shownAstray(cell: string, { masked }: Pick<PlanShape, "masked">): string {
  return masked.includes(true) ? redactText(cell) : cell;
}

/**
 * The finding about a ragged row. Missing last cells may be taken as blank for a whole group. What stands beyond the
 * last heading is left out for one row only, and its fix says which texts these are.
 */
export function raggedProblem(
  { message }: Pick<RowFault, "message">,
  cells: readonly string[],
  shape: Pick<PlanShape, "headers" | "masked">,
): RowProblem {
  if (cells.length < shape.headers.length) return { ...rowProblem("CSV-SHORT-ROW", message), fix: "" };
  const beyond = cells.slice(shape.headers.length).filter((cell) => !isBlankCell(cell));
  const fix = beyond.map((cell) => `“${shownAstray(cell, shape)}”`).join(", ");
  return { ...rowProblem("CSV-LONG-ROW", message), fix, oneByOne: true };
}
