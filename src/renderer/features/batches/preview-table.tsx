/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a wide table has to scroll by keyboard */
import type { BatchDetail } from "@contract";
import { memo, useEffect, useState } from "react";
import { counted } from "../../ui/index.ts";

const shownRows = 100;
const shownColumns = 40;

/** So many fill the box; the others are drawn a few at a time, so that nothing a person does meanwhile waits. */
const rowsAtFirst = 14;
const rowsAtOnce = 22;
/** What surely fits into a cell; longer text is cut off by a box of its own, which is slow to draw. */
const surelyFits = /^[ -~]{0,32}$/u;

const Row = memo(function Row({ cells, width }: { readonly cells: readonly string[]; readonly width: number }) {
  return (
    <tr>
      {Array.from({ length: width }, (_, at) => {
        const cell = cells[at] ?? "";
        return (
          <td key={at} className={surelyFits.test(cell) ? "id" : "id long"}>
            {cell}
          </td>
        );
      })}
    </tr>
  );
});

/** The first rows as they are read now; drawn anew only when they change, not with every row that is read. */
export const PreviewTable = memo(function PreviewTable({
  preview,
  columns,
}: Pick<BatchDetail, "preview" | "columns">) {
  const rows = preview.slice(0, shownRows);
  const headers = columns.slice(0, shownColumns).map((column) => column.header);
  const left = Math.max(0, columns.length - shownColumns);
  const [drawn, setDrawn] = useState(rowsAtFirst);
  useEffect(() => {
    if (drawn >= rows.length) return;
    const timer = setTimeout(() => setDrawn(drawn + rowsAtOnce));
    return () => clearTimeout(timer);
  }, [drawn, rows.length]);
  return (
    <section className="preview" tabIndex={0} aria-label="The first rows">
      <table className="plain-table">
        <caption className="sr">The first {counted(rows.length, "row")} as read now</caption>
        <thead>
          <tr>
            {headers.map((header, at) => (
              <th key={`${String(at)} ${header}`} scope="col">
                {header === "" ? <span className="muted">no heading</span> : header}
              </th>
            ))}
            {left > 0 ? <th scope="col">{counted(left, "more column")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, drawn).map((cells, row) => (
            <Row key={row} cells={cells} width={headers.length} />
          ))}
        </tbody>
      </table>
    </section>
  );
});
