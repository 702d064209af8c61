import { batchStateNames, type BatchState, type Bucket, type Reading, type ValueSource } from "@contract";
import {
  Ban,
  CircleCheck,
  CircleSlash,
  CircleX,
  Clock,
  Copy,
  Equal,
  GitCompareArrows,
  ListChecks,
  LoaderCircle,
  Pause,
  SearchX,
  Square,
  SquarePen,
  Table2,
  type LucideIcon,
} from "lucide-react";
import type { Tone } from "../../ui/index.ts";

export interface Look {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
}

/** The word, icon and colour of where a batch stands. */
export const batchLooks: Readonly<Record<BatchState, Look>> = {
  reading: { word: batchStateNames.reading, icon: LoaderCircle, tone: "run" },
  columns: { word: batchStateNames.columns, icon: Table2, tone: "plain" },
  checking: { word: batchStateNames.checking, icon: LoaderCircle, tone: "run" },
  compare: { word: batchStateNames.compare, icon: ListChecks, tone: "plain" },
  making: { word: batchStateNames.making, icon: LoaderCircle, tone: "run" },
  waiting: { word: batchStateNames.waiting, icon: Clock, tone: "wait" },
  sending: { word: batchStateNames.sending, icon: LoaderCircle, tone: "run" },
  paused: { word: batchStateNames.paused, icon: Pause, tone: "warn" },
  stopped: { word: batchStateNames.stopped, icon: Square, tone: "warn" },
  finished: { word: batchStateNames.finished, icon: CircleCheck, tone: "good" },
  failed: { word: batchStateNames.failed, icon: CircleX, tone: "bad" },
  withdrawn: { word: batchStateNames.withdrawn, icon: CircleSlash, tone: "plain" },
};

export const runningStates: ReadonlySet<BatchState> = new Set(["reading", "checking", "making", "sending"]);

/** The word, icon and colour of what a row would do. */
export const bucketLooks: Readonly<Record<Bucket, Look & { readonly note: string }>> = {
  "will-change": { word: "Will change", icon: SquarePen, tone: "run", note: "differ from what is known" },
  "no-change": { word: "No change", icon: Equal, tone: "plain", note: "already hold the value" },
  "not-found": { word: "Not found", icon: SearchX, tone: "bad", note: "no account matches the key" },
  conflict: { word: "Conflict", icon: GitCompareArrows, tone: "warn", note: "moved or being changed" },
  "duplicate-key": { word: "Duplicate key", icon: Copy, tone: "warn", note: "same account twice or more" },
  blocked: { word: "Blocked", icon: Ban, tone: "bad", note: "damaged or not valid" },
};

const sourceNames: Readonly<Record<ValueSource, string>> = {
  "provider-read": "Finzly",
  "vostro-wrote": "Vostro",
  "entered-by-hand": "By hand",
};

/** Who said what is known last, in one word. */
export function shortSource(source: string): string {
  return new Map<string, string>(Object.entries(sourceNames)).get(source) ?? source;
}

export const encodingWords: Readonly<Record<Reading["encoding"], string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  "windows-1252": "Windows-1252",
};

export const delimiterWords: Readonly<Record<Reading["delimiter"], string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

export const quoteWords: Readonly<Record<Reading["quote"], string>> = {
  '"': 'double, "',
  "'": "single, '",
  "": "none",
};

/** "9f2c41ab … 07e3": enough of a file's hash to compare by eye. */
export function shortSha(sha256: string): string {
  return `${sha256.slice(0, 8)} … ${sha256.slice(-4)}`;
}

/** "UTF-8, comma": how a file is read. */
export function readingWords({ encoding, delimiter }: Reading): string {
  return `${encodingWords[encoding]}, ${delimiterWords[delimiter]}`;
}

/** What a person must know who saves a file that keeps the original columns. */
export function wholeNumberWords(headings: readonly string[]): string {
  const named = headings.map((heading) => `“${heading}”`).join(" and ");
  return `The file holds the whole account numbers of ${named}; the log says who saved it.`;
}
