import type { FailureCode } from "@contract";
import type { SessionOptions, StagingSession, WatchedCall } from "./session.ts";
import type { StagingProgress } from "../staging.ts";

/** What the worker is started with, before anybody knows for which batch. */
export type WorkerData = Pick<SessionOptions, "workspaceFile" | "key">;

/** The batch the worker is then for. */
export type WorkerTask = Pick<SessionOptions, "stagingFile" | "limitPages">;

/** Calls that are watched and may be ended: their last argument is a `Run` in the worker. */
export const watchedCalls = [
  "read",
  "plan",
  "applyFix",
  "exportTo",
] as const satisfies readonly WatchedCall[];

export interface Asked {
  readonly id: number;
  /**
   * `begin`: the `WorkerTask`, once, before anything else. `hold`: rows for the reading that follows, and whether they
   * are the first.
   */
  readonly call: keyof StagingSession | "begin" | "hold";
  readonly args: readonly unknown[];
  /** Set to 1 when the work is no longer wanted. */
  readonly cancel: SharedArrayBuffer | undefined;
}

export interface SaidFailure {
  readonly code: FailureCode;
  readonly message: string;
  readonly retryable: boolean | undefined;
  /** For the log; holds no cell. */
  readonly stack: string | undefined;
}

export type Said =
  | { readonly id: number; readonly kind: "progress"; readonly progress: Parameters<StagingProgress>[0] }
  | { readonly id: number; readonly kind: "done"; readonly value: unknown }
  | { readonly id: number; readonly kind: "cancelled" }
  | { readonly id: number; readonly kind: "failed"; readonly failure: SaidFailure };
