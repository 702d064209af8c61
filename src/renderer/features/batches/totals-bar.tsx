import type { BatchDetail } from "@contract";
import { ShieldAlert } from "lucide-react";
import { amountText, countText, Icon } from "../../ui/index.ts";

type Figure = BatchDetail["totals"]["figures"][number];

const minus = "\u2212";

function figureText(figure: Figure): { readonly main: string; readonly small: string } {
  const rows = `${countText(figure.rows)} ${figure.rows === 1 ? "row" : "rows"}`;
  if (figure.netMinor !== undefined) {
    const sign = figure.netMinor > 0 ? "+" : "";
    return { main: `${sign}${amountText(figure.netMinor)}`, small: `net, ${countText(figure.rows)}` };
  }
  const { added = 0, removed = 0 } = figure;
  if (added + removed > 0) {
    return { main: `+${countText(added)} ${minus}${countText(removed)}`, small: rows };
  }
  return { main: countText(figure.rows), small: figure.rows === 1 ? "row" : "rows" };
}

const mostFigures = 4;

/** What is chosen, in figures: net money per field, codes added and removed, risk. */
export function TotalsBar({ batch }: { readonly batch: BatchDetail }) {
  const { totals } = batch;
  const shown = totals.figures.slice(0, mostFigures);
  const { high, medium, low } = totals.risk;
  return (
    <dl className="totals">
      <div>
        <dt>Chosen</dt>
        <dd>
          {countText(totals.chosen)} <small>of {countText(batch.counts["will-change"] ?? 0)} rows</small>
        </dd>
      </div>
      {shown.map((figure, at) => {
        const { main, small } = figureText(figure);
        return (
          <div key={`${figure.field} ${figure.currency ?? ""}`} className={at > 1 ? "minor" : undefined}>
            <dt>
              {figure.label}
              {figure.currency === undefined ? "" : `, ${figure.currency}`}
            </dt>
            <dd>
              {main} <small>{small}</small>
            </dd>
          </div>
        );
      })}
      <div>
        <dt>Risk</dt>
        <dd>
          {high > 0 ? <Icon of={ShieldAlert} size="xs" /> : null}
          {countText(high)} High{" "}
          <small>
            {countText(medium)} Medium, {countText(low)} Low
          </small>
        </dd>
      </div>
    </dl>
  );
}
