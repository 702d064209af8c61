import type { BatchRow, OutputOf } from "@contract";
import { ClipboardPaste, Columns3Cog, Download, FileUp } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { call, failureSentence, failureWords, useBridgeEvent, usePagedRows } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import {
  Banner,
  Button,
  counted,
  Empty,
  Grid,
  Loading,
  PageHeader,
  SearchField,
  useNavigate,
  useNow,
} from "../../ui/index.ts";
import "./batches.css";
import { importColumns } from "./import-columns.tsx";
import { useNewBatch } from "./new-batch.ts";
import { SavedMaps } from "./saved-maps.tsx";
import { useRested } from "./use-rested.ts";

const pageSize = 100;
const searchRestMs = 120;

/** Every batch: what it came from, where it stands, what became of it; and the ways to begin one. */
export function ImportPage() {
  const [search, setSearch] = useState("");
  const [showsMaps, setShowsMaps] = useState(false);
  const asked = useRested(search.trim().slice(0, 100), searchRestMs);
  const fetchPage = useCallback(
    (cursor: string | undefined) =>
      call("batches.page", {
        limit: pageSize,
        ...(asked === "" ? {} : { search: asked }),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    [asked],
  );
  const list = usePagedRows<BatchRow, OutputOf<"batches.page">>(pageSize, fetchPage);
  useBridgeEvent("workspace.dataChanged", ({ topics }) => (topics.includes("batches") ? list.reload() : undefined));
  const nowMs = useNow();
  const columns = useMemo(() => importColumns(nowMs), [nowMs]);
  const acts = useNewBatch();
  const may = useMayEdit();
  useEffect(() => {
    if (may) void call("batches.getReady", {});
  }, [may]);
  const go = useNavigate();
  const open = (index: number) => {
    const id = list.rowAt(index)?.id;
    if (id !== undefined) go(`/import/${String(id)}`);
  };
  const failure = acts.failure ?? list.failure;
  const rowCount = list.loaded + (list.hasMore ? 1 : 0);
  return (
    <div className="page">
      <PageHeader
        title="Import"
        actions={
          <>
            <Button variant="quiet" icon={Columns3Cog} onPress={() => setShowsMaps(true)}>
              Saved maps
            </Button>
            <Button variant="quiet" icon={Download} onPress={acts.template}>
              Download a template
            </Button>
            {may ? (
              <>
                <Button icon={ClipboardPaste} onPress={acts.paste}>
                  Paste rows
                </Button>
                <Button variant="primary" icon={FileUp} onPress={acts.chooseFile}>
                  Choose a CSV file
                </Button>
              </>
            ) : null}
          </>
        }
      />
      <SavedMaps isOpen={showsMaps} onClose={() => setShowsMaps(false)} />
      {failure === undefined ? null : (
        <Banner
          tone="bad"
          title={failureWords(failure).title}
          actions={
            <Button size="sm" onPress={acts.failure === undefined ? list.reload : acts.clear}>
              {acts.failure === undefined ? "Try again" : "Close"}
            </Button>
          }
        >
          {failureSentence(failure)}
        </Banner>
      )}
      <search className="bar filters" aria-label="Filter batches">
        <SearchField label="Batch, state, file, hash, person" value={search} onChange={setSearch} />
        <span className="grow" />
        <span className="small muted">
          {may ? "Or drop a CSV file anywhere on the window" : "Makers and administrators import rows"}
        </span>
      </search>
      <div className="fill" data-pane>
        {list.head === undefined && list.isLoading ? (
          <Loading>Reading the batches…</Loading>
        ) : (
          <Grid
            label="Batches"
            columns={columns}
            rowCount={rowCount}
            rowAt={list.rowAt}
            onVisibleRange={list.onVisibleRange}
            onSelect={open}
            onOpen={open}
            empty={
              asked === "" ? (
                <Empty
                  title="No batches yet."
                  action={
                    may ? (
                      <Button variant="primary" icon={FileUp} onPress={acts.chooseFile}>
                        Choose a CSV file
                      </Button>
                    ) : null
                  }
                >
                  Change many accounts at once from a CSV file or pasted rows. You see every change before anything is
                  sent.
                </Empty>
              ) : (
                <Empty
                  title={`No batch matches “${asked}”.`}
                  action={<Button onPress={() => setSearch("")}>Clear filter</Button>}
                />
              )
            }
          />
        )}
      </div>
      <footer className="gridfoot">
        <span>
          {counted(list.loaded, "batch", "batches")}
          {list.hasMore ? " and more" : ""}
        </span>
      </footer>
    </div>
  );
}
