import type { BatchDetail, Connection } from "@contract";
import { CheckCheck, Clock, Timer, Zap } from "lucide-react";
import { useEffect, useRef } from "react";
import {
  classNames,
  countText,
  dateTimeText,
  durationText,
  Icon,
  stateLooks,
  timeText,
  useAnnounce,
  useNow,
} from "../../ui/index.ts";
import { endText, outcomeShare, rateText, tenthOf, tenthSentence } from "./progress-words.ts";

type Outcomes = BatchDetail["outcomes"];

interface Part {
  readonly key: keyof Outcomes;
  readonly tone: "good" | "bad" | "unknown" | "warn" | "run" | "wait" | "left" | "plain";
  readonly word: string;
  readonly note: string;
  readonly icon: typeof CheckCheck;
}

const parts: readonly Part[] = [
  { key: "accepted", tone: "good", word: stateLooks.accepted.word, note: "done", icon: stateLooks.accepted.icon },
  {
    key: "refused",
    tone: "bad",
    word: stateLooks.refused.word,
    note: "can be sent again",
    icon: stateLooks.refused.icon,
  },
  {
    key: "unknown",
    tone: "unknown",
    word: stateLooks["outcome-unknown"].word,
    note: "need a person",
    icon: stateLooks["outcome-unknown"].icon,
  },
  { key: "conflict", tone: "warn", word: stateLooks.conflict.word, note: "not sent", icon: stateLooks.conflict.icon },
  { key: "sending", tone: "run", word: stateLooks.sending.word, note: "under way", icon: stateLooks.sending.icon },
  { key: "left", tone: "left", word: "Left", note: "to send", icon: CheckCheck },
];
const waiting: Part = {
  key: "waiting",
  tone: "wait",
  word: stateLooks["waiting-for-approval"].word,
  note: "for a second person",
  icon: stateLooks["waiting-for-approval"].icon,
};
const withdrawn: Part = {
  key: "withdrawn",
  tone: "left",
  word: stateLooks.withdrawn.word,
  note: "not sent",
  icon: stateLooks.withdrawn.icon,
};

const reversed: Part = {
  key: "reversed",
  tone: "plain",
  word: stateLooks.reversed.word,
  note: "put back since",
  icon: stateLooks.reversed.icon,
};

/** The kinds every batch shows, and of the others those there are. */
function shownParts({ outcomes, finishedAtMs, toSendAgain }: BatchDetail): readonly Part[] {
  const extra = [reversed, waiting, withdrawn].filter(({ key }) => outcomes[key] > 0);
  const isAllSent = finishedAtMs !== undefined && toSendAgain === 0;
  const usual = parts.filter(({ key }) => key !== "left" || extra.length === 0 || outcomes.left > 0);
  return [...usual, ...extra].map((part) =>
    part.key === "refused" && isAllSent && outcomes.refused > 0 ? { ...part, note: "sent again since" } : part,
  );
}

function useSpokenTenths(outcomes: Outcomes, speaks: boolean): void {
  const announce = useAnnounce();
  const { done, total } = outcomeShare(outcomes);
  const tenth = tenthOf(done, total);
  const spoken = useRef(tenth);
  const sentence = tenthSentence(outcomes);
  useEffect(() => {
    if (!speaks || tenth <= spoken.current) return;
    spoken.current = tenth;
    announce(sentence);
  }, [speaks, tenth, sentence, announce]);
}

export interface BatchProgressProps {
  readonly batch: BatchDetail;
  readonly connection: Connection | undefined;
}

function Facts({ batch, connection }: BatchProgressProps) {
  const nowMs = useNow(5_000);
  const { perSecond, leftMs, startedAtMs, finishedAtMs, sentBy } = batch;
  const runs = batch.state === "sending";
  return (
    <>
      {runs && perSecond !== undefined ? (
        <span className="fact">
          <Icon of={Zap} size="s" />
          <b>{rateText(perSecond)}</b> per second
          {connection === undefined ? null : (
            <span className="muted">limit {rateText(connection.requestsPerSecond)}</span>
          )}
        </span>
      ) : null}
      {runs && leftMs !== undefined ? (
        <span className="fact">
          <Icon of={Timer} size="s" />
          <b>{durationText(leftMs)}</b> left <span className="muted">{endText(leftMs, nowMs)}</span>
        </span>
      ) : null}
      {startedAtMs === undefined ? null : (
        <span className="fact">
          <Icon of={Clock} size="s" />
          {finishedAtMs === undefined
            ? `Started ${timeText(startedAtMs)}`
            : `${dateTimeText(startedAtMs)} to ${timeText(finishedAtMs)}`}
          {sentBy === undefined ? "" : `, by ${sentBy}`}
        </span>
      )}
    </>
  );
}

/** How far the sending has come: counts of every outcome, the bar in their colours, rate and time left. */
export function BatchProgressBar({ batch, connection }: BatchProgressProps) {
  const { outcomes } = batch;
  const { done, total } = outcomeShare(outcomes);
  const shown = shownParts(batch);
  useSpokenTenths(outcomes, batch.state === "sending");
  return (
    <section className="progress" aria-label="Progress" data-pane tabIndex={-1}>
      <div className="ptop">
        <span className="big">
          {countText(done)} <small>of {countText(total)} have an outcome</small>
        </span>
        <span className="grow" />
        <Facts batch={batch} connection={connection} />
      </div>
      <progress
        className="sr"
        aria-label="Rows with an outcome"
        max={Math.max(total, 1)}
        value={done}
        aria-valuetext={`${countText(done)} of ${countText(total)}`}
      />
      <div className="track" aria-hidden="true">
        {shown
          .filter((part) => outcomes[part.key] > 0)
          .map((part) => (
            <i key={part.key} className={part.tone} style={{ flexGrow: outcomes[part.key] }} />
          ))}
      </div>
      <dl className="counts">
        {shown.map((part) => (
          <div key={part.key} className={classNames("count-cell", part.tone)}>
            <dt className="w">
              <Icon of={part.icon} size="s" spin={part.key === "sending" && outcomes.sending > 0} />
              {part.word}
            </dt>
            <dd>
              <b>{countText(outcomes[part.key])}</b> <small>{part.note}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
