import type { ChangeDetail } from "@contract";
import { Check, CircleDashed, CircleMinus, TriangleAlert, type LucideIcon } from "lucide-react";
import { providerNames } from "../../bridge/provider-name.ts";
import { Status, timeWithSecondsText, type Tone } from "../../ui/index.ts";
import { changeCurrency, comparisonRows, type ComparisonRow } from "./comparison.ts";
import { verdictWords } from "./outcome-words.ts";

const looks: Readonly<
  Record<NonNullable<ComparisonRow["verdict"]>, { readonly icon: LucideIcon; readonly tone: Tone }>
> = {
  "as-sent": { icon: Check, tone: "good" },
  ignored: { icon: CircleMinus, tone: "warn" },
  changed: { icon: TriangleAlert, tone: "warn" },
  "not-readable": { icon: CircleDashed, tone: "plain" },
};

interface VerdictProps {
  readonly row: ComparisonRow;
  readonly provider: string;
  readonly isUnknown: boolean;
}

function Verdict({ row, provider, isUnknown }: VerdictProps) {
  if (row.verdict === undefined) return null;
  const { icon, tone } = looks[row.verdict];
  return (
    <Status icon={icon} tone={tone}>
      {verdictWords(row.verdict, provider, isUnknown)}
    </Status>
  );
}

/** Before, proposed, and what the provider holds now, side by side. */
export function ComparisonTable({ change }: { readonly change: ChangeDetail }) {
  const rows = comparisonRows(change, changeCurrency(change));
  if (rows.length === 0) return null;
  const provider = providerNames[change.provider];
  const isUnknown = change.state === "outcome-unknown";
  const wasSent = change.attempts.some((attempt) => attempt.outcome !== "not-sent");
  const readAt = change.verifiedAtMs === undefined ? undefined : timeWithSecondsText(change.verifiedAtMs);
  return (
    <table className="cmp" aria-label={`What was proposed and what ${provider} holds`}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">{wasSent && !isUnknown ? "Sent" : "Proposed"}</th>
          {readAt === undefined ? null : (
            <th scope="col">{isUnknown ? `Read ${readAt}` : `${provider} now, read ${readAt}`}</th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.field}>
            <th scope="row">{row.label}</th>
            <td className={row.isNumber ? "num" : undefined}>
              {row.before === "unknown" ? <span className="unk">unknown</span> : row.before}
            </td>
            <td className={row.isNumber ? "num strong" : "strong"}>{row.proposed}</td>
            {readAt === undefined ? null : (
              <td className={row.isNumber ? "now num" : "now"}>
                <span>{row.now ?? "—"}</span> <Verdict row={row} provider={provider} isUnknown={isUnknown} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
