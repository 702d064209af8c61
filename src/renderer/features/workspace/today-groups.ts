import type { ChangeRow, ChangeState, changeViews } from "@contract";

type View = (typeof changeViews)[number];

export interface TodayGroup {
  /** The tab of the Outbox that holds them. */
  readonly view: View;
  readonly state: ChangeState;
  readonly title: string;
  readonly rows: readonly ChangeRow[];
}

/** What needs a person, most urgent first. */
const urgency: readonly Omit<TodayGroup, "rows">[] = [
  { state: "outcome-unknown", view: "attention", title: "Outcome unknown: settle these first" },
  { state: "conflict", view: "attention", title: "Conflict: choose what shall stand" },
  { state: "refused", view: "attention", title: "Refused by provider: correct and send again" },
  { state: "rejected", view: "attention", title: "Rejected by a checker: correct or withdraw" },
  { state: "expired", view: "attention", title: "Expired: the approval is too old" },
  { state: "approved", view: "attention", title: "Held back: could not be sent yet" },
  { state: "waiting-for-approval", view: "waiting", title: "Waiting for approval" },
  { state: "draft", view: "drafts", title: "Drafts: not sent yet" },
];

/** The rows by what they need, in order of urgency; each row once, states that need nobody left out. */
export function todayGroups(rows: readonly ChangeRow[]): readonly TodayGroup[] {
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  return urgency
    .map((group) => ({ ...group, rows: unique.filter((row) => row.state === group.state) }))
    .filter((group) => group.rows.length > 0);
}
