import type { AuditRow, OutputOf } from "@contract";
import { ShieldCheck } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { call, failureWords, useBridgeEvent, useCommand, usePagedRows } from "../../bridge/index.ts";
import {
  Banner,
  Button,
  counted,
  countText,
  dateTimeText,
  Empty,
  Facet,
  FailureBanner,
  Grid,
  ShortHash,
  PageHeader,
  Pane,
  SearchField,
  SplitPage,
  timeWithSecondsText,
  useAnnounce,
  type GridColumn,
  type GridHandle,
} from "../../ui/index.ts";
import { areaChoices, areaLabel, type Area } from "./areas.ts";
import "./log.css";
import { LogDetail } from "./log-detail.tsx";
import { useRested } from "./use-rested.ts";
import { verificationWords } from "./verification-words.ts";

const pageSize = 100;
const searchRestMs = 80;

const columns: readonly GridColumn<AuditRow>[] = [
  {
    id: "at",
    header: "Time",
    width: 170,
    grow: 0,
    cell: (row) => `${dateTimeText(row.atMs)}${timeWithSecondsText(row.atMs).slice(5)}`,
  },
  { id: "seq", header: "Row", width: 60, grow: 0, align: "end", cell: (row) => countText(row.seq) },
  { id: "person", header: "Person", width: 130, cell: (row) => row.person },
  { id: "area", header: "Area", width: 100, grow: 0, cell: (row) => areaLabel(row.action) },
  { id: "summary", header: "What happened", width: 320, grow: 2, cell: (row) => row.summary },
  { id: "subject", header: "Subject", width: 150, cell: (row) => <span className="id">{row.subject}</span> },
];

interface LogHeaderProps {
  readonly head: OutputOf<"audit.page"> | undefined;
  readonly isVerifying: boolean;
  readonly onVerify: () => void;
}

function LogHeader({ head, isVerifying, onVerify }: LogHeaderProps) {
  return (
    <PageHeader
      title="Log"
      beside={
        head === undefined ? null : <span className="soft small">{counted(head.entries, "entry", "entries")}</span>
      }
      actions={
        <>
          {head === undefined ? null : (
            <span className="soft small head-hash">
              Head <ShortHash hash={head.headHash} />
            </span>
          )}
          <Button size="sm" icon={ShieldCheck} isPending={isVerifying} onPress={onVerify}>
            Verify the trail
          </Button>
        </>
      }
    />
  );
}

/** The audit trail: filter, detail, verify. */
export function LogPage() {
  const [search, setSearch] = useState("");
  const [area, setArea] = useState<Area>();
  const [selectedSeq, setSelectedSeq] = useState<number>();
  const restedSearch = useRested(search, searchRestMs);
  const verify = useCommand("audit.verify");
  const [verified, setVerified] = useState<OutputOf<"audit.verify">>();
  const announce = useAnnounce();
  const grid = useRef<GridHandle>(null);

  const filter = useMemo(
    () => ({ ...(restedSearch === "" ? {} : { search: restedSearch }), ...(area === undefined ? {} : { area }) }),
    [restedSearch, area],
  );
  const fetchPage = useCallback(
    (cursor: string | undefined) =>
      call("audit.page", { ...filter, ...(cursor === undefined ? {} : { cursor }), limit: pageSize }),
    [filter],
  );
  const list = usePagedRows<AuditRow, OutputOf<"audit.page">>(pageSize, fetchPage);
  const { head, rowAt, loaded, hasMore, reload } = list;
  useBridgeEvent("workspace.dataChanged", ({ topics }) => {
    if (topics.includes("audit")) reload();
  });

  const selectedIndex = useMemo(() => {
    if (selectedSeq === undefined) return undefined;
    for (let index = 0; index < loaded; index += 1) if (rowAt(index)?.seq === selectedSeq) return index;
    return undefined;
  }, [selectedSeq, rowAt, loaded]);
  useEffect(() => setSelectedSeq(undefined), [filter]);

  const runVerify = async () => {
    setVerified(undefined);
    const result = await verify.run({});
    if (!result.ok) return;
    setVerified(result.value);
    reload();
    const words = verificationWords(result.value);
    announce(`${words.title} ${words.sentence}`, result.value.intact ? "polite" : "assertive");
  };
  const close = () => {
    setSelectedSeq(undefined);
    grid.current?.focus();
  };
  const words = verified === undefined ? undefined : verificationWords(verified);
  const failure = verify.failure ?? list.failure;
  const isFiltered = search !== "" || area !== undefined;
  const clear = () => {
    setSearch("");
    setArea(undefined);
  };

  return (
    <div className="page">
      <LogHeader head={head} isVerifying={verify.isRunning} onVerify={() => void runVerify()} />
      {failure === undefined ? null : <FailureBanner words={failureWords(failure)} onRetry={reload} />}
      {words === undefined ? null : (
        <Banner
          tone={verified?.intact === true ? "good" : "bad"}
          title={words.title}
          actions={
            <Button size="sm" onPress={() => setVerified(undefined)}>
              Close
            </Button>
          }
        >
          {words.sentence}
        </Banner>
      )}
      <div className="bar filters">
        <SearchField label="Person, subject or words" value={search} onChange={setSearch} />
        <Facet label="Area" choices={areaChoices} value={area} onChange={setArea} />
        <span className="grow" />
        {isFiltered ? (
          <Button variant="quiet" size="sm" onPress={clear}>
            Clear
          </Button>
        ) : null}
      </div>
      <div className="fill">
        <SplitPage
          pane={
            selectedSeq === undefined ? undefined : (
              <Pane label="Log entry" width={380} overlays>
                <LogDetail seq={selectedSeq} onClose={close} />
              </Pane>
            )
          }
        >
          <Grid
            ref={grid}
            label="Log"
            columns={columns}
            rowCount={loaded + (hasMore ? 1 : 0)}
            rowAt={rowAt}
            onVisibleRange={list.onVisibleRange}
            selectedIndex={selectedIndex}
            onSelect={(index) => setSelectedSeq(rowAt(index)?.seq)}
            onEscape={close}
            empty={
              list.isLoading ? null : (
                <Empty title="No entry matches." action={<Button onPress={clear}>Clear filter</Button>} />
              )
            }
          />
        </SplitPage>
      </div>
      <footer className="gridfoot">
        <span>{isFiltered ? `${countText(loaded)}${hasMore ? " or more" : ""} match` : "Newest first"}</span>
        <span className="grow" />
        {verified === undefined ? null : <span>Checked {dateTimeText(verified.checkedAtMs)}</span>}
      </footer>
    </div>
  );
}
