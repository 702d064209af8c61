import type { AppState, Person, PersonId, Settings, Status, WorkspaceId } from "@contract";
import type { HandlerRegistry } from "../../core/call-context.ts";
import type { Session } from "../../core/session.ts";
import type { AuditService } from "../audit/service.ts";
import type { UnderWay } from "./workspace-services.ts";

export interface NewLive {
  readonly name: string;
  readonly administrator: string;
  readonly passphrase: string;
  readonly unlockPassphrase?: string | undefined;
}

/** The way from the choice of a workspace to its open screens: choose → unlock → sign-in → open ⇄ locked. */
export interface WorkspaceService {
  readonly state: () => Promise<AppState>;
  readonly session: () => Session;
  /** Makes the training workspace when there is none, and opens it. Failures storage-failed, conflict as `close`. */
  readonly createTraining: (correlationId?: string) => Promise<void>;
  /** Failures input-invalid (weak passphrases), storage-failed, conflict as `close`. */
  readonly createLive: (wanted: NewLive, correlationId: string) => Promise<void>;
  /**
   * Without the unlock passphrase it needs, asks for it (phase unlock). Failures not-found, not-allowed,
   * storage-failed, conflict as `close`.
   */
  readonly open: (id: WorkspaceId, unlockPassphrase: string | undefined, correlationId: string) => Promise<void>;
  /** Failure conflict while requests of changes are under way; what only waits goes on when it is opened again. */
  readonly close: (correlationId: string) => Promise<void>;
  readonly signIn: (personId: PersonId, passphrase: string, correlationId: string) => Promise<void>;
  readonly unlock: (passphrase: string, correlationId: string) => Promise<void>;
  /** Does nothing when nobody is signed in or it is locked already. */
  readonly lock: (why: string, correlationId?: string) => void;
  readonly signOut: (correlationId: string) => void;
  readonly status: () => Status;
  readonly settings: () => Settings;
  /** Failure not-allowed for what only an administrator may set. */
  readonly saveSettings: (next: Settings, by: Person, correlationId: string) => Settings;
  /** Minutes of idleness after which the workspace locks; `undefined` when it is not open. */
  readonly idleLimitMinutes: () => number | undefined;
  /** The open workspace's audit trail and the handlers of its services, while one is open. */
  readonly current: () => { readonly audit: AuditService; readonly handlers: HandlerRegistry } | undefined;
  /** What is being sent right now. */
  readonly underWay: () => UnderWay;
  /** Ends everything for good: for quitting. */
  readonly stop: () => Promise<void>;
}
