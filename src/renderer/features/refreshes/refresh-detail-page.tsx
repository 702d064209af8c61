import type { RefreshDetail, RefreshId } from "@contract";
import { BookOpenText, CheckCheck, Copy, RefreshCw, Undo2 } from "lucide-react";
import { useState } from "react";
import { failureSentence, failureWords, useCall, useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import {
  Banner, Button, counted, FailureBanner, Loading, PageHeader, Status, Tag, timeText, ToggleGroup, useAnnounce, useNow,
} from "../../ui/index.ts";
import { AccountStep, useCopyMessage } from "./account-step.tsx";
import { AskDialog } from "./ask-dialog.tsx";
import { lookOf, providerWords, refreshName } from "./refresh-words.ts";
import { ResultTable, type Grouping } from "./result-table.tsx";
import { Timeline } from "./timeline.tsx";
import { WhatHappened } from "./what-happened.tsx";
import "./refreshes.css";

function Actions({ refresh, onAsk }: { readonly refresh: RefreshDetail; readonly onAsk: () => void }) {
  const look = useCommand("refreshes.look");
  const done = useCommand("refreshes.markDone");
  const callOff = useCommand("refreshes.callOff");
  const announce = useAnnounce();
  const mayEdit = useMayEdit();
  const { id, state, againAtMs } = refresh;
  const failure = look.failure ?? done.failure ?? callOff.failure;
  if (!mayEdit) return <span className="soft small">Only a maker or an administrator can refresh.</span>;
  const isWatched = state === "still-running" || state === "answered" || state === "given-up";
  const mayAsk = refresh.endedAtMs !== undefined;
  return (
    <>
      {failure === undefined ? null : <span className="small bad">{failureSentence(failure)}</span>}
      {againAtMs === undefined || !mayAsk ? null : (
        <span className="soft small">This customer can be refreshed again after {timeText(againAtMs)}.</span>
      )}
      {state === "clicked" ? (
        <Button icon={Undo2} onPress={() => void callOff.run({ id })}>Take back</Button>
      ) : null}
      {isWatched ? (
        <Button icon={BookOpenText} isPending={look.isRunning} onPress={() => void look.run({ id })}>
          Read the records now
        </Button>
      ) : null}
      {refresh.needsAttention ? (
        <Button
          icon={CheckCheck}
          isPending={done.isRunning}
          onPress={() => void done.run({ id }).then(({ ok }) => (ok ? announce("Marked as done.") : undefined))}
        >
          Mark as done
        </Button>
      ) : null}
      {mayAsk && againAtMs === undefined ? <Button icon={RefreshCw} onPress={onAsk}>Refresh customer…</Button> : null}
    </>
  );
}

const groupings = [
  { id: "actor", label: "Who must act" },
  { id: "institution", label: "Institution" },
] as const;

function CopyMessage({ refresh }: { readonly refresh: RefreshDetail }) {
  const copy = useCopyMessage(refresh.id);
  const mayEdit = useMayEdit();
  if (!mayEdit) return null;
  return (
    <>
      {copy.failure === undefined ? null : <span className="small bad">{failureSentence(copy.failure)}</span>}
      <Button size="sm" icon={Copy} isPending={copy.isRunning} onPress={() => void copy.run()}>Copy message</Button>
    </>
  );
}

/** One refresh: where it stands, what happened, what came of each account. */
export function RefreshDetailPage({ id, onOpen }: { readonly id: RefreshId; readonly onOpen: (id: number) => void }) {
  const [isAsking, setAsking] = useState(false);
  const [grouping, setGrouping] = useState<Grouping>("actor");
  const [selected, setSelected] = useState<string>();
  const nowMs = useNow(1000);
  const { data: refresh, failure } = useCall("refreshes.detail", { id });
  if (refresh === undefined)
    return failure === undefined ? <Loading>Opening the refresh…</Loading> : <FailureBanner words={failureWords(failure)} />;
  const { word, icon, tone, spins = false } = lookOf(refresh);
  const ended = refresh.endedAtMs !== undefined;
  const row = refresh.results.find(({ accountId }) => accountId === selected);
  return (
    <div className="refresh">
      <PageHeader
        title={`Refresh ${refreshName(id)}`}
        crumbs={[{ label: "Refresh", to: "/refresh" }, { label: refresh.customerName }]}
        beside={
          <>
            <Tag>{providerWords[refresh.provider]}</Tag>
            {refresh.institutionLoginId === undefined ? null : <Tag>Login {refresh.institutionLoginId}</Tag>}
            <Status icon={icon} tone={tone} spin={spins} pill>{word}</Status>
          </>
        }
        actions={<Actions refresh={refresh} onAsk={() => setAsking(true)} />}
      />
      {ended && refresh.state !== "succeeded" ? (
        <Banner
          tone={refresh.state === "failed" && refresh.sentAtMs !== undefined ? "bad" : "warn"}
          title={`${word}.`}
          actions={<CopyMessage refresh={refresh} />}
        >
          {refresh.message}
        </Banner>
      ) : null}
      <Timeline refresh={refresh} nowMs={nowMs} />
      <div className="rsplit">
        <WhatHappened refresh={refresh} nowMs={nowMs} />
        <section className="accts" aria-labelledby="refresh-accounts" data-pane>
          <header className="subhead">
            <h2 id="refresh-accounts">
              {counted(refresh.results.length, "account")} of {refresh.customerName}
            </h2>
            <span className="muted">{refresh.accountsMoved} with a newer attempt date</span>
            <span className="grow" />
            {refresh.results.length === 0 ? null : (
              <ToggleGroup<Grouping> label="Group by" bare size="sm" choices={groupings} value={grouping} onChange={setGrouping} />
            )}
          </header>
          {refresh.results.length === 0 ? (
            <p className="nothing">No account records were read for this refresh.</p>
          ) : (
            <ResultTable
              refresh={refresh}
              grouping={grouping}
              selected={selected}
              onSelect={(accountId) => setSelected(accountId === selected ? undefined : accountId)}
            />
          )}
          {row === undefined ? null : <AccountStep refresh={refresh} row={row} onClose={() => setSelected(undefined)} />}
        </section>
      </div>
      <AskDialog
        asking={isAsking ? { connectionId: refresh.connectionId, customers: [refresh.customerId] } : undefined}
        onClose={() => setAsking(false)}
        onStarted={([first]) => (first === undefined ? undefined : onOpen(first))}
      />
    </div>
  );
}
