import type { BatchDetail } from "@contract";
import { memo } from "react";
import { Callout, counted, countText, WarningMessage } from "../../ui/index.ts";

const shownAtFirst = 8;
const placesShown = 4;

/** "Line 14", "Line 3, column 7", "Lines 14, 114, 214, 314 and 45 more": where the same thing was found. */
export function placesText(problems: BatchDetail["readProblems"]): string {
  const places = problems.map(({ line, column }) =>
    column === undefined ? countText(line) : `${countText(line)}, column ${countText(column)}`,
  );
  const [first = ""] = places;
  if (places.length === 1) return `Line ${first}:`;
  const more = places.length - placesShown;
  const hasColumns = problems.some(({ column }) => column !== undefined);
  const shown = places.slice(0, placesShown).join(hasColumns ? "; " : ", ");
  return `Lines ${shown}${more > 0 ? ` and ${countText(more)} more` : ""}:`;
}

/** What was wrong with the file itself, by line and column. */
export const ReadProblems = memo(function ReadProblems({
  readProblems,
  raggedRows,
}: Pick<BatchDetail, "readProblems" | "raggedRows">) {
  if (readProblems.length === 0 && raggedRows === 0) return null;
  const groups = [...Map.groupBy(readProblems, ({ message }) => message)];
  const more = groups.length - shownAtFirst;
  return (
    <Callout tone="warn">
      <h2 className="strong">{counted(Math.max(readProblems.length, raggedRows), "place")} in the file to look at</h2>
      {raggedRows === 0 ? null : (
        <WarningMessage>
          {counted(raggedRows, "row")} {raggedRows === 1 ? "has" : "have"} more or fewer cells than the headings.{" "}
          {raggedRows === 1 ? "It is" : "They are"} blocked, and not sent unless somebody puts{" "}
          {raggedRows === 1 ? "it" : "them"} right at Check: cells may stand in the wrong column.
        </WarningMessage>
      )}
      <ul className="read-problems">
        {groups.slice(0, shownAtFirst).map(([message, problems]) => (
          <li key={message}>
            <span className="muted">{placesText(problems)}</span> {message}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="muted">and {countText(more)} more</p> : null}
    </Callout>
  );
});
