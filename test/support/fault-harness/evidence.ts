import type { BatchState, ChangeState } from "@contract";
import type { LedgerEntry } from "../../../src/main/training/finzly/index.ts";

/** What makes a run happen again: `npm run faults -- --seed S --run N`, and the moment the app was killed. */
export interface Replay {
  readonly seed: number;
  readonly run: number;
  readonly point: string;
}

export interface ChangeFacts {
  readonly id: number;
  readonly connectionId: number;
  readonly customerUid: string;
  readonly accountUid: string;
  readonly state: ChangeState;
  readonly settlement: string | null;
  readonly settleAtMs: number | null;
  readonly held: boolean;
  /** The batch it belongs to may not send now: it waits for a person. */
  readonly heldBack: boolean;
  readonly batchId: number | null;
  /** What the person typed, field by field. */
  readonly proposed: Readonly<Record<string, unknown>>;
}

/** A batch and what its rows became. */
export interface BatchFacts {
  readonly id: number;
  readonly state: BatchState;
  /** Rows of the confirmed plan. */
  readonly chosen: number;
  /** Rows that became a change. */
  readonly changes: number;
  /** Rows that are written down as having become none. */
  readonly unmade: number;
}

export interface AttemptFacts {
  readonly id: number;
  readonly changeId: number;
  readonly origin: string;
  readonly path: string;
  readonly body: string;
  readonly outcome: string;
  readonly message: string | null;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
}

export interface AuditFacts {
  readonly seq: number;
  readonly atMs: number;
  readonly personId: number | null;
  readonly person: string;
  readonly action: string;
  readonly subject: string;
  readonly summary: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly correlationId: string;
  readonly previousHash: string;
  readonly hash: string;
}

export interface ConnectionFacts {
  readonly id: number;
  readonly origins: readonly string[];
  readonly settleWindowMs: number;
  readonly signInRefused: boolean;
}

/** Everything the laws may know of the app: its file, read with the key after the app has ended. */
export interface FileFacts {
  /** What SQLite's own checks complain about; empty when the file is sound. */
  readonly unsound: readonly string[];
  readonly changes: readonly ChangeFacts[];
  readonly batches: readonly BatchFacts[];
  readonly attempts: readonly AttemptFacts[];
  readonly audit: readonly AuditFacts[];
  readonly auditHead: { readonly entries: number; readonly hash: string };
  readonly connections: readonly ConnectionFacts[];
}

/** One request as a server saw it, with the origin it listened on. */
export interface SeenRequest extends LedgerEntry {
  readonly origin: string;
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What is left of a file in whose place an older copy of it was put. */
export interface LostFile {
  readonly putBackAtMs: number;
  /** Journalled in it and not in the copy; their ids are negative, because the copy gives the same numbers again. */
  readonly attempts: readonly AttemptFacts[];
}

/** An account that somebody else changed at the provider in the middle of a run. */
export interface MovedAccount {
  readonly customerUID: string;
  readonly accountUID: string;
  readonly atMs: number;
}

/** All that is left of a run: what the servers saw, the app's file, its logs, and what must not stand in them. */
export interface Evidence {
  readonly replay: Replay;
  readonly requests: readonly SeenRequest[];
  readonly file: FileFacts;
  /** Set when the file is an older copy that was put back. */
  readonly lost?: LostFile;
  readonly moved?: readonly MovedAccount[];
  readonly logs: readonly NamedText[];
  readonly secrets: readonly NamedText[];
}

/** `law` is L1 to L11; `what` a sentence; with the replay of its run. */
export interface Violation extends Replay {
  readonly law: string;
  readonly what: string;
}

export type Law = (evidence: Evidence) => readonly string[];
