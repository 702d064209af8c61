import type { Environment, Person, PersonId, WorkspaceId, WorkspaceProblem } from "@contract";
import type { Publish } from "../../core/call-context.ts";
import { newCorrelationId, type Clock } from "../../core/clock.ts";
import type { Connectivity } from "../../core/connectivity.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { KeyVault } from "../../core/key-vault.ts";
import type { Log } from "../../core/log.ts";
import type { ScryptCost } from "../../core/passphrase-hash.ts";
import type { Session } from "../../core/session.ts";
import { createTurns } from "../../core/turns.ts";
import type { WorkspaceFile } from "../../database/open.ts";
import type { PrepareFile } from "../../database/prepare-worker.ts";
import type { WorkspaceService } from "./workspace-life.ts";
import { weakPassphrase } from "./new-live.ts";
import { createFiles, needsUnlock, openFiles, rememberEnvironment, summaryOf, trainingId } from "./open-files.ts";
import { startWorkspace, type OpenWorkspace, type RoomMakers } from "./open-workspace.ts";
import { problemOf, storageFailureFrom, unreadableProblem } from "./problem.ts";
import { publishedPassphrases, trainingPeople } from "./training-people.ts";
import { createUnlockTries } from "./unlock-tries.ts";
import { createWorkspaceFolders, type WorkspaceRecord } from "./workspace-folder.ts";

export interface WorkspaceDependencies extends RoomMakers {
  /** The app's own folder; workspaces live in `workspaces` under it. */
  readonly userData: string;
  readonly version: string;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: Publish;
  readonly connectivity: Connectivity;
  readonly prepareFile: PrepareFile;
  /** Cost of passphrases; only tests lower it. */
  readonly cost?: ScryptCost;
}

interface Held {
  open: OpenWorkspace | undefined;
  person: Person | undefined;
  locked: boolean;
  unlocking: WorkspaceRecord | undefined;
  problem: WorkspaceProblem | undefined;
}

const timesWord = (count: number): string => (count === 1 ? "once" : `${count} times`);

const nobody = (): Held => ({
  open: undefined,
  person: undefined,
  locked: false,
  unlocking: undefined,
  problem: undefined,
});

