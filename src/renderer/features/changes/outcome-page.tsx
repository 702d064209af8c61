import type { AccountDetail, ChangeDetail, ChangeId } from "@contract";
import { failureSentence, failureWords } from "../../bridge/index.ts";
import { AccountProviderKind } from "../../bridge/provider-name.ts";
import { Banner, Button, Disclosure, Loading, Pane, SplitPage, useNavigate } from "../../ui/index.ts";
import { ChangeFacts } from "./change-facts.tsx";
import { RequestView, SheetLines } from "./change-sheet.tsx";
import { changeCurrency } from "./comparison.ts";
import { AccountHeader } from "./editor-header.tsx";
import { OutcomePanel } from "./outcome-panel.tsx";
import { countOf } from "./send-words.ts";
import { sheetLines } from "./sheet-lines.ts";
import { useFollowedChange } from "./use-followed-change.ts";

export interface OutcomePageProps {
  readonly account: AccountDetail;
  readonly changeId: ChangeId;
  /** The change as main answered when it was sent. */
  readonly sent?: ChangeDetail | undefined;
  /** Opens the editor again, on the draft this change became or on a new one. */
  readonly onEdit: () => void;
}

/** After sending: what became of the change, live, with the sheet that was sent beside it. */
export function OutcomePage({ account, changeId, sent, onEdit }: OutcomePageProps) {
  const { change, failure } = useFollowedChange(changeId, sent);
  const go = useNavigate();
  if (change === undefined) {
    return failure === undefined ? (
      <Loading>Opening the change…</Loading>
    ) : (
      <Banner tone="bad" title={failureWords(failure).title}>
        {failureSentence(failure)}
      </Banner>
    );
  }
  const lines = sheetLines({ known: {}, changes: change.changes, issues: [], currency: changeCurrency(change) }).filter(
    (line) => line.changed,
  );
  return (
    <AccountProviderKind value={change.provider}>
    <div className="editor">
      <AccountHeader account={account} state={change.state}>
        <Button variant="quiet" onPress={() => go(`/outbox/${String(change.id)}`)}>
          Show in the Outbox
        </Button>
      </AccountHeader>
      <SplitPage
        pane={
          <Pane label="Change sheet" width={432} minWidth={320}>
            <div className="sheet">
              <header className="sheethead">
                <div>
                  <h2>Change sheet</h2>
                  <p>{change.kind === "delete" ? "Deletion" : countOf(lines.length, "field")}</p>
                </div>
              </header>
              {change.kind === "delete" ? null : (
                <div className="colhead">
                  <span>Last known, then proposed</span>
                  <span>Risk</span>
                </div>
              )}
              <section className="lines" aria-label={change.kind === "delete" ? "Deletion" : "Changed fields"}>
                <SheetLines
                  lines={lines}
                  empty={change.kind === "delete" ? `${change.summary}.` : "Nothing changes."}
                />
              </section>
              <div className="disclose">
                <Disclosure title="Show the request" wide>
                  <RequestView change={change} isCurrent />
                </Disclosure>
              </div>
            </div>
          </Pane>
        }
      >
        <div className="outcome-page">
          <OutcomePanel change={change} onEdit={onEdit} onResolved={onEdit} />
          <ChangeFacts change={change} />
        </div>
      </SplitPage>
    </div>
    </AccountProviderKind>
  );
}
