import type { BatchDetail } from "@contract";
import { Callout, counted, countText, WarningMessage } from "../../ui/index.ts";

const shownAtFirst = 8;

/** What was wrong with the file itself, by line and column. */
export function ReadProblems({ batch }: { readonly batch: BatchDetail }) {
  const { readProblems, raggedRows } = batch;
  if (readProblems.length === 0 && raggedRows === 0) return null;
  const more = readProblems.length - shownAtFirst;
  return (
    <Callout tone="warn">
      <h2 className="strong">
        {readProblems.length === 0
          ? "Some rows are uneven"
          : `${counted(readProblems.length, "place")} in the file to look at`}
      </h2>
      {raggedRows === 0 ? null : (
        <WarningMessage>
          {counted(raggedRows, "row")} {raggedRows === 1 ? "has" : "have"} more or fewer cells than the headings.
          Missing cells are blank: left alone.
        </WarningMessage>
      )}
      <ul className="read-problems">
        {readProblems.slice(0, shownAtFirst).map((problem) => (
          <li key={`${String(problem.line)} ${String(problem.column)} ${problem.message}`}>
            <span className="muted">
              Line {countText(problem.line)}
              {problem.column === undefined ? "" : `, column ${countText(problem.column)}`}
            </span>{" "}
            {problem.message}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="muted">and {countText(more)} more</p> : null}
    </Callout>
  );
}
