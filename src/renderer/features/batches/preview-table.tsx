/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a wide table has to scroll by keyboard */
import type { BatchDetail } from "@contract";
import { counted } from "../../ui/index.ts";

const shownRows = 100;
const shownColumns = 40;

/** The first rows as they are read now. */
export function PreviewTable({ batch }: { readonly batch: BatchDetail }) {
  const rows = batch.preview.slice(0, shownRows);
  const headers = batch.columns.slice(0, shownColumns).map((column) => column.header);
  const left = Math.max(0, batch.columns.length - shownColumns);
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
          {rows.map((cells, row) => (
            <tr key={`${String(row)} ${cells.join(" ")}`}>
              {headers.map((header, at) => (
                <td key={`${String(at)} ${header}`} className="id">
                  {cells[at] ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
