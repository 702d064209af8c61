import type { ChangeId } from "@contract";
import { failureSentence, failureWords } from "../../bridge/index.ts";
import { Banner, Loading, useNavigate } from "../../ui/index.ts";
import "./changes.css";
import "./inline-change.css";
import { OutcomePanel } from "./outcome-panel.tsx";
import { useFollowedChange } from "./use-followed-change.ts";

/** One change below its row in a list: what became of it, what was tried, what a person can do. */
export function InlineChange({ changeId }: { readonly changeId: ChangeId }) {
  const { change, failure } = useFollowedChange(changeId);
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
  return (
    <div className="inline-change">
      <OutcomePanel change={change} onEdit={() => go(`/accounts/${String(change.accountId)}/edit`)} />
    </div>
  );
}
