import type { Person, Settings } from "@contract";
import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import type { ScryptCost } from "../../core/passphrase-hash.ts";
import { createSecretBox } from "../../core/secret-box.ts";
import type { Store } from "../../database/sql.ts";
import type { AuditService } from "../audit/service.ts";
import type { PeopleService } from "../people/service.ts";
import { followNewest } from "./follow-newest.ts";
import { summaryOf, type OpenedFile } from "./open-files.ts";
import { readSettings, writeSettings } from "./settings-store.ts";
import { databaseFileOf, newestMarkFileOf, type WorkspaceRecord } from "./workspace-folder.ts";
import type { StartServices, WorkspaceBase, WorkspaceServices } from "./workspace-services.ts";

/** How the rooms of other features are made; given at composition. */
export interface RoomMakers {
  readonly createAudit: (parts: { readonly store: Store; readonly clock: Clock }) => AuditService;
  readonly createPeople: (parts: {
    readonly store: Store;
    readonly audit: AuditService["trail"];
    readonly clock: Clock;
    readonly cost?: ScryptCost;
  }) => PeopleService;
  readonly startServices: StartServices;
}

/** A workspace whose file is open and whose services run; the person may or may not be signed in. */
export interface OpenWorkspace {
  readonly record: WorkspaceRecord;
  readonly base: WorkspaceBase;
  readonly services: WorkspaceServices;
  readonly settings: () => Settings;
  readonly saveSettings: (next: Settings, by: Person, correlationId: string) => void;
  /** Ends the services, bounded to 5 s, then empties the log into the file and closes it. */
  readonly close: () => Promise<void>;
}

const stopWithinMs = 5000;

async function stopped(services: WorkspaceServices, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), stopWithinMs);
  });
  try {
    const end = await Promise.race([services.stop(), late]);
    if (end === "late") log.warn("The services of the workspace did not stop in time.");
  } catch (error) {
    log.error("The services of the workspace did not stop cleanly.", { error });
  } finally {
    clearTimeout(timer);
  }
}

async function verifyInBackground(
  audit: AuditService,
  signal: AbortSignal,
  log: Log,
  onVerified: () => void,
): Promise<void> {
  try {
    await audit.verify(signal);
    onVerified();
  } catch (error) {
    if (!signal.aborted) log.error("The audit trail could not be checked.", { error });
  }
}

/** Starts what lives in an opened file. When that fails the file is closed again and the failure passed on. */
export async function startWorkspace(
  { record, key, file, folder }: OpenedFile,
  parts: RoomMakers & { clock: Clock; log: Log; cost?: ScryptCost | undefined; onVerified: () => void },
): Promise<OpenWorkspace> {
  const { clock, log, cost } = parts;
  const { store } = file;
  const audit = parts.createAudit({ store, clock });
  const people = parts.createPeople({ store, audit: audit.trail, clock, ...(cost === undefined ? {} : { cost }) });
  const current = { settings: readSettings(store.read, record.kind) };
  const settings = (): Settings => current.settings;
  const kept = Buffer.from(key);
  const databaseFile = databaseFileOf(folder);
  const mark = newestMarkFileOf(folder);
  const newest = followNewest({ file: databaseFile, mark, key: kept, id: record.id, database: file, audit, clock, log });
  const base: WorkspaceBase = {
    summary: summaryOf(record),
    store,
    audit,
    people,
    secretBox: createSecretBox(key),
    settings,
    folder,
    file: databaseFile,
    restored: newest.restored,
    fileKey: () => Buffer.from(kept),
  };
  key.fill(0);
  const ending = new AbortController();
  const services = await parts.startServices(base).catch((error: unknown) => {
    file.close();
    throw error;
  });
  newest.follow();
  void verifyInBackground(audit, ending.signal, log, parts.onVerified);
  return {
    record,
    base,
    services,
    settings,
    saveSettings: (next, by, correlationId) => {
      const before = current.settings;
      store.transaction((writer) => {
        writeSettings(writer, next);
        const summary = "Saved the settings.";
        audit.trail.append(writer, {
          action: "workspace.settings-saved",
          subject: "settings",
          summary,
          person: by,
          before,
          after: next,
          correlationId,
        });
      });
      current.settings = next;
    },
    close: async () => {
      ending.abort();
      await stopped(services, log);
      kept.fill(0);
      newest.end(file.close);
    },
  };
}
