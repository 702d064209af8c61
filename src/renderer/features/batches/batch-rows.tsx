import type { BatchDetail, ChangeId, PlanRow, RowFilter } from "@contract";
import { useMemo, useRef, useState, type ReactNode } from "react";
import { failureSentence } from "../../bridge/index.ts";
import {
  Banner,
  Button,
  Callout,
  counted,
  Empty,
  Grid,
  Loading,
  SearchField,
  TabbedViews,
  type GridHandle,
  type TabChoice,
} from "../../ui/index.ts";
import { outcomeColumns, saidWords } from "./outcome-columns.tsx";
import { outcomeShare } from "./progress-words.ts";
import { useBatchRows } from "./use-batch.ts";
import { useRested } from "./use-rested.ts";

type View = "all" | NonNullable<RowFilter["outcome"]>;
const searchRestMs = 120;

/** The tabs of a batch that is or was sent; kinds without a row are left away, but for those a person looks for. */
export function outcomeTabs(batch: Pick<BatchDetail, "outcomes">): readonly TabChoice<View>[] {
  const { outcomes } = batch;
  const always: readonly View[] = ["refused", "accepted"];
  const tabs: readonly TabChoice<View>[] = [
    { id: "all", label: "All", count: outcomeShare(outcomes).total },
    { id: "unknown", label: "Outcome unknown", count: outcomes.unknown },
    { id: "refused", label: "Refused by provider", count: outcomes.refused },
    { id: "conflict", label: "Conflict", count: outcomes.conflict },
    { id: "accepted", label: "Accepted by provider", count: outcomes.accepted },
    { id: "reversed", label: "Reversed", count: outcomes.reversed },
    { id: "sending", label: "Sending", count: outcomes.sending },
    { id: "waiting", label: "Waiting for approval", count: outcomes.waiting },
    { id: "left", label: "Left", count: outcomes.left },
    { id: "withdrawn", label: "Withdrawn", count: outcomes.withdrawn },
  ];
  return tabs.filter((tab) => tab.id === "all" || always.includes(tab.id) || (tab.count ?? 0) > 0);
}

function filterOf(view: View, search: string): RowFilter {
  const words = search.trim().slice(0, 100);
  return {
    ...(view === "all" ? { chosen: true as const } : { outcome: view }),
    ...(words === "" ? {} : { search: words }),
  };
}

function RowDetail({
  row,
  renderChange,
}: {
  readonly row: PlanRow;
  readonly renderChange: (id: ChangeId) => ReactNode;
}) {
  if (row.outcome !== undefined) return renderChange(row.outcome.changeId);
  return (
    <div className="prose">
      <Callout tone={row.bucket === "will-change" ? "plain" : "warn"}>
        {row.bucket === "will-change"
          ? "This row has not become a change yet."
          : saidWords(row) || "No change was made of this row."}
      </Callout>
    </div>
  );
}

export interface BatchRowsProps {
  readonly batch: BatchDetail;
  /** A change with what was tried and what can be done. */
  readonly renderChange: (id: ChangeId) => ReactNode;
}

interface ListProps extends BatchRowsProps {
  readonly view: View;
}

function OutcomeRows({ batch, view, renderChange }: ListProps) {
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<{ readonly index: number; readonly row: number }>();
  const grid = useRef<GridHandle>(null);
  const rested = useRested(search, searchRestMs);
  const filter = useMemo(() => filterOf(view, rested), [view, rested]);
  const list = useBatchRows(batch.id, filter);
  const held = open === undefined ? undefined : list.rowAt(open.index);
  const shown = held !== undefined && held.row === open?.row ? held : undefined;
  const shownRow = shown?.row;
  const columns = useMemo(() => outcomeColumns(shownRow), [shownRow]);
  const close = () => {
    setOpen(undefined);
    grid.current?.focus();
  };
  const toggle = (index: number) => {
    const row = list.rowAt(index);
    if (row === undefined || row.row === shownRow) setOpen(undefined);
    else setOpen({ index, row: row.row });
  };
  const label = shown === undefined ? "" : `Row ${String(shown.row)}, ${shown.accountName ?? "no account"}`;
  return (
    <div className="page fill">
      <search className="bar filters" aria-label="Filter rows">
        <SearchField label="Find in these rows" value={search} onChange={setSearch} />
        <span className="grow" />
        <span className="small muted">A filter never changes what is sent.</span>
      </search>
      {list.failure === undefined ? null : (
        <Banner
          tone="bad"
          title="These rows could not be read."
          actions={
            <Button size="sm" onPress={list.reload}>
              Try again
            </Button>
          }
        >
          {failureSentence(list.failure)}
        </Banner>
      )}
      <div className="fill">
        <Grid
          ref={grid}
          label="Rows of the batch"
          columns={columns}
          rowCount={list.matching ?? 0}
          rowAt={list.rowAt}
          onVisibleRange={list.onVisibleRange}
          onSelect={toggle}
          onOpen={toggle}
          onEscape={close}
          expands
          detail={
            shown === undefined || open === undefined
              ? undefined
              : { index: open.index, label, content: <RowDetail row={shown} renderChange={renderChange} /> }
          }
          rowClass={(row) =>
            row.row === shownRow
              ? `open ${row.outcome?.state ?? ""}`
              : row.outcome?.state === "sending"
                ? "is-sending"
                : row.included
                  ? undefined
                  : "off"
          }
          empty={list.matching === undefined ? <Loading /> : <Empty title="No row here." />}
        />
      </div>
      <footer className="gridfoot">
        <span>{counted(list.matching ?? 0, "row")}</span>
        <span className="grow" />
        <span>Enter opens a row, Esc closes it</span>
      </footer>
    </div>
  );
}

/** Every row with its outcome; one opens in place with the change's attempts and what a person can do. */
export function BatchRows({ batch, renderChange }: BatchRowsProps) {
  const [view, setView] = useState<View>("all");
  const tabs = outcomeTabs(batch);
  const selected = tabs.some((tab) => tab.id === view) ? view : "all";
  return (
    <TabbedViews label="Rows by outcome" tabs={tabs} selected={selected} onSelect={setView}>
      <OutcomeRows key={selected} batch={batch} view={selected} renderChange={renderChange} />
    </TabbedViews>
  );
}
