import type { ChangeId } from "@contract";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { failureSentence, failureWords } from "../../bridge/index.ts";
import { AccountProviderKind } from "../../bridge/provider-name.ts";
import { Banner, Disclosure, IconButton, Loading, MaskedNumber, StatusWord, useNavigate } from "../../ui/index.ts";
import { ChangeFacts } from "./change-facts.tsx";
import { RequestView, SheetLines } from "./change-sheet.tsx";
import { changeCurrency } from "./comparison.ts";
import { OutcomePanel } from "./outcome-panel.tsx";
import { sheetLines } from "./sheet-lines.ts";
import { useFollowedChange } from "./use-followed-change.ts";

export interface ChangePaneProps {
  readonly changeId: ChangeId;
  readonly onClose: () => void;
  readonly onStep: (step: 1 | -1) => void;
}

/** One change beside the list: outcome and what can be done, its sheet, who and why. */
export function ChangePane({ changeId, onClose, onStep }: ChangePaneProps) {
  const { change, failure } = useFollowedChange(changeId);
  const go = useNavigate();
  if (change === undefined) {
    return failure === undefined ? (
      <Loading>Opening the change…</Loading>
    ) : (
      <Banner tone="bad" title={failureWords(failure).title}>{failureSentence(failure)}</Banner>
    );
  }
  const lines = sheetLines({
    known: {},
    changes: change.changes,
    issues: change.state === "draft" ? change.issues : [],
    currency: changeCurrency(change),
  }).filter((line) => line.changed);
  return (
    <AccountProviderKind value={change.provider}>
    <div className="change-pane">
      <div className="pane-top">
        <div className="eyebrow">
          <span className="grow">{change.customerName}</span>
          <IconButton label="Previous change, [" icon={ChevronLeft} onPress={() => onStep(-1)} />
          <IconButton label="Next change, ]" icon={ChevronRight} onPress={() => onStep(1)} />
          <IconButton label="Close" icon={X} onPress={onClose} />
        </div>
        <h2>{change.accountName}</h2>
        <p className="inspector-line">
          {change.last4 === undefined ? null : <MaskedNumber last4={change.last4} />} <StatusWord state={change.state} />
        </p>
      </div>
      <OutcomePanel change={change} onEdit={() => go(`/accounts/${String(change.accountId)}/edit`)} />
      <SheetLines
        lines={lines}
        empty={change.kind === "delete" ? `${change.summary}.` : "Nothing is changed yet."}
      />
      <div className="block">
        <Disclosure title={change.state === "draft" ? "Show the request as it will be sent" : "Show the request"} wide>
          <RequestView change={change} isCurrent />
        </Disclosure>
      </div>
      <ChangeFacts change={change} />
    </div>
    </AccountProviderKind>
  );
}
