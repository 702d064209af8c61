import type {
  AccountId,
  Bucket,
  ChangeId,
  ChangeState,
  FieldValue,
  FinzlyFieldName,
  KnownFields,
  ProposedFields,
} from "@contract";
import type { Reader, Writer } from "../../database/sql.ts";

/** Who did it, when, and under which correlation id. No person: the app itself. */
export interface ChangeDeed {
  readonly person: { readonly id: number; readonly name: string } | undefined;
  readonly atMs: number;
  readonly correlationId: string;
}

/** One row of a plan that is to become a change. */
export interface WantedChange {
  readonly batchId: number;
  readonly row: number;
  readonly accountId: AccountId;
  readonly proposed: ProposedFields;
  /** What was known of the changed fields when the plan was made; an absent field was unknown. */
  readonly base: KnownFields;
  readonly reasonCategory: string;
  readonly authorisationRef: string;
  /** The batch whose changes are put back. */
  readonly undoes: number | undefined;
}

export type MadeChange =
  | { readonly kind: "made"; readonly id: ChangeId }
  | { readonly kind: "not-made"; readonly bucket: Bucket; readonly message: string };

/** What came of trying to send one change of a batch, for those who watch the batch. */
export interface SendAnswer {
  readonly changeId: ChangeId;
  readonly batchId: number;
  /** `busy`: "not now", or not reached at all. `sign-in`: nothing goes out until a person acts. */
  readonly kind: "answered" | "unknown" | "busy" | "sign-in";
  readonly message: string;
  /** Tries before this one that came to nothing. */
  readonly tries: number;
  /** Its automatic tries are used up. */
  readonly held: boolean;
}

/** How many changes of a batch are in a state; `held` ones are approved and wait for a person. */
export interface ChangeCount {
  readonly state: ChangeState;
  readonly held: boolean;
  readonly count: number;
}

export interface RowOutcome {
  readonly row: number;
  readonly changeId: ChangeId;
  readonly state: ChangeState;
  /** A person withdrew it by itself. */
  readonly setAside: boolean;
  readonly message: string | undefined;
  readonly providerCode: string | undefined;
  readonly attempts: number;
  readonly atMs: number | undefined;
}

/** An accepted change as far as putting it back needs it. Full account numbers inside. */
export interface AcceptedChange {
  readonly row: number;
  readonly accountId: AccountId;
  readonly currency: string;
  readonly base: KnownFields;
  readonly written: { readonly [F in FinzlyFieldName]?: FieldValue };
  readonly atMs: number;
}

/** What batches may ask of changes: many changes made, sent and taken back by the very rules of a single one. */
export interface ChangeAccess {
  /** Makes and submits one change inside the caller's transaction, or says why it cannot be. Nothing is sent here. */
  readonly makeSubmitted: (writer: Writer, wanted: WantedChange, deed: ChangeDeed) => MadeChange;
  /** Lets the batch's approved changes go, or holds them back; what is under way ends by itself. */
  readonly setGate: (writer: Writer, batchId: number, open: boolean) => void;
  /** Changes whose automatic tries are used up are tried again. */
  readonly releaseHeld: (writer: Writer, batchId: number, atMs: number) => void;
  /** Withdraws up to `limit` changes of the batch that have not left; returns how many. */
  readonly withdrawLeft: (writer: Writer, batchId: number, reason: string, limit: number, deed: ChangeDeed) => number;
  /** Closes up to `limit` conflicts and returned drafts of the batch, whose rows go into another one. */
  readonly closeUnsent: (writer: Writer, batchId: number, reason: string, limit: number, deed: ChangeDeed) => number;
  /** How many changes of the batch come from a restored file and must be compared before anything of them is sent. */
  readonly waitsForComparing: (reader: Reader, batchId: number) => number;
  readonly countsOf: (reader: Reader, batchId: number) => ChangeCount[];
  /** What became of these rows, by row. */
  readonly outcomesOf: (reader: Reader, batchId: number, rows: readonly number[]) => ReadonlyMap<number, RowOutcome>;
  /** Rows and changes made of the batch after `afterRow`, in row order. */
  readonly madeRows: (
    reader: Reader,
    batchId: number,
    afterRow: number,
    limit: number,
  ) => { row: number; changeId: ChangeId }[];
  readonly acceptedOf: (reader: Reader, batchId: number, afterRow: number, limit: number) => AcceptedChange[];
  /** Rows that were refused, conflicted, came back or were taken back with their batch: what may be sent again. */
  readonly unsentRows: (reader: Reader, batchId: number, afterRow: number, limit: number) => number[];
  /** How many changes of the batch a person withdrew by themselves: their rows are not sent again. */
  readonly setAsideOf: (reader: Reader, batchId: number) => number;
  readonly wake: () => void;
  /** Runs after changes moved, at most ten times a second. */
  readonly onMoved: (listener: () => void) => () => void;
  /** Runs after every answer to a change of a batch, its outcome saved. */
  readonly onAnswer: (listener: (answer: SendAnswer) => void) => () => void;
}
