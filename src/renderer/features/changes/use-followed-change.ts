import type { ChangeDetail, ChangeId, ChangeState, Failure } from "@contract";
import { useEffect, useRef } from "react";
import { useCall } from "../../bridge/index.ts";
import { useAnnounce } from "../../ui/index.ts";
import { outcomeWords } from "./outcome-words.ts";

const urgent: readonly ChangeState[] = ["refused", "outcome-unknown", "conflict"];

/**
 * A change as it stands, live; when it reaches another state, what happened is spoken. `newest` is what main answered to
 * the act that led here: an older answer kept from before is passed over.
 */
export function useFollowedChange(
  id: ChangeId,
  newest?: ChangeDetail,
): { change: ChangeDetail | undefined; failure: Failure | undefined } {
  const { data, failure } = useCall("changes.detail", { id });
  const isOld = data !== undefined && newest !== undefined && data.revision < newest.revision;
  const change = data === undefined || isOld ? newest : data;
  const announce = useAnnounce();
  const last = useRef<{ readonly id: ChangeId; readonly state: ChangeState }>(undefined);
  useEffect(() => {
    if (change === undefined) return;
    const before = last.current;
    last.current = { id: change.id, state: change.state };
    if (before === undefined || before.id !== change.id || before.state === change.state) return;
    const words = outcomeWords(change);
    announce(`${words.title} ${words.body}`, urgent.includes(change.state) ? "assertive" : "polite");
  }, [change, announce]);
  return { change, failure };
}
