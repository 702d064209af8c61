import type { AccountId, RepairActor } from "@contract";
import { BookPlus, RotateCcw } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type ComponentType } from "react";
import { failureSentence, failureWords, useCall } from "../../bridge/index.ts";
import {
  Banner,
  Button,
  counted,
  countText,
  Empty,
  Grid,
  Loading,
  Pane,
  SplitPage,
  TabbedViews,
  useAnnounce,
  useNavigate,
  useNow,
  type GridHandle,
} from "../../ui/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { usePageKeys } from "../../ui/page-keys.ts";
import { accountColumns } from "./account-columns.tsx";
import { useAccountSelection } from "./account-selection.ts";
import { AccountFilterBar } from "./account-filter-bar.tsx";
import {
  firstSort,
  isFiltered,
  nextSort,
  noFilters,
  noMatchSentence,
  type AccountFilters,
  type AccountSort,
} from "./account-filters.ts";
import "./accounts.css";
import { ChangeLegend } from "./change-legend.tsx";
import { HandDialog } from "./hand-dialog.tsx";
import { Inspector } from "./inspector.tsx";
import { LoadProgress } from "./load-progress.tsx";
import { OfflineBanner } from "./offline-banner.tsx";
import { ReadDialog } from "./read-dialog.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useAccountsList, useRested, type AccountsList } from "./use-accounts-list.ts";

const searchRestMs = 60;

export interface AccountsPageProps {
  /** The account to show beside the list at first. */
  readonly accountId?: AccountId | undefined;
  /** Shows at first only the accounts that wait for this actor. */
  readonly act?: RepairActor | undefined;
  /** The dialog that asks for a refresh of the selected accounts' customers. */
  readonly RefreshDialog: ComponentType<SelectionRefresh>;
}

