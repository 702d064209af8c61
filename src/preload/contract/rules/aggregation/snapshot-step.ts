import { statusMeaning, type FreshnessFacts } from "./freshness.ts";
import { nextStepHeading, nextStepText } from "./next-step.ts";
import type { StatusMeaning } from "./status-meaning.ts";

/** What a refresh keeps of an account, as far as its next step needs it. */
export interface SteppedSnapshot extends FreshnessFacts {
  readonly last4?: string | undefined;
  readonly institutionId?: string | undefined;
  readonly institutionLoginId?: string | undefined;
}

/** What an account's state after a refresh means and what to tell whoever acts; it names the last four at most. */
export function snapshotStep(
  snapshot: SteppedSnapshot,
  of: { readonly customerId: string; readonly accountId: string },
): { readonly meaning: StatusMeaning; readonly heading: string; readonly text: string } {
  const meaning = statusMeaning(snapshot);
  const { last4, institutionId, institutionLoginId } = snapshot;
  const text = nextStepText(meaning, { ...of, last4, institutionId, institutionLoginId });
  return { meaning, heading: nextStepHeading(meaning), text };
}
