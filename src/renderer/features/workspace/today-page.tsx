import type { ChangeRow, changeViews, Status } from "@contract";
import { CircleQuestionMark, Clock, LoaderCircle, Pencil, RotateCcw, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { failureWords, useCall } from "../../bridge/index.ts";
import {
  Age,
  Button,
  countText,
  DateTime,
  Empty,
  FailureBanner,
  Icon,
  Link,
  Loading,
  MaskedNumber,
  PageHeader,
  RiskTag,
  StatusWord,
  useNavigate,
} from "../../ui/index.ts";
import "./gate.css";
import { RepairCounts, useRepairCounts } from "./repair-counts.tsx";
import { todayGroups, type TodayGroup } from "./today-groups.ts";

const shownRows = 8;

interface Count {
  readonly label: string;
  readonly note: string;
  readonly count: number;
  readonly icon: LucideIcon;
  readonly view: (typeof changeViews)[number];
}

function countsOf(work: Status["work"]): readonly Count[] {
  return [
    {
      label: "Needs attention",
      note: "unknown, conflict, refused",
      count: work.attention,
      icon: CircleQuestionMark,
      view: "attention",
    },
    {
      label: "Waiting for approval",
      note: "another person decides",
      count: work.waiting,
      icon: Clock,
      view: "waiting",
    },
    { label: "Drafts", note: "not sent yet", count: work.drafts, icon: Pencil, view: "drafts" },
    { label: "Sending", note: "on its way", count: work.sending, icon: LoaderCircle, view: "sending" },
  ];
}

function ChangeLine({ row }: { readonly row: ChangeRow }) {
  return (
    <li>
      <Link to={`/outbox/${row.id}`} className="">
        <StatusWord state={row.state} />
        <span>
          <b className="strong">{row.accountName}</b>{" "}
          {row.last4 === undefined ? null : <MaskedNumber last4={row.last4} />}{" "}
          <span className="muted">{row.customerName}</span>
        </span>
        <span title={row.message ?? row.summary}>{row.message ?? row.summary}</span>
        <RiskTag risk={row.risk} />
      </Link>
    </li>
  );
}

function Group({ group }: { readonly group: TodayGroup }) {
  const rest = group.rows.length - shownRows;
  return (
    <section>
      <h2>
        {group.title} <span className="muted">{countText(group.rows.length)}</span>
      </h2>
      <ul className="today-list">
        {group.rows.slice(0, shownRows).map((row) => (
          <ChangeLine key={row.id} row={row} />
        ))}
      </ul>
      {rest > 0 ? <Link to={`/outbox/${group.view}`}>{countText(rest)} more in the Outbox</Link> : null}
    </section>
  );
}

/** What needs a person today. */
export function TodayPage({ notice }: { readonly notice?: ReactNode }) {
  const go = useNavigate();
  const status = useCall("workspace.status", {});
  const attention = useCall("changes.page", { view: "attention", limit: 200 });
  const waiting = useCall("changes.page", { view: "waiting", limit: 50 });
  const drafts = useCall("changes.page", { view: "drafts", limit: 50 });
  const failure = status.failure ?? attention.failure ?? waiting.failure ?? drafts.failure;
  const all = [attention, waiting, drafts];
  const groups = todayGroups([
    { view: "attention", rows: attention.data?.rows ?? [] },
    { view: "waiting", rows: waiting.data?.rows ?? [] },
    { view: "drafts", rows: drafts.data?.rows ?? [] },
  ]);
  const repairs = useRepairCounts();
  const isReady = all.every((page) => page.data !== undefined);
  const lastLoadAtMs = status.data?.lastLoadAtMs;
  return (
    <div className="page" data-pane tabIndex={-1}>
      <PageHeader
        title="Today"
        actions={
          <>
            <span className="soft small">
              {lastLoadAtMs === undefined ? (
                "No accounts read yet"
              ) : (
                <>
                  Accounts read <Age atMs={lastLoadAtMs} />, <DateTime atMs={lastLoadAtMs} />
                </>
              )}
            </span>
            <Button size="sm" icon={RotateCcw} onPress={() => go("/accounts")}>
              Go to Accounts
            </Button>
          </>
        }
      />
      {notice}
      {failure === undefined ? null : (
        <FailureBanner words={failureWords(failure)} onRetry={() => all.forEach((page) => page.readAgain())} />
      )}
      <div className="today">
        {status.data === undefined ? null : (
          <nav className="today-counts" aria-label="Work">
            {countsOf(status.data.work).map((one) => (
              <Link key={one.label} to={`/outbox/${one.view}`} className="">
                <span className="status">
                  <Icon of={one.icon} size="s" />
                  {one.label}
                </span>
                <b>{countText(one.count)}</b>
                <small>{one.note}</small>
              </Link>
            ))}
          </nav>
        )}
        {repairs === undefined ? null : <RepairCounts counts={repairs} />}
        {isReady || failure !== undefined ? null : <Loading />}
        {groups.map((group) => (
          <Group key={group.state} group={group} />
        ))}
        {isReady && groups.length === 0 && repairs === undefined ? (
          <Empty
            title="Nothing waiting for you."
            action={
              <Button variant="primary" onPress={() => go("/accounts")}>
                {lastLoadAtMs === undefined ? "Read accounts from a provider" : "Open the accounts"}
              </Button>
            }
          >
            {lastLoadAtMs === undefined ? "No accounts yet. Read from a provider or add one by hand." : null}
          </Empty>
        ) : null}
      </div>
    </div>
  );
}
