import type { ChangeDetail, Environment } from "@contract";
import { Check, Send, ShieldAlert, UserRoundCheck } from "lucide-react";
import { useState } from "react";
import { useProviderName } from "../../bridge/provider-name.ts";
import {
  Button,
  Disclosure,
  ErrorMessage,
  Icon,
  LinkButton,
  timeText,
  ToggleGroup,
  focusField,
} from "../../ui/index.ts";
import type { SaveState } from "../../bridge/autosave.ts";
import type { CheckedDraft } from "./editor-model.ts";
import { approvalNeeds, countOf, draftSentence, sendLabel } from "./send-words.ts";
import { SheetLineView } from "./sheet-line-view.tsx";
import { changedLines, type SheetLine } from "./sheet-lines.ts";

export interface ChangeSheetProps {
  readonly checked: CheckedDraft;
  readonly environment: Environment;
  readonly needsSecondPerson: boolean;
  readonly saved: ChangeDetail | undefined;
  readonly save: SaveState;
  readonly isSending: boolean;
  readonly onSend: () => void;
  readonly onSaveDraft: () => void;
}

interface LinesProps {
  readonly lines: readonly SheetLine[];
  /** Shown in place of the lines while nothing changes. */
  readonly empty: string;
}

export function SheetLines({ lines, empty }: LinesProps) {
  if (lines.length === 0) return <p className="line muted">{empty}</p>;
  return (
    <ol>
      {lines.map((line) => (
        <SheetLineView key={line.key} line={line} />
      ))}
    </ol>
  );
}

export function RequestView({
  change,
  isCurrent,
}: {
  readonly change: ChangeDetail | undefined;
  readonly isCurrent: boolean;
}) {
  if (change === undefined) return <p>The request is written when the draft is saved.</p>;
  const { method, path, body } = change.request;
  return (
    <div className="request">
      <p>
        <span className="id">
          {method} {path}
        </span>
        {isCurrent ? "" : " (saving what you typed last)"}
      </p>
      {body === "" ? (
        <p>It has no body.</p>
      ) : (
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
          <pre className="well" tabIndex={0} aria-label="Request body">
            {body}
          </pre>
          <p>Account numbers are masked here only.</p>
        </>
      )}
    </div>
  );
}

function SaveLine({
  save,
  saved,
  environment,
  needsSecondPerson,
}: Omit<ChangeSheetProps, "checked" | "isSending" | "onSend" | "onSaveDraft">) {
  const savedAt = save.kind === "saved" ? save.atMs : saved?.updatedAtMs;
  const sentence = draftSentence(
    save,
    savedAt === undefined ? undefined : timeText(savedAt),
    environment,
    needsSecondPerson,
  );
  return (
    <p className="foot">
      {save.kind === "saved" ? <Icon of={Check} size="s" /> : null}
      {sentence}
    </p>
  );
}

/** Beside the form, always: what changes, the request, who must approve, what is wrong, and the way out. */
export function ChangeSheet(props: ChangeSheetProps) {
  const { checked, environment, needsSecondPerson, saved, save } = props;
  const provider = useProviderName();
  const [shows, setShows] = useState<"changed" | "all">("changed");
  const changed = checked.lines.filter((line) => line.changed).length;
  const lines = shows === "all" ? checked.lines : changedLines(checked.lines);
  const errors = checked.issues.filter((issue) => issue.severity === "error");
  const first = errors[0];
  return (
    <div className="sheet">
      <header className="sheethead">
        <div>
          <h2>Change sheet</h2>
          <p>
            {changed === 0
              ? "Nothing changed yet"
              : `${countOf(changed, "field")} changed; only ${changed === 1 ? "this is" : "these are"} sent`}
          </p>
        </div>
        <ToggleGroup
          bare
          size="sm"
          label="Fields to show"
          choices={[
            { id: "changed", label: "Changed" },
            { id: "all", label: `All ${String(checked.lines.length)}` },
          ]}
          value={shows}
          onChange={setShows}
        />
      </header>
      <div className="colhead">
        <span>Last known, then proposed</span>
        <span>Risk</span>
      </div>
      <section className="lines" aria-label="Changed fields">
        <SheetLines lines={lines} empty="Change a field and it appears here." />
      </section>
      <div className="disclose">
        <Disclosure
          title="Show the request as it will be sent"
          note={countOf(checked.providerFields, "provider field")}
          wide
        >
          <RequestView change={saved} isCurrent={save.kind === "saved" || save.kind === "unchanged"} />
        </Disclosure>
      </div>
      <section className="needs" aria-labelledby="approval-needs">
        <h3 id="approval-needs">Approval it needs</h3>
        <ul>
          {approvalNeeds(
            needsSecondPerson,
            checked.changes.map((change) => change.risk),
          ).map((need) => (
            <li key={need.who}>
              <Icon of={need.who.endsWith("risk.") ? ShieldAlert : UserRoundCheck} size="s" />
              <span>
                <b>{need.who}</b> {need.why}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <footer className="sheetfoot">
        {first === undefined ? null : (
          <ErrorMessage>
            {countOf(errors.length, "error")} to fix before you can {needsSecondPerson ? "submit" : "send"}.{" "}
            <LinkButton inline onPress={() => focusField(first.path)}>
              Go to {labelOf(first.path, checked.lines)}
            </LinkButton>
          </ErrorMessage>
        )}
        <div className="acts">
          <Button variant="primary" icon={Send} keys="Ctrl Enter" isPending={props.isSending} onPress={props.onSend}>
            {sendLabel(changed, provider, environment, needsSecondPerson)}
          </Button>
          <Button onPress={props.onSaveDraft}>Save draft</Button>
        </div>
        <SaveLine save={save} saved={saved} environment={environment} needsSecondPerson={needsSecondPerson} />
      </footer>
    </div>
  );
}

function labelOf(path: string, lines: readonly SheetLine[]): string {
  if (path === "reason") return "Reason";
  if (path === "authorisationRef") return "Authorisation ref.";
  if (path === "isAchPrefund" || path === "isUnderWritten") return "Funding basis";
  return lines.find((line) => line.field === path)?.label ?? "the form";
}
