import type { ChangeId, ChangeRow } from "@contract";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { failureSentence, failureWords, useCall } from "../../bridge/index.ts";
import {
  Banner,
  Button,
  counted,
  Empty,
  Grid,
  Loading,
  Pane,
  SearchField,
  SplitPage,
  TabbedViews,
  useNavigate,
  useNow,
  type GridHandle,
} from "../../ui/index.ts";
import { usePageKeys } from "../../ui/page-keys.ts";
import { ChangePane } from "./change-pane.tsx";
import "./changes.css";
import { outboxColumns } from "./outbox-columns.tsx";
import { emptyWords, firstView, outboxTabs, type OutboxView } from "./outbox-views.ts";
import { RestoredBanner } from "./restored-banner.tsx";
import { useChangesList } from "./use-changes-list.ts";

export interface OutboxPageProps {
  /** The change to show beside the list. */
  readonly changeId?: ChangeId | undefined;
  /** The tab to open on, where the way here named one. */
  readonly view?: OutboxView | undefined;
}

function indexOf(
  id: ChangeId | undefined,
  rowAt: (index: number) => ChangeRow | undefined,
  loaded: number,
): number | undefined {
  if (id === undefined) return undefined;
  for (let index = 0; index < loaded; index += 1) if (rowAt(index)?.id === id) return index;
  return undefined;
}

interface ListProps extends Pick<OutboxPageProps, "changeId"> {
  readonly view: OutboxView;
  readonly onView: (view: OutboxView) => void;
}

function Outbox({ changeId, view, onView }: ListProps) {
  const [search, setSearch] = useState("");
  const list = useChangesList(view, search);
  const nowMs = useNow();
  const columns = useMemo(() => outboxColumns(nowMs), [nowMs]);
  const go = useNavigate();
  const grid = useRef<GridHandle>(null);
  const { head, rowAt, loaded } = list;
  const selectedIndex = useMemo(() => indexOf(changeId, rowAt, loaded), [changeId, rowAt, loaded]);
  const rowCount = search.trim() === "" ? (head?.counts[view] ?? loaded) : loaded + (list.hasMore ? 1 : 0);

  const open = useCallback(
    (index: number) => {
      const id = rowAt(index)?.id;
      if (id !== undefined) go(`/outbox/${String(id)}`);
    },
    [rowAt, go],
  );
  const close = useCallback(() => {
    go("/outbox");
    grid.current?.focus();
  }, [go]);
  const step = (by: 1 | -1) => open(selectedIndex === undefined ? 0 : selectedIndex + by);
  usePageKeys({ "[": () => step(-1), "]": () => step(1) });

  return (
    <SplitPage
      pane={
        changeId === undefined ? undefined : (
          <Pane label="Change" width={500} minWidth={360} overlays>
            <ChangePane key={changeId} changeId={changeId} onClose={close} onStep={step} />
          </Pane>
        )
      }
    >
      <h1 className="sr">Outbox</h1>
      <TabbedViews label="Views of the Outbox" tabs={outboxTabs(head?.counts)} selected={view} onSelect={onView}>
        <div className="page fill">
          <RestoredBanner />
          <search className="bar filters" aria-label="Filter changes">
            <SearchField label="Name, last four, UID, reference" value={search} onChange={setSearch} />
            <span className="grow" />
          </search>
          {list.failure === undefined ? null : (
            <Banner
              tone="bad"
              title={failureWords(list.failure).title}
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
            {head === undefined && list.isLoading ? (
              <Loading>Reading the changes…</Loading>
            ) : (
              <Grid
                ref={grid}
                label="Changes"
                columns={columns}
                rowCount={rowCount}
                rowAt={rowAt}
                onVisibleRange={list.onVisibleRange}
                selectedIndex={selectedIndex}
                onSelect={open}
                onOpen={open}
                onEscape={close}
                empty={
                  <Empty
                    title={emptyWords(view, search)}
                    action={
                      search.trim() === "" ? (
                        <Button onPress={() => go("/accounts")}>Show accounts</Button>
                      ) : (
                        <Button onPress={() => setSearch("")}>Clear filter</Button>
                      )
                    }
                  />
                }
              />
            )}
          </div>
          <footer className="gridfoot">
            <span>{counted(rowCount, "change")}</span>
          </footer>
        </div>
      </TabbedViews>
    </SplitPage>
  );
}

/** Every change: drafts, what waits, what is being sent, what needs a person, what is finished. */
export function OutboxPage({ changeId, view: asked }: OutboxPageProps) {
  const [chosen, setChosen] = useState<OutboxView | undefined>(asked);
  useEffect(() => {
    if (asked !== undefined) setChosen(asked);
  }, [asked]);
  const { data } = useCall("changes.page", { view: "all", limit: 1 });
  const [first, setFirst] = useState<OutboxView>();
  useEffect(() => {
    if (data !== undefined) setFirst((before) => before ?? (changeId === undefined ? firstView(data.counts) : "all"));
  }, [data, changeId]);
  const view = chosen ?? first;
  if (view === undefined) return <Loading>Opening the Outbox…</Loading>;
  return <Outbox changeId={changeId} view={view} onView={setChosen} />;
}
