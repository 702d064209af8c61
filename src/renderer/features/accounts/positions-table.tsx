/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a wide table in a narrow pane is scrolled by its keys */
import type { AggregatedDetail } from "@contract";
import { Shown } from "./shown-value.tsx";

/** Holdings, one a row; every column that any of them has. */
export function PositionsTable({ positions }: { readonly positions: AggregatedDetail["positions"] }) {
  const { columns, rows } = positions;
  return (
    <section className="positions" tabIndex={0} aria-label="Positions, to scroll">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.isNumeric ? "num" : ""}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column, at) => (
                <td key={column.key} className={column.isNumeric ? "num" : ""}>
                  <Shown value={row[at]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
