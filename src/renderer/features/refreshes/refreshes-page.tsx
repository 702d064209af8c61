import type { ConnectionId, RefreshId, RefreshRow } from "@contract";
import { BookOpenText, RefreshCw, Undo2 } from "lucide-react";
import { useMemo, useState } from "react";
import { failureSentence, failureWords, useCall, useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import {
  ageText, Button, counted, dateTimeText, Empty, FailureBanner, Grid, Loading, Status, TabbedViews, useAnnounce, useNavigate,
  useNow,
  type GridColumn,
} from "../../ui/index.ts";
import { AskDialog, type Asking } from "./ask-dialog.tsx";
import { CodesPage } from "./codes-page.tsx";
import { RefreshDetailPage } from "./refresh-detail-page.tsx";
import { actorWords, lookOf, providerWords, refreshName } from "./refresh-words.ts";
import "./refreshes.css";

type View = "running" | "attention" | "all";
const shownAtMost = 200;

function columnsAt(nowMs: number): readonly GridColumn<RefreshRow>[] {
  return [
    { id: "name", header: "Refresh", width: 84, grow: 0, cell: (row) => <span className="id">{refreshName(row.id)}</span> },
    {
      id: "state",
      header: "State",
      width: 210,
      grow: 0,
      cell: (row) => {
        const { word, icon, tone, spins = false } = lookOf(row);
        return <Status icon={icon} tone={tone} spin={spins}>{word}</Status>;
      },
    },
    { id: "customer", header: "Customer", width: 150, cell: (row) => row.customerName },
    { id: "provider", header: "Provider", width: 150, grow: 0, cell: (row) => providerWords[row.provider] },
    { id: "act", header: "Who must act", width: 140, grow: 0, cell: (row) => (row.needsAttention ? actorWords[row.act] : "") },
    { id: "message", header: "What came of it", width: 220, grow: 2, cell: (row) => <span title={row.message}>{row.message}</span> },
    { id: "by", header: "Asked by", width: 110, cell: (row) => row.madeBy },
    {
      id: "clicked",
      header: "Asked",
      width: 96,
      grow: 0,
      cell: (row) => <span className="age" title={dateTimeText(row.clickedAtMs)}>{ageText(row.clickedAtMs, nowMs)}</span>,
    },
  ];
}

const emptyWords: Readonly<Record<View, string>> = {
  running: "No refresh is running.",
  attention: "Nothing waiting for you.",
  all: "No customer was refreshed yet.",
};

/** Takes back what waits behind the one that is open; what was sent goes on. */
function TakeBackWaiting({ waiting }: { readonly waiting: number }) {
  const { run, isRunning, failure } = useCommand("refreshes.callOffWaiting");
  const announce = useAnnounce();
  const takeBack = async () => {
    const result = await run({});
    if (result.ok) announce(`${counted(result.value.count, "refresh", "refreshes")} taken back. Nothing was sent for them.`);
  };
  if (waiting === 0) return null;
  return (
    <>
      {failure === undefined ? null : <span className="small bad">{failureSentence(failure)}</span>}
      <Button size="sm" icon={Undo2} isPending={isRunning} onPress={() => void takeBack()}>
        Take back {String(waiting)} waiting
      </Button>
    </>
  );
}

interface ListProps {
  readonly onOpen: (id: number) => void;
  readonly onAsk: () => void;
}

function RefreshList({ onOpen, onAsk }: ListProps) {
  const [view, setView] = useState<View>("all");
  const mayEdit = useMayEdit();
  const go = useNavigate();
  const nowMs = useNow();
  const columns = useMemo(() => columnsAt(nowMs), [nowMs]);
  const page = useCall("refreshes.page", { view, limit: shownAtMost }, { keepPrevious: true });
  const rows = page.data?.rows ?? [];
  const counts = page.data?.counts;
  const open = (index: number) => {
    const row = rows[index];
    if (row !== undefined) onOpen(row.id);
  };
  return (
    <>
      <h1 className="sr">Refresh</h1>
      <TabbedViews<View>
        label="Views of refreshes"
        tabs={[
          { id: "all", label: "All", count: counts?.all },
          { id: "running", label: "Running", count: counts?.running },
          { id: "attention", label: "A person must act", count: counts?.attention },
        ]}
        selected={view}
        onSelect={setView}
        actions={
          <>
            <Button size="sm" variant="quiet" icon={BookOpenText} onPress={() => go("/refresh/codes")}>Status codes</Button>
            {mayEdit ? (
              <>
                <TakeBackWaiting waiting={rows.filter(({ state }) => state === "clicked").length} />
                <Button size="sm" variant="primary" icon={RefreshCw} onPress={onAsk}>Refresh a customer…</Button>
              </>
            ) : null}
          </>
        }
      >
        <div className="page fill">
          {page.failure === undefined ? null : (
            <FailureBanner words={failureWords(page.failure)} onRetry={page.readAgain} />
          )}
          <div className="fill">
            {page.data === undefined ? (
              <Loading>Reading the refreshes…</Loading>
            ) : (
              <Grid
                label="Refreshes"
                columns={columns}
                rowCount={rows.length}
                rowAt={(index) => rows[index]}
                onSelect={open}
                onOpen={open}
                empty={
                  <Empty
                    title={emptyWords[view]}
                    action={mayEdit ? <Button onPress={onAsk}>Refresh a customer…</Button> : undefined}
                  >
                    A refresh makes the provider ask the customer’s banks. It starts only when a person asks for it.
                  </Empty>
                }
              />
            )}
          </div>
          <footer className="gridfoot">
            <span>{counted(rows.length, "refresh", "refreshes")}</span>
            {counts !== undefined && counts[view] > rows.length ? (
              <span className="muted">the newest of {counts[view]}</span>
            ) : null}
          </footer>
        </div>
      </TabbedViews>
    </>
  );
}

export interface RefreshesPageProps {
  /** "ask", "codes", or the number of a refresh. */
  readonly target?: string | undefined;
  /** After "ask": the connection and the customers, with commas between them; after "codes": one of them. */
  readonly connection?: string | undefined;
  readonly customers?: string | undefined;
}

function askingOf({ target, connection, customers }: RefreshesPageProps): Asking | undefined {
  if (target !== "ask") return undefined;
  const id = connection !== undefined && /^\d+$/u.test(connection) ? (Number(connection) as ConnectionId) : undefined;
  return { connectionId: id, customers: (customers ?? "").split(",").filter((one) => one !== "") };
}

/** Refreshes that run and past ones; one of them in full; and the question before a new one. */
export function RefreshesPage(props: RefreshesPageProps) {
  const go = useNavigate();
  const open = (id: number) => go(`/refresh/${String(id)}`);
  if (props.target !== undefined && /^\d+$/u.test(props.target)) {
    const id = Number(props.target) as RefreshId;
    return <RefreshDetailPage key={id} id={id} onOpen={open} />;
  }
  if (props.target === "codes") {
    return <CodesPage key={props.connection ?? ""} code={/^\d{1,9}$/u.test(props.connection ?? "") ? props.connection : undefined} />;
  }
  return (
    <>
      <RefreshList onOpen={open} onAsk={() => go("/refresh/ask")} />
      <AskDialog
        asking={askingOf(props)}
        onClose={() => go("/refresh")}
        onStarted={([first, ...more]) => (first === undefined || more.length > 0 ? go("/refresh") : open(first))}
      />
    </>
  );
}