export interface SelectionRefresh {
  readonly ids: ReadonlySet<AccountId>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

type View = "all" | "open";

function indexOf(id: AccountId | undefined, held: AccountsList["held"]): number | undefined {
  if (id === undefined) return undefined;
  for (const { first, rows } of held()) {
    const at = rows.findIndex((row) => row.id === id);
    if (at !== -1) return first + at;
  }
  return undefined;
}

/** Every account in the cache: found as you type, sorted, filtered, and inspected beside the list. */
export function AccountsPage({ accountId, act, RefreshDialog }: AccountsPageProps) {
  const [filters, setFilters] = useState<AccountFilters>({ ...noFilters, act });
  const [sort, setSort] = useState<AccountSort>(firstSort);
  const [selected, setSelected] = useState<AccountId | undefined>(accountId);
  const [dialog, setDialog] = useState<"read" | "hand" | "refresh">();
  useEffect(() => setSelected(accountId), [accountId]);
  const rested = useRested(filters, searchRestMs);
  const list = useAccountsList(rested, sort);
  const { data: connections = [] } = useCall("connections.list", {});
  const readable = connections.filter(({ provider }) => provider !== "signzy");
  const mayEdit = useMayEdit();
  const canRefresh = mayEdit && connections.some(({ provider }) => provider !== "finzly");
  const byHand = connections.filter(({ provider }) => provider === "finzly");
  const nowMs = useNow();
  const columns = useMemo(() => accountColumns(nowMs), [nowMs]);
  const go = useNavigate();
  const announce = useAnnounce();
  const grid = useRef<GridHandle>(null);
  const { newest: head, rowAt, held } = list;
  const matching = head?.matching ?? 0;
  const total = head?.total ?? 0;
  const selection = useAccountSelection(list, matching, rested, sort);
  const selectedIndex = useMemo(() => indexOf(selected, held), [selected, held]);

  const isLeast = head?.matchingIsLeast === true;
  const matchingWords = head === undefined ? "" : `${isLeast ? "More than " : ""}${counted(matching, "account")}`;
  useEffect(() => {
    if (matchingWords !== "" && isFiltered(rested)) announce(`${matchingWords} found.`);
  }, [matchingWords, rested, announce]);

  const edit = useCallback(
    (id: AccountId | undefined) => {
      if (id !== undefined) go(`/accounts/${String(id)}/edit`);
    },
    [go],
  );
  const select = useCallback((index: number) => setSelected(rowAt(index)?.id), [rowAt]);
  const close = useCallback(() => {
    setSelected(undefined);
    grid.current?.focus();
  }, []);
  const move = (step: 1 | -1) => {
    const next = rowAt((selectedIndex ?? -1) + step);
    if (next !== undefined) setSelected(next.id);
  };
  usePageKeys({ E: () => edit(selected) });

  const view: View = filters.withChange ? "open" : "all";
  const actions = (
    <>
      <Button size="sm" icon={BookPlus} variant="quiet" onPress={() => setDialog("hand")}>
        Add by hand
      </Button>
      <Button size="sm" icon={RotateCcw} onPress={() => setDialog("read")}>
        Read accounts
      </Button>
    </>
  );
  const empty = isFiltered(rested) ? (
    <Empty
      title={noMatchSentence(rested)}
      action={<Button onPress={() => setFilters(noFilters)}>Clear filter</Button>}
    />
  ) : (
    <Empty
      title="No accounts yet."
      action={
        <Button variant="primary" icon={RotateCcw} onPress={() => setDialog("read")}>
          Read accounts
        </Button>
      }
    >
      Read from a provider, or add one by hand where the connection cannot read.
    </Empty>
  );

  return (
    <SplitPage
      pane={
        selected === undefined ? undefined : (
          <Pane label="Account" width={283} minWidth={260} overlays>
            <Inspector key={selected} accountId={selected} onEdit={edit} onClose={close} onStep={move} />
          </Pane>
        )
      }
    >
      <h1 className="sr">Accounts</h1>
      <TabbedViews
        label="Views"
        tabs={[
          { id: "all", label: "All accounts", count: total },
          { id: "open", label: "With an open change" },
        ]}
        selected={view}
        onSelect={(next: View) => setFilters({ ...filters, withChange: next === "open" })}
        actions={actions}
      >
        <div className="page fill">
          <AccountFilterBar filters={filters} connections={connections} onChange={setFilters} />
          <OfflineBanner />
          <LoadProgress connections={connections} />
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
            {head === undefined && list.failure === undefined ? (
              <Loading>Reading the list…</Loading>
            ) : (
              <Grid
                ref={grid}
                label="Accounts"
                columns={columns}
                rowCount={matching}
                rowAt={rowAt}
                onVisibleRange={list.onVisibleRange}
                ticks={selection.ticks}
                selectedIndex={selectedIndex}
                onSelect={select}
                onOpen={(index) => {
                  const id = rowAt(index)?.id;
                  if (id === selected) edit(id);
                  else setSelected(id);
                }}
                onEscape={close}
                sort={sort}
                onSort={(next) => setSort((before) => nextSort(before, next.column))}
                empty={empty}
              />
            )}
          </div>
          <SelectionBar
            selection={selection}
            matching={matching}
            onRefresh={canRefresh ? () => setDialog("refresh") : undefined}
          />
          <footer className="gridfoot">
            <span>
              {isLeast ? "More than " : ""}
              {countText(matching)} of {counted(total, "account")}
              {isLeast ? `; the first ${countText(matching)} are shown. Type more to find fewer.` : ""}
            </span>
            <span className="grow" />
            <ChangeLegend list={list} />
          </footer>
        </div>
      </TabbedViews>
      <ReadDialog
        isOpen={dialog === "read"}
        connections={readable}
        onClose={() => setDialog(undefined)}
        onByHand={() => setDialog("hand")}
      />
      <HandDialog
        isOpen={dialog === "hand"}
        connections={byHand}
        onClose={() => setDialog(undefined)}
        onAdded={(id) => {
          setDialog(undefined);
          setSelected(id);
        }}
      />
      <RefreshDialog ids={selection.ids} isOpen={dialog === "refresh"} onClose={() => setDialog(undefined)} />
    </SplitPage>
  );
}
