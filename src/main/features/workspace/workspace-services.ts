import type { Environment, Settings, Status, WorkspaceSummary } from "@contract";
import type { HandlerRegistry } from "../../core/call-context.ts";
import type { Restored } from "../../core/restored.ts";
import type { SecretBox } from "../../core/secret-box.ts";
import type { Store } from "../../database/sql.ts";
import type { AuditService } from "../audit/service.ts";
import type { PeopleService } from "../people/service.ts";

/** What an open workspace gives to the services that live in it. */
export interface WorkspaceBase {
  readonly summary: WorkspaceSummary;
  readonly store: Store;
  readonly audit: AuditService;
  readonly people: PeopleService;
  readonly secretBox: SecretBox;
  readonly settings: () => Settings;
  /** The folder the workspace's files lie in, and the encrypted file itself. */
  readonly folder: string;
  readonly file: string;
  /** Set when this file is not the newest one known here; it lasts until the file is opened again. */
  readonly restored: Restored | undefined;
  /** A copy of the file's key, for other encrypted files of this workspace; the caller wipes it. */
  readonly fileKey: () => Buffer;
}

export interface UnderWay {
  /** Changes whose request is under way at this moment. */
  readonly sending: number;
  /** Those and the ones that go next by themselves. */
  readonly changes: number;
  /** Names of the batches that are being made or sent. */
  readonly batches: readonly string[];
}

/** The services of an open workspace, started; `stop` ends every timer, request and server of theirs. */
export interface WorkspaceServices {
  readonly handlers: HandlerRegistry;
  /** The most dangerous of the connections; sandbox for a live workspace without any. */
  readonly environment: () => Environment;
  readonly work: () => Status["work"];
  /** What closing would interrupt or hold back. */
  readonly underWay: () => UnderWay;
  readonly lastLoadAtMs: () => number | undefined;
  /** What the disk refuses at this moment, in words. */
  readonly storageTrouble: () => string | undefined;
  /** The person locked the workspace or signed out: what was held ready for them ends, their work goes on. */
  readonly rest: () => void;
  readonly stop: () => Promise<void>;
}

export type StartServices = (base: WorkspaceBase) => Promise<WorkspaceServices>;
