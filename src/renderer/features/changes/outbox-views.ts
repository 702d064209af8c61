import type { OutputOf } from "@contract";

export type OutboxView = "drafts" | "waiting" | "sending" | "attention" | "finished" | "all";

export const outboxPageSize = 100;

type Counts = OutputOf<"changes.page">["counts"];

const labels: Readonly<Record<OutboxView, string>> = {
  drafts: "Drafts",
  waiting: "Waiting",
  sending: "Sending",
  attention: "Needs attention",
  finished: "Finished",
  all: "All",
};

export const outboxViews: readonly OutboxView[] = ["drafts", "waiting", "sending", "attention", "finished", "all"];

export function isOutboxView(text: string | undefined): text is OutboxView {
  return outboxViews.some((view) => view === text);
}

export function outboxTabs(counts: Counts | undefined): readonly { id: OutboxView; label: string; count: number | undefined }[] {
  return outboxViews.map((id) => ({ id, label: labels[id], count: counts?.[id] }));
}

/** Where the Outbox opens: what needs a person first, else what is on its way, else everything. */
export function firstView(counts: Counts): OutboxView {
  return (["attention", "drafts", "sending", "waiting"] as const).find((view) => (counts[view] ?? 0) > 0) ?? "all";
}

/** What an empty view says. */
export function emptyWords(view: OutboxView, search: string): string {
  if (search.trim() !== "") return `No change here matches “${search.trim()}”.`;
  switch (view) {
    case "drafts":
      return "No drafts.";
    case "waiting":
      return "Nothing waits.";
    case "sending":
      return "Nothing is being sent.";
    case "attention":
      return "Nothing waiting for you.";
    case "finished":
      return "No change has finished yet.";
    case "all":
      return "No changes yet.";
  }
}
