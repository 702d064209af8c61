import type { RefreshDetail } from "@contract";
import { timeWithSecondsText } from "../../ui/index.ts";

interface Segment {
  readonly kind: "open" | "running" | "seen";
  readonly fromMs: number;
  readonly toMs: number;
  readonly label: string;
}
interface Mark {
  readonly atMs: number;
  readonly label: string;
  /** The last one stands at the right end, its words to the left of it. */
  readonly isEnd?: boolean;
}

function segmentsOf(refresh: RefreshDetail, endMs: number): readonly Segment[] {
  const { sentAtMs, answeredAtMs, seenAtMs, endedAtMs, accounts, accountsMoved, state } = refresh;
  if (sentAtMs === undefined) return [];
  const last = endedAtMs ?? endMs;
  const openTo = answeredAtMs ?? last;
  const all: Segment[] = [{ kind: "open", fromMs: sentAtMs, toMs: openTo, label: "Request open" }];
  if (answeredAtMs === undefined) return all;
  const seenFrom = seenAtMs ?? (endedAtMs === undefined || state === "given-up" ? endMs : last);
  if (seenFrom > openTo) {
    const label = refresh.events.some(({ kind }) => kind === "no-answer") ? "Still running at the provider" : "Reading";
    all.push({ kind: "running", fromMs: openTo, toMs: Math.min(seenFrom, last), label });
  }
  if (seenAtMs !== undefined && last > seenAtMs) {
    all.push({ kind: "seen", fromMs: seenAtMs, toMs: last, label: `${accountsMoved} of ${accounts}` });
  }
  return all;
}

function marksOf(refresh: RefreshDetail): readonly Mark[] {
  const { clickedAtMs, sentAtMs, answeredAtMs, seenAtMs, endedAtMs } = refresh;
  const lost = refresh.events.find(({ kind }) => kind === "no-answer");
  const timeOut = `Time-out at ${Number((refresh.timeoutMs / 1000).toFixed(1))} s`;
  const ended = lost?.title.startsWith("No answer in") === true ? timeOut : "No answer";
  return [
    { atMs: clickedAtMs, label: "Clicked" },
    ...(sentAtMs === undefined ? [] : [{ atMs: sentAtMs, label: "Sent" }]),
    ...(answeredAtMs === undefined ? [] : [{ atMs: answeredAtMs, label: lost === undefined ? "Answered" : ended }]),
    ...(seenAtMs === undefined ? [] : [{ atMs: seenAtMs, label: "Newer attempt date seen" }]),
    ...(endedAtMs === undefined ? [] : [{ atMs: endedAtMs, label: "Ended", isEnd: true }]),
  ];
}

const wordsShare = 17;

/** Places marks so that their words do not lie over each other: each at least a sixth after the one before. */
function placed(marks: readonly Mark[], share: (atMs: number) => number): readonly (Mark & { left: number })[] {
  let least = 0;
  return marks.map((mark, index) => {
    if (mark.isEnd === true) return { ...mark, left: 100 };
    const room = 100 - (marks.length - index) * wordsShare;
    const left = Math.min(Math.max(share(mark.atMs), least), Math.max(room, least));
    least = left + wordsShare;
    return { ...mark, left };
  });
}

/** The axis from the click to now or to the end. */
export function Timeline({ refresh, nowMs }: { readonly refresh: RefreshDetail; readonly nowMs: number }) {
  const runs = refresh.endedAtMs === undefined;
  const endMs = refresh.endedAtMs ?? Math.max(nowMs, refresh.clickedAtMs + 1000);
  const spanMs = Math.max(1, (endMs - refresh.clickedAtMs) / (runs ? 0.9 : 1));
  const share = (atMs: number): number => Math.min(100, Math.max(0, ((atMs - refresh.clickedAtMs) / spanMs) * 100));
  const marks = placed(marksOf(refresh), share);
  const places = new Map(marks.map(({ atMs, left }) => [atMs, left]));
  const place = (atMs: number): number => places.get(atMs) ?? share(atMs);
  return (
    <section className="timeline" aria-label="Timeline">
      <div className="axis" aria-hidden="true">
        {segmentsOf(refresh, endMs).map((segment) => (
          <span
            key={segment.kind}
            className={`seg ${segment.kind}`}
            style={{
              left: `${place(segment.fromMs)}%`,
              width: `${Math.max(0.4, place(segment.toMs) - place(segment.fromMs))}%`,
            }}
          >
            <em>{segment.label}</em>
          </span>
        ))}
        {runs ? <span className="nowline" style={{ left: `${share(endMs)}%` }} /> : null}
      </div>
      <ol className="ticks">
        {marks.map((mark) => (
          <li key={mark.label} className={mark.isEnd === true ? "end" : undefined} style={{ left: `${mark.left}%` }}>
            <b>{mark.label}</b> <time dateTime={new Date(mark.atMs).toISOString()}>{timeWithSecondsText(mark.atMs)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
