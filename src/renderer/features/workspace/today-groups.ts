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

/** The first rows of a tab of the Outbox. */
export interface FoundRows {
  readonly view: View;
  readonly rows: readonly ChangeRow[];
}

/**
 * The rows by what they need, in order of urgency, each row once. An approved change needs a person only when it is
 * found where attention is needed: there it is held back, elsewhere it goes by itself.
 */
export function todayGroups(found: readonly FoundRows[]): readonly TodayGroup[] {
  const taken = new Set<number>();
  const unique = found.flatMap(({ view, rows }) =>
    rows.filter(({ id }) => !taken.has(id) && taken.add(id)).map((row) => ({ view, row })),
  );
  return urgency
    .map((group) => ({
      ...group,
      rows: unique.filter(({ view, row }) => view === group.view && row.state === group.state).map(({ row }) => row),
    }))
    .filter((group) => group.rows.length > 0);
}
