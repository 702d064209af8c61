import type { BatchRow, BatchState } from "./batch-shapes.ts";

/** Where a batch stands, as lists say it. */
export const batchStateNames: Readonly<Record<BatchState, string>> = {
  reading: "Reading",
  columns: "Columns to choose",
  checking: "Checking",
  compare: "Ready to compare",
  making: "Preparing",
  waiting: "Waiting for approval",
  sending: "Sending",
  paused: "Paused",
  stopped: "Stopped",
  finished: "Finished",
  failed: "Could not be read",
  withdrawn: "Withdrawn",
};

/** What a batch came from, as lists say it. */
export const batchSourceNames: Readonly<Record<BatchRow["source"], string>> = {
  file: "CSV file",
  paste: "Pasted rows",
  selection: "Chosen accounts",
  retry: "Sent again",
  undo: "Undo",
};

function namesHolding<Key extends string>(names: Readonly<Record<Key, string>>, word: string): Key[] {
  const lower = word.toLowerCase();
  return (Object.keys(names) as Key[]).filter((key) => names[key].toLowerCase().includes(lower));
}

/** The states whose name holds a word, in whatever case. */
export const batchStatesNamed = (word: string): BatchState[] => namesHolding(batchStateNames, word);

/** The same for what batches came from. */
export const batchSourcesNamed = (word: string): BatchRow["source"][] => namesHolding(batchSourceNames, word);
