import type { ChangeRow, ChangeState } from "@contract";

export interface TodayGroup {
  readonly state: ChangeState;
  readonly title: string;
  readonly rows: readonly ChangeRow[];
}

/** What needs a person, most urgent first. */
const urgency: readonly { readonly state: ChangeState; readonly title: string }[] = [
  { state: "outcome-unknown", title: "Outcome unknown: settle these first" },
  { state: "conflict", title: "Conflict: choose what shall stand" },
  { state: "refused", title: "Refused by provider: correct and send again" },
  { state: "rejected", title: "Rejected by a checker: correct or withdraw" },
  { state: "expired", title: "Expired: the approval is too old" },
  { state: "waiting-for-approval", title: "Waiting for approval" },
  { state: "draft", title: "Drafts: not sent yet" },
];

/** The rows by what they need, in order of urgency; each row once, states that need nobody left out. */
export function todayGroups(rows: readonly ChangeRow[]): readonly TodayGroup[] {
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  return urgency
    .map(({ state, title }) => ({ state, title, rows: unique.filter((row) => row.state === state) }))
    .filter((group) => group.rows.length > 0);
}
