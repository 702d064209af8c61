/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a wide table has to be scrolled with the keyboard */
/* oxlint-disable jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button in a
   row's header does by keyboard what a click on the row does */
import type { RefreshDetail } from "@contract";
import { Age, Link, MaskedNumber, NotSet, Staleness, Status } from "../../ui/index.ts";
import { CircleCheck, CircleDashed, LoaderCircle, TriangleAlert } from "lucide-react";
import { balanceText, groupsByActor, groupsByInstitution, meaningOf, type Meaning, type ResultRow } from "./refresh-words.ts";

type Look = readonly [typeof CircleCheck, "bad" | "warn" | "run" | "good" | "plain"];

const looks: Readonly<Record<Meaning["group"], Look>> = {
  customer: [TriangleAlert, "bad"],
  operations: [TriangleAlert, "warn"],
  provider: [TriangleAlert, "warn"],
  running: [LoaderCircle, "run"],
  waiting: [CircleDashed, "plain"],
  fine: [CircleCheck, "good"],
};

function Moment({ atS, failed = false }: { readonly atS: number | undefined; readonly failed?: boolean }) {
  if (atS === undefined) return <NotSet />;
  return failed ? <Staleness atMs={atS * 1000} lastAttemptFailed /> : <Age atMs={atS * 1000} />;
}

function Balance({ row }: { readonly row: ResultRow }) {
  const [before, after] = [balanceText(row.before), balanceText(row.after)];
  if (row.before === undefined || row.after === undefined || before === after) {
    return <>{row.after === undefined ? before : after}</>;
  }
  return (
    <>
      <s className="old">{before}</s> <b>{after}</b>
    </>
  );
}

function CodeLink({ code }: { readonly code: number }) {
  return <Link to={`/refresh/codes/${String(code)}`} className="link id" aria-label={`Code ${String(code)}`}>{code}</Link>;
}

interface RowProps {
  readonly row: ResultRow;
  /** The currency of all of them stands in the header. */
  readonly isMixed: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Row({ row, isMixed, isSelected, onSelect }: RowProps) {
  const shown = row.after ?? row.before ?? {};
  const { short, doing, group } = meaningOf(row);
  const [icon, tone] = looks[group];
  const failed = row.verdict === "failed" || row.verdict === "unclear";
  const isNewer =
    shown.attemptDateS !== undefined && row.before !== undefined && shown.attemptDateS > (row.before.attemptDateS ?? 0);
  return (
    <tr onClick={onSelect} className={isSelected ? "on" : undefined}>
      <th scope="row">
        <button type="button" className="row-name" aria-expanded={isSelected}>{shown.name ?? row.accountId}</button>
      </th>
      <td>{shown.last4 === undefined ? <NotSet /> : <MaskedNumber last4={shown.last4} />}</td>
      <td className="num">
        <Balance row={row} />
        {isMixed && shown.currency !== undefined ? <span className="muted"> {shown.currency}</span> : null}
      </td>
      <td><Moment atS={shown.balanceDateS} failed={failed} /></td>
      <td><Moment atS={shown.successDateS} failed={failed} /></td>
      <td>
        <Moment atS={shown.attemptDateS} />
        {isNewer ? <span className="newer">newer</span> : null}
      </td>
      <td className="num">{shown.statusCode === undefined ? <NotSet /> : <CodeLink code={shown.statusCode} />}</td>
      <td className="words"><Status icon={icon} tone={tone}>{short}</Status></td>
      <td className="words">{doing}</td>
    </tr>
  );
}

export type Grouping = "actor" | "institution";

export interface ResultTableProps {
  readonly refresh: RefreshDetail;
  readonly grouping: Grouping;
  /** The provider's id of the account shown below the table. */
  readonly selected: string | undefined;
  readonly onSelect: (accountId: string) => void;
}

/** Each account before and after, in groups; the balance before is struck where it changed. */
export function ResultTable({ refresh, grouping, selected, onSelect }: ResultTableProps) {
  const groups = grouping === "actor" ? groupsByActor(refresh.results) : groupsByInstitution(refresh.results);
  const currencies = new Set(refresh.results.map(({ before, after }) => (after ?? before)?.currency));
  const [currency] = currencies;
  const isMixed = currencies.size > 1;
  return (
    <section className="results" aria-label="Accounts, scrollable" tabIndex={0}>
      <table aria-label="Accounts in this refresh">
        <thead>
          <tr>
            <th scope="col">Account name</th>
            <th scope="col">Number</th>
            <th scope="col" className="num">{isMixed || currency === undefined ? "Balance" : `Balance, ${currency}`}</th>
            <th scope="col">Balance date</th>
            <th scope="col">Last success</th>
            <th scope="col">Last attempt</th>
            <th scope="col" className="num">Code</th>
            <th scope="col">What it means</th>
            <th scope="col">Who must act</th>
          </tr>
        </thead>
        {groups.map(({ id, words, note, rows }) => (
          <tbody key={id}>
            <tr className="groupline">
              <th colSpan={9} scope="rowgroup">
                {words} <span className="n">{rows.length}</span>
                {note === undefined ? null : <span className="note">{note}</span>}
              </th>
            </tr>
            {rows.map((row) => (
              <Row
                key={row.accountId}
                row={row}
                isMixed={isMixed}
                isSelected={row.accountId === selected}
                onSelect={() => onSelect(row.accountId)}
              />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
