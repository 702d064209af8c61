import type { BatchTotals as ShownTotals, FinzlyFieldName } from "@contract";
import { totalsFigures, totalsSentence, type BatchTotals } from "@contract/rules/bulk/index.ts";
import { finzlyFieldNames } from "@contract/rules/field-types.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { PlannedFile } from "../staging.ts";
import { countBuckets, countChosen, largestIncrease, type RowFacts } from "./row-facts.ts";

type Figure = ShownTotals["figures"][number];

function netOf(text: string): number | undefined {
  const net = Number(text);
  return Number.isSafeInteger(net) ? net : undefined;
}

function otherFigures(totals: BatchTotals, field: FinzlyFieldName): Figure[] {
  const count = (name: string): number => totals.counts[`${name}:${field}`] ?? 0;
  const rows = count("on") + count("off") + count("changed");
  if (rows === 0) return [];
  const added = count("on");
  const removed = count("off");
  const switched = added + removed === 0 ? {} : { added, removed };
  return [{ field, label: finzlyFields[field].label, rows, ...switched }];
}

function shownTotals(totals: BatchTotals, chosen: number): ShownTotals {
  const { money, codes, risk, brings } = totalsFigures(totals);
  const sum = (counts: readonly { readonly count: number }[]): number =>
    counts.reduce((all, { count }) => all + count, 0);
  const amounts = money.map(({ field, label, rows, currency, netMinor, raised, lowered }): Figure => {
    const net = netOf(netMinor);
    return {
      field,
      label,
      rows,
      currency,
      added: raised,
      removed: lowered,
      ...(net === undefined ? {} : { netMinor: net }),
    };
  });
  const lists: Figure[] =
    codes.rows === 0
      ? []
      : [
          {
            field: "secCodes",
            label: finzlyFields.secCodes.label,
            rows: codes.rows,
            added: sum(codes.added),
            removed: sum(codes.removed),
          },
        ];
  const others = finzlyFieldNames.flatMap((field) => otherFigures(totals, field));
  return { chosen, sentence: totalsSentence(totals), figures: [...amounts, ...lists, ...others], risk, brings };
}

/** What the plan comes to, in figures and words. `totals` are those of the rows to be sent. */
export function plannedFile(facts: RowFacts, totals: BatchTotals, edition: number): PlannedFile {
  const currencies = totalsFigures(totals).money.map(({ currency }) => currency);
  return {
    counts: countBuckets(facts),
    totals: shownTotals(totals, countChosen(facts)),
    largestIncreaseTenths: largestIncrease(facts),
    currencies: [...new Set(currencies)].toSorted(),
    edition,
  };
}
