import type { ChangeDetail } from "@contract";
import {
  CircleCheck,
  CircleQuestionMark,
  CircleX,
  Info,
  LoaderCircle,
  TriangleAlert,
  type LucideIcon,
} from "lucide-react";
import { useCall } from "../../bridge/index.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import { Icon, timeText, timeWithSecondsText } from "../../ui/index.ts";
import { ComparisonTable } from "./comparison-table.tsx";
import { ConflictPanel } from "./conflict-panel.tsx";
import { OutcomeActions } from "./outcome-actions.tsx";
import { attemptWords, outcomeWords, type OutcomeTone } from "./outcome-words.ts";

const icons: Readonly<Record<OutcomeTone, LucideIcon>> = {
  info: Info,
  good: CircleCheck,
  warn: TriangleAlert,
  bad: CircleX,
  unknown: CircleQuestionMark,
};

function Attempts({ change }: { readonly change: ChangeDetail }) {
  if (change.attempts.length === 0) return null;
  return (
    <ol className="attempts" aria-label="Attempts">
      {change.attempts.flatMap((attempt, index) => {
        const sent = (
          <li key={`${String(attempt.id)}-sent`}>
            <time dateTime={new Date(attempt.startedAtMs).toISOString()}>
              {timeWithSecondsText(attempt.startedAtMs)}
            </time>
            <span>
              Attempt {index + 1} written to disk{attempt.outcome === "not-sent" ? "." : ", then sent: "}
              {attempt.outcome === "not-sent" ? null : (
                <span className="id">
                  {change.request.method} {change.request.path}
                </span>
              )}
            </span>
          </li>
        );
        if (attempt.finishedAtMs === undefined) return [sent];
        return [
          sent,
          <li key={`${String(attempt.id)}-end`}>
            <time dateTime={new Date(attempt.finishedAtMs).toISOString()}>
              {timeWithSecondsText(attempt.finishedAtMs)}
            </time>
            <span>{attemptWords(attempt, providerNames[change.provider])}</span>
          </li>,
        ];
      })}
    </ol>
  );
}

export interface OutcomePanelProps {
  readonly change: ChangeDetail;
  /** Opens the editor of this change's account. */
  readonly onEdit: () => void;
  /** A conflict was resolved and the change is a draft again. */
  readonly onResolved?: (() => void) | undefined;
}

/** What became of a change, what was tried, what the provider holds, and what a person can do now. */
export function OutcomePanel({ change, onEdit, onResolved }: OutcomePanelProps) {
  const { data: status } = useCall("workspace.status", {});
  const words = outcomeWords(change, status?.online ?? true);
  const isSending = change.state === "sending";
  return (
    <section className={`outcome ${words.tone}`} aria-label="Outcome" data-state={change.state}>
      <h2 className="sr">Outcome</h2>
      <div className="lead">
        <Icon of={isSending ? LoaderCircle : icons[words.tone]} spin={isSending} />
        <p>
          <b>{words.title}</b> {words.body}
          {change.state === "outcome-unknown" && change.settleAtMs !== undefined && change.canReadBack
            ? ` Vostro reads the account again at ${timeText(change.settleAtMs)}.`
            : ""}
        </p>
      </div>
      <Attempts change={change} />
      {change.state === "conflict" ? (
        <ConflictPanel key={change.revision} change={change} onResolved={onResolved} />
      ) : (
        <ComparisonTable change={change} />
      )}
      <OutcomeActions change={change} onEdit={onEdit} />
    </section>
  );
}
