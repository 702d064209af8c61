import type {
  AccountId,
  BatchColumn,
  BatchDetail,
  BatchTotals,
  Bucket,
  ChangeId,
  ColumnTarget,
  ConnectionId,
  FinzlyFieldName,
  KnownFields,
  PlanRow,
  ProblemGroup,
  ProposedFields,
  Reading,
  RiskClass,
  RowFilter,
} from "@contract";

/**
 * A batch's rows and plan live in a file of their own beside the workspace file (same key), written by one worker
 * thread and by nobody else: staging a million rows never holds the workspace's writer, nor the main process. The
 * worker reads the account cache through a read-only connection of its own.
 */
export interface Staging {
  /** Reads the source from the start: detects (or obeys) the reading, hashes, stages every row. */
  readonly read: (
    source: StagingSource,
    reading: Reading | undefined,
    progress: StagingProgress,
    signal: AbortSignal,
  ) => Promise<StagedFile>;
  /** Checks and compares every row against the cache and stores the plan as it was seen. */
  readonly plan: (how: PlanSettings, progress: StagingProgress, signal: AbortSignal) => Promise<PlannedFile>;
  /** Replaces one cell and plans its row anew. */
  readonly fixCell: (row: number, column: number, text: string) => Promise<{ row: PlanRow; planned: PlannedFile }>;
  /** Applies a group's fix to all of its rows, or to the one that is named. */
  readonly applyFix: (
    group: string,
    row: number | undefined,
    progress: StagingProgress,
    signal: AbortSignal,
  ) => Promise<PlannedFile>;
  readonly include: (
    rows: readonly number[] | undefined,
    filter: RowFilter | undefined,
    included: boolean,
  ) => Promise<PlannedFile>;
  /** What a person did to the rows: it goes when the file is read again. */
  readonly handwork: () => Promise<Handwork>;
  /** What the staged plan comes to where it is not of this edition; cheap where it is. */
  readonly plannedUnless: (edition: number) => Promise<StagedPlan>;
  readonly rows: (filter: RowFilter, offset: number, limit: number) => Promise<{ rows: PlanRow[]; matching: number }>;
  readonly problems: () => Promise<{ groups: ProblemGroup[]; columnSummaries: string[] }>;
  /** The chosen rows that will change, in file order, after `afterRow`: what is made into changes. */
  readonly chosen: (afterRow: number, limit: number) => Promise<ChosenRow[]>;
  /** Remembers which change a row became, or why it became none. */
  readonly noteMade: (
    made: readonly { row: number; changeId?: ChangeId; bucket?: Bucket; message?: string }[],
  ) => Promise<void>;
  /** Writes a file: problem rows, or results. Returns rows written. Formula-safe; UTF-8, CRLF, optional BOM. */
  readonly exportTo: (
    path: string,
    what: StagingExport,
    progress: StagingProgress,
    signal: AbortSignal,
  ) => Promise<number>;
  /** Ends the worker; what is staged stays. */
  readonly close: () => Promise<void>;
}

export type StagingSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "rows"; readonly rows: readonly GivenRow[] }
  /**
   * Retry: these rows of another batch's staging file (same key), with their original cells, headers and row numbers.
   * Rows of a batch that itself came from `rows` keep their accounts and proposals.
   */
  | { readonly kind: "rows-of"; readonly stagingFile: string; readonly rows: readonly number[] };

/** A row that comes from Vostro itself (multi-select edit, retry, undo) instead of a file. */
export interface GivenRow {
  readonly accountId: AccountId;
  readonly proposed: ProposedFields;
  /** Undo: what the batch wrote; the row is a conflict when the account no longer holds it. */
  readonly expected?: KnownFields;
  /** Undo: fields whose earlier value is unknown, so they cannot be put back. */
  readonly cannot?: readonly FinzlyFieldName[];
  readonly cells?: readonly string[];
}

/** How many rows hold cells a person corrected, and how many are unticked. */
export interface Handwork {
  readonly corrected: number;
  readonly unticked: number;
}

export type StagingProgress = (progress: {
  readonly rowsDone: number;
  readonly rowsTotal?: number;
  readonly bytesDone?: number;
  readonly bytesTotal?: number;
  /** Once while reading, before the first row: how the file is read. */
  readonly reading?: Reading;
  /** Once while reading, as soon as the first rows are there: what the rest of the file is taken for. */
  readonly first?: FirstLook;
}) => void;

/** What a file looks like after its first rows; samples and units may still sharpen, problems come on top. */
export type FirstLook = Pick<
  StagedFile,
  | "detected"
  | "reading"
  | "headers"
  | "preview"
  | "columns"
  | "keyChoices"
  | "headerFingerprint"
  | "raggedRows"
  | "readProblems"
>;

export interface StagedFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly detected: Reading;
  readonly reading: Reading;
  readonly headers: readonly string[];
  readonly preview: readonly (readonly string[])[];
  readonly columns: readonly BatchColumn[];
  readonly keyChoices: BatchDetail["keyChoices"];
  readonly headerFingerprint: string;
  readonly raggedRows: number;
  readonly readProblems: BatchDetail["readProblems"];
}

export interface PlanSettings {
  readonly columns: readonly {
    readonly index: number;
    readonly target: ColumnTarget;
    readonly unit?: "dollars" | "cents";
  }[];
  readonly key: NonNullable<BatchDetail["key"]>;
  readonly connectionId: ConnectionId;
}

export interface PlannedFile {
  readonly counts: Readonly<Partial<Record<Bucket, number>>>;
  readonly totals: BatchTotals;
  readonly largestIncreaseTenths: number | undefined;
  readonly currencies: readonly string[];
  /** Raised by every edit of the plan; that of a plan made anew is higher than those before. */
  readonly edition: number;
}

/** How a staged plan stands to an edition: the same, another one, or there is none. */
export type StagedPlan =
  | { readonly kind: "same" }
  | { readonly kind: "other"; readonly planned: PlannedFile }
  | { readonly kind: "none" }
  /** There is no staging file. */
  | { readonly kind: "missing" };

export interface ChosenRow {
  readonly row: number;
  readonly accountId: AccountId;
  readonly proposed: ProposedFields;
  readonly authorisationRef: string | undefined;
  /** The last-known values of the fields the row changes, as they were when the plan was made. */
  readonly base: KnownFields;
  readonly risk: RiskClass;
}

export type StagingExport =
  | { readonly kind: "problems"; readonly bom: boolean }
  | {
      readonly kind: "results";
      readonly bom: boolean;
      readonly only: "all" | "not-accepted";
      readonly batchId: number;
    };
