import type { RefreshDetail, RefreshEvent } from "@contract";
import {
  BookOpenText, CheckCheck, CircleCheck, Flag, Hourglass, Info, MessageSquareReply, MousePointerClick, Send,
  type LucideIcon,
} from "lucide-react";
import { Icon, timeWithSecondsText } from "../../ui/index.ts";
import { refreshName } from "./refresh-words.ts";

const looks: Readonly<Record<RefreshEvent["kind"], readonly [LucideIcon, string]>> = {
  clicked: [MousePointerClick, ""],
  sent: [Send, ""],
  answered: [MessageSquareReply, ""],
  "no-answer": [Hourglass, "run"],
  seen: [CircleCheck, "good"],
  reading: [BookOpenText, ""],
  ended: [Flag, ""],
  noted: [CheckCheck, ""],
};

/** Everything that happened to a refresh, in order, and what it waits for. */
export function WhatHappened({ refresh, nowMs }: { readonly refresh: RefreshDetail; readonly nowMs: number }) {
  const { nextLookAtMs } = refresh;
  return (
    <section className="log" aria-labelledby="refresh-log" data-pane>
      <header className="subhead">
        <h2 id="refresh-log">What happened</h2>
        <span className="muted">{refreshName(refresh.id)}</span>
      </header>
      <ol className="vline">
        {refresh.events.map((event) => {
          const [icon, tone] = looks[event.kind];
          return (
            <li key={`${event.atMs} ${event.title}`} className={tone}>
              <time dateTime={new Date(event.atMs).toISOString()}>{timeWithSecondsText(event.atMs)}</time>
              <span className="dot"><Icon of={icon} size="s" /></span>
              <div>
                <b>{event.title}</b>
                <p>{event.text}</p>
              </div>
            </li>
          );
        })}
        {nextLookAtMs === undefined ? null : (
          <li className="run">
            <span />
            <span className="dot"><Icon of={BookOpenText} size="s" /></span>
            <div>
              <b>Reading the records</b>
              <p>
                {nextLookAtMs > nowMs
                  ? `Next look in ${Math.ceil((nextLookAtMs - nowMs) / 1000)} s. A read is not a refresh.`
                  : "The account records are being read. A read is not a refresh."}
              </p>
            </div>
          </li>
        )}
      </ol>
      <p className="rulebox">
        <Icon of={Info} size="s" />
        <span>A refresh starts only when a person asks for it. Finicity reads healthy accounts by itself once a day.</span>
      </p>
    </section>
  );
}
