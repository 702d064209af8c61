/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a wide table has to be scrolled with the keyboard */
import type { RefreshDetail } from "@contract";
import { Age, MaskedNumber, NotSet, Staleness, Status } from "../../ui/index.ts";
import { CircleCheck, LoaderCircle, TriangleAlert } from "lucide-react";
import { balanceText, groupWords, meaningOf, type Meaning, type ResultRow } from "./refresh-words.ts";

type Look = readonly [typeof CircleCheck, "bad" | "warn" | "run" | "good" | "plain"];

const looks: Readonly<Record<Meaning["group"], Look>> = {
  customer: [TriangleAlert, "bad"],
  operations: [TriangleAlert, "warn"],
  provider: [TriangleAlert, "warn"],
  running: [LoaderCircle, "run"],
  waiting: [LoaderCircle, "plain"],
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

function Row({ row }: { readonly row: ResultRow }) {
  const shown = row.after ?? row.before ?? {};
  const { short, doing, group } = meaningOf(row);
  const [icon, tone] = looks[group];
  const failed = row.verdict === "failed" || row.verdict === "unclear";
  const isNewer =
    shown.attemptDateS !== undefined && row.before !== undefined && shown.attemptDateS > (row.before.attemptDateS ?? 0);
  return (
    <tr>
      <th scope="row">{shown.name ?? row.accountId}</th>
      <td>{shown.last4 === undefined ? <NotSet /> : <MaskedNumber last4={shown.last4} />}</td>
      <td className="num"><Balance row={row} /></td>
      <td>{shown.currency ?? ""}</td>
      <td><Moment atS={shown.balanceDateS} failed={failed} /></td>
      <td><Moment atS={shown.successDateS} failed={failed} /></td>
      <td>
        <Moment atS={shown.attemptDateS} />
        {isNewer ? <span className="newer">newer</span> : null}
      </td>
      <td className="num">{shown.statusCode === undefined ? <NotSet /> : <span className="id">{shown.statusCode}</span>}</td>
      <td><Status icon={icon} tone={tone}>{short}</Status></td>
      <td>{doing}</td>
    </tr>
  );
}

/** Each account before and after, grouped by who must act; the balance before is struck where it changed. */
export function ResultTable({ refresh }: { readonly refresh: RefreshDetail }) {
  const groups = groupWords
    .map(([group, words]) => ({ group, words, rows: refresh.results.filter((row) => meaningOf(row).group === group) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <section className="results" aria-label="Accounts, scrollable" tabIndex={0}>
      <table aria-label="Accounts in this refresh">
        <thead>
          <tr>
            <th scope="col">Account name</th>
            <th scope="col">Number</th>
            <th scope="col" className="num">Balance</th>
            <th scope="col">Cur.</th>
            <th scope="col">Balance date</th>
            <th scope="col">Last success</th>
            <th scope="col">Last attempt</th>
            <th scope="col" className="num">Code</th>
            <th scope="col">What it means</th>
            <th scope="col">Who must act</th>
          </tr>
        </thead>
        {groups.map(({ group, words, rows }) => (
          <tbody key={group}>
            <tr className="groupline">
              <th colSpan={10} scope="rowgroup">
                {words} <span className="n">{rows.length}</span>
              </th>
            </tr>
            {rows.map((row) => <Row key={row.accountId} row={row} />)}
          </tbody>
        ))}
      </table>
    </section>
  );
}
