import type { OutputOf, RepairActor, RepairRow } from "@contract";
import { BookOpenText, Landmark, X } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { call, failureWords, useBridgeEvent, useCall, usePagedRows } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import {
  Button, counted, Empty, FailureBanner, Grid, IconButton, Loading, Pane, SplitPage, TabbedViews, useNavigate, useNow,
  type GridHandle,
} from "../../ui/index.ts";
import { usePageKeys } from "../../ui/page-keys.ts";
import "./accounts.css";
import { actorLooks, repairOrder } from "./actor-words.tsx";
import "./aggregated.css";
import { NextStep, useCopyNextStep } from "./next-step.tsx";
import { repairColumns } from "./repair-columns.tsx";

const pageSize = 100;

interface StepPaneProps {
  readonly row: RepairRow;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

function StepPane({ row, onOpen, onClose }: StepPaneProps) {
  return (
    <Pane label="Next step" width={312} minWidth={260} overlays>
      <div className="pane-top">
        <div className="eyebrow">
          <span className="grow">{row.customerName}</span>
          <IconButton label="Close" icon={X} onPress={onClose} />
        </div>
        <h2>{row.accountName}</h2>
      </div>
      <div className="block">
        <NextStep accountId={row.id} status={row.status} />
      </div>
      <div className="block">
        <Button size="sm" keys="Enter" onPress={onOpen}>
          Open the account
        </Button>
      </div>
    </Pane>
  );
}

/** The accounts that need somebody before they are fresh again, by who that is. */
export function RepairPage({ act }: { readonly act: RepairActor }) {
  const go = useNavigate();
  const counts = useCall("accounts.repairCounts", {});
  const nowMs = useNow();
  const mayEdit = useMayEdit();
  const copy = useCopyNextStep();
  const [selected, setSelected] = useState<number>();
  const grid = useRef<GridHandle>(null);
  const columns = useMemo(() => repairColumns(nowMs), [nowMs]);
  const fetchPage = useCallback(
    (cursor: string | undefined) =>
      call("accounts.repairPage", { act, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) }),
    [act],
  );
  const list = usePagedRows<RepairRow, OutputOf<"accounts.repairPage">>(pageSize, fetchPage);
  const { reload } = list;
  useBridgeEvent("workspace.dataChanged", ({ topics }) => {
    if (topics.includes("accounts")) reload();
  });
  const row = selected === undefined ? undefined : list.rowAt(selected);
  const open = (index: number | undefined) => {
    const wanted = index === undefined ? undefined : list.rowAt(index);
    if (wanted !== undefined) go(`/accounts/${String(wanted.id)}`);
  };
  const close = () => {
    setSelected(undefined);
    grid.current?.focus();
  };
  usePageKeys({ C: () => (mayEdit && row !== undefined ? void copy.run(row.id) : undefined) });
  const count = counts.data?.[act] ?? 0;
  return (
    <SplitPage pane={row === undefined ? undefined : <StepPane row={row} onOpen={() => open(selected)} onClose={close} />}>
      <h1 className="sr">Repair queue</h1>
      <TabbedViews
        label="Who must act"
        tabs={repairOrder.map((id) => ({ id, label: actorLooks[id].word, count: counts.data?.[id] }))}
        selected={act}
        onSelect={(next) => {
          setSelected(undefined);
          go(`/repair/${next}`);
        }}
        actions={
          <>
            <Button size="sm" variant="quiet" icon={BookOpenText} onPress={() => go("/refresh/codes")}>
              Status codes
            </Button>
            <Button size="sm" icon={Landmark} onPress={() => go(`/accounts/act/${act}`)}>
              Show in the accounts list
            </Button>
          </>
        }
      >
        <div className="page fill">
          {list.failure === undefined ? null : (
            <FailureBanner words={failureWords(list.failure)} onRetry={list.reload} />
          )}
          <div className="fill">
            {list.head === undefined ? (
              <Loading>Reading the queue…</Loading>
            ) : (
              <Grid
                ref={grid}
                label="Repair queue"
                columns={columns}
                rowCount={Math.max(count, list.loaded)}
                rowAt={list.rowAt}
                onVisibleRange={list.onVisibleRange}
                selectedIndex={selected}
                onSelect={setSelected}
                onOpen={(index) => (index === selected ? open(index) : setSelected(index))}
                onEscape={close}
                empty={
                  <Empty title="Nothing waiting here." action={<Button onPress={() => go("/")}>Go to Today</Button>}>
                    No account an aggregator reads is in this state.
                  </Empty>
                }
              />
            )}
          </div>
          <footer className="gridfoot">
            <span>{counted(count, "account")}</span>
            <span>{actorLooks[act].note}</span>
          </footer>
        </div>
      </TabbedViews>
    </SplitPage>
  );
}