export function createWorkspaceService(dependencies: WorkspaceDependencies): WorkspaceService {
  const { userData, version, vault, clock, log, publish, connectivity, cost, prepareFile } = dependencies;
  const folders = createWorkspaceFolders(userData);
  const files = { folders, vault, clock, cost, prepareFile };
  const tries = createUnlockTries(folders.folderOf, clock);
  const inTurn = createTurns();
  let held = nobody();
  let listed = folders.list();

  const change = (next: Partial<Held>): void => {
    held = { ...held, ...next };
    publish("workspace.stateChanged", {});
  };
  const opened = (): OpenWorkspace => {
    if (held.open === undefined) throw new VostroFailure("sign-in-needed", "No workspace is open.");
    return held.open;
  };
  const phase = (): Session["phase"] => {
    if (held.open === undefined) return held.unlocking === undefined ? "choose" : "unlock";
    if (held.person === undefined) return "sign-in";
    return held.locked ? "locked" : "open";
  };
  const environmentNow = (workspace: OpenWorkspace): Environment =>
    workspace.record.kind === "training" ? "training" : workspace.services.environment();
  const note = (action: string, summary: string, person: Person | undefined, correlationId: string): void => {
    const { store, audit } = opened().base;
    store.transaction((writer) =>
      audit.trail.append(writer, { action, subject: "workspace", summary, person, correlationId }),
    );
  };

  /** A disk that takes no row must not keep a workspace unlocked or open. */
  const whereTheDiskAllows = (what: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.error(`${what} could not be written down.`, { error });
    }
  };

  const refuseWhileSending = (): void => {
    const sending = held.open?.services.underWay().sending ?? 0;
    if (sending === 0) return;
    const what =
      sending === 1
        ? "One change is being sent. The workspace stays open until its outcome is known."
        : `${sending} changes are being sent. The workspace stays open until their outcome is known.`;
    throw new VostroFailure("conflict", what, { retryable: true });
  };

  const letGo = async (correlationId: string): Promise<void> => {
    const leaving = held.open;
    if (leaving === undefined) return;
    whereTheDiskAllows("That the workspace was closed", () => {
      rememberEnvironment(folders, leaving.record, environmentNow(leaving));
      note("workspace.closed", "Closed the workspace.", held.person, correlationId);
    });
    held = nobody();
    await leaving.close();
    listed = folders.list();
  };

  const orProblem = async <T>(id: WorkspaceId | undefined, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof VostroFailure && error.code !== "storage-failed") throw error;
      log.error("A workspace could not be made or opened.", { workspaceId: id, error });
      change({ problem: problemOf(error, id), unlocking: undefined });
      throw storageFailureFrom(error);
    }
  };

  const unlocked = async <T>(
    record: WorkspaceRecord,
    work: () => Promise<T>,
  ): Promise<{ result: T; wrongBefore: number }> => {
    if (!needsUnlock(record)) return { result: await work(), wrongBefore: 0 };
    try {
      return await tries.watched(record.id, work);
    } catch (error) {
      publish("workspace.stateChanged", {});
      throw error;
    }
  };

  const openById = async (
    id: WorkspaceId,
    unlockPassphrase: string | undefined,
    correlationId: string,
  ): Promise<void> => {
    const record = listed.records.find((one) => one.id === id);
    if (record === undefined) throw new VostroFailure("not-found", "This workspace is no longer on this computer.");
    if (held.open?.record.id === id) return;
    refuseWhileSending();
    await letGo(correlationId);
    if (needsUnlock(record) && unlockPassphrase === undefined) {
      change({ unlocking: record, problem: undefined });
      return;
    }
    await orProblem(id, async () => {
      const onVerified = (): void => publish("workspace.dataChanged", { topics: ["status", "audit"] });
      const { result: file, wrongBefore } = await unlocked(record, () => openFiles(files, id, unlockPassphrase));
      const open = await startWorkspace(file, { ...dependencies, cost, onVerified });
      held = { ...nobody(), open };
      noteOpening(file.file, correlationId);
      if (wrongBefore > 0) {
        const what = `Before it was opened, a wrong unlock passphrase was typed ${timesWord(wrongBefore)}.`;
        note("workspace.unlock-refused", what, undefined, correlationId);
      }
    });
    publish("workspace.stateChanged", {});
  };

  const noteOpening = ({ afterUncleanExit, backupFile }: WorkspaceFile, correlationId: string): void => {
    note("workspace.opened", `Opened with Vostro ${version}.`, undefined, correlationId);
    if (afterUncleanExit) {
      const what = "Vostro was not closed properly the last time. The file was checked and is sound.";
      note("workspace.checked", what, undefined, correlationId);
    }
    if (backupFile !== undefined) {
      const what = "The file was brought up to date; a copy of the old one is beside it.";
      note("workspace.updated", what, undefined, correlationId);
    }
  };

  const enter = async (id: PersonId, passphrase: string, action: string, correlationId: string): Promise<void> => {
    const workspace = opened();
    try {
      const person = await workspace.base.people.authenticate(id, passphrase, action, correlationId);
      if (held.open !== workspace) throw new VostroFailure("conflict", "The workspace was closed meanwhile.");
      change({ person, locked: false });
    } catch (error) {
      publish("workspace.stateChanged", {});
      throw error;
    }
  };

  const fillWith =
    (
      people: readonly { name: string; role: Person["role"]; passphrase: string }[],
      what: string,
      correlationId: string,
    ) =>
    async ({ store }: WorkspaceFile): Promise<void> => {
      const audit = dependencies.createAudit({ store, clock });
      const rooms = { store, audit: audit.trail, clock, ...(cost === undefined ? {} : { cost }) };
      store.transaction((writer) =>
        audit.trail.append(writer, { action: "workspace.created", subject: "workspace", summary: what, correlationId }),
      );
      const service = dependencies.createPeople(rooms);
      for (const person of people) await service.add(person, { correlationId });
    };

  return {
    session: () => ({ phase: phase(), person: held.person }),
    state: async () => {
      const { open, person, locked, unlocking } = held;
      const record = open?.record ?? unlocking;
      const environment = open === undefined ? unlocking?.lastEnvironment : environmentNow(open);
      const list = open?.base.people.list().filter((one) => !one.disabled) ?? [];
      const waits =
        open?.base.people.signInState(locked ? person?.id : undefined) ?? (unlocking && tries.state(unlocking.id));
      const problem = held.problem ?? unreadableProblem(listed.unreadable);
      return {
        phase: phase(),
        version,
        workspaces: listed.records.map(summaryOf),
        people: list.map(({ id, name, role }) => {
          const { waitMs = 0 } = open?.base.people.signInState(id) ?? {};
          return { id, name, role, waitMs };
        }),
        trainingPassphrases: record?.kind === "training" ? publishedPassphrases(list) : [],
        keyring: await vault.describe(),
        signInWaitMs: waits?.waitMs ?? 0,
        failedSignIns: waits?.failed ?? 0,
        ...(record !== undefined && environment !== undefined
          ? { current: { ...summaryOf(record), environment } }
          : {}),
        ...(person === undefined ? {} : { person }),
        ...(problem === undefined ? {} : { problem }),
      };
    },
    createTraining: (correlationId = newCorrelationId()) =>
      inTurn(async () => {
        if (!listed.records.some((one) => one.id === trainingId)) {
          const fill = fillWith(trainingPeople, "The training workspace was made.", correlationId);
          await orProblem(undefined, () => createFiles(files, { kind: "training", name: "" }, fill));
          listed = folders.list();
        }
        await openById(trainingId, undefined, correlationId);
      }),
    createLive: ({ name, administrator, passphrase, unlockPassphrase }, correlationId) =>
      inTurn(async () => {
        const { real } = await vault.describe();
        const weak = weakPassphrase({ passphrase, unlockPassphrase, needsUnlockPassphrase: !real });
        if (weak !== undefined) throw weak;
        refuseWhileSending();
        const people = [{ name: administrator, role: "administrator" as const, passphrase }];
        const wanted = { kind: "live" as const, name: name.trim(), unlockPassphrase };
        const fill = fillWith(people, `The live workspace ${name.trim()} was made.`, correlationId);
        const id = await orProblem(undefined, () => createFiles(files, wanted, fill));
        listed = folders.list();
        await openById(id, unlockPassphrase, correlationId);
      }),
    open: (id, unlockPassphrase, correlationId) => inTurn(() => openById(id, unlockPassphrase, correlationId)),
    close: (correlationId) =>
      inTurn(async () => {
        refuseWhileSending();
        await letGo(correlationId);
        change({ unlocking: undefined, problem: undefined });
      }),
    signIn: (personId, passphrase, correlationId) => enter(personId, passphrase, "person.signed-in", correlationId),
    unlock: async (passphrase, correlationId) => {
      if (held.person === undefined) throw new VostroFailure("sign-in-needed", "Sign in first.");
      await enter(held.person.id, passphrase, "workspace.unlocked", correlationId);
    },
    lock: (why, correlationId = newCorrelationId()) => {
      const { open, person, locked } = held;
      if (open === undefined || person === undefined || locked) return;
      change({ locked: true });
      open.services.rest();
      whereTheDiskAllows("That the workspace was locked", () => note("workspace.locked", why, person, correlationId));
    },
    signOut: (correlationId) => {
      const { open, person } = held;
      if (open === undefined || person === undefined) return;
      change({ person: undefined, locked: false });
      open.services.rest();
      whereTheDiskAllows("That a person signed out", () =>
        note("person.signed-out", `${person.name} signed out.`, person, correlationId),
      );
    },
    status: () => {
      const workspace = opened();
      const { audit } = workspace.base;
      const checked = audit.lastVerification();
      const lastLoadAtMs = workspace.services.lastLoadAtMs();
      const storageTrouble = workspace.services.storageTrouble();
      return {
        environment: environmentNow(workspace),
        online: connectivity.online(),
        work: workspace.services.work(),
        audit: {
          entries: audit.entries(),
          ...(checked === undefined ? {} : { intact: checked.intact, checkedAtMs: checked.checkedAtMs }),
        },
        ...(lastLoadAtMs === undefined ? {} : { lastLoadAtMs }),
        ...(storageTrouble === undefined ? {} : { storageTrouble }),
      };
    },
    settings: () => opened().settings(),
    saveSettings: (next, by, correlationId) => {
      const workspace = opened();
      const before = workspace.settings();
      const guarded =
        JSON.stringify(next.secondPerson) !== JSON.stringify(before.secondPerson) ||
        next.idleLockMinutes !== before.idleLockMinutes;
      if (guarded && by.role !== "administrator") {
        const message = "Only an administrator may change the idle lock and who needs a second person.";
        throw new VostroFailure("not-allowed", message);
      }
      workspace.saveSettings(next, by, correlationId);
      publish("workspace.dataChanged", { topics: ["workspace", "status", "audit"] });
      return next;
    },
    idleLimitMinutes: () => (phase() === "open" ? held.open?.settings().idleLockMinutes : undefined),
    current: () => held.open && { audit: held.open.base.audit, handlers: held.open.services.handlers },
    underWay: () => held.open?.services.underWay() ?? { sending: 0, changes: 0, batches: [] },
    stop: () => inTurn(() => letGo(newCorrelationId())),
  };
}
