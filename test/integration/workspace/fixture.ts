import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../../src/main/core/clock.ts";
import type { KeyVault } from "../../../src/main/core/key-vault.ts";
import { silentLog } from "../../../src/main/core/log.ts";
import { prepareInWorker } from "../../../src/main/database/prepare-worker.ts";
import { createAuditService } from "../../../src/main/features/audit/service.ts";
import { createPeopleService } from "../../../src/main/features/people/service.ts";
import {
  createWorkspaceService,
  type WorkspaceDependencies,
} from "../../../src/main/features/workspace/service.ts";
import type { WorkspaceService } from "../../../src/main/features/workspace/workspace-life.ts";

/** A keyring that remembers what it sealed, as the operating system's does; `real: false` is a computer without one. */
export function memoryKeyring(real: boolean): KeyVault & { forget: () => void } {
  const sealed = new Map<string, Buffer>();
  return {
    describe: () => Promise.resolve({ real, name: real ? "the test keyring" : "none" }),
    seal: (secret) => {
      if (!real) return Promise.reject(new Error("There is no keyring."));
      const ticket = `ticket ${sealed.size}`;
      sealed.set(ticket, Buffer.from(secret));
      return Promise.resolve(Buffer.from(ticket));
    },
    open: (bytes) => {
      const secret = sealed.get(bytes.toString());
      return secret === undefined ? Promise.reject(new Error("Unknown seal.")) : Promise.resolve(Buffer.from(secret));
    },
    forget: () => sealed.clear(),
  };
}

export interface Bench {
  readonly userData: string;
  readonly service: WorkspaceService;
  readonly published: string[];
  readonly at: { wall: number; monotonic: number };
  readonly sending: { count: number };
  /** How often the services were told to let go what is held ready for a person. */
  readonly rested: { count: number };
  /** Another run of the app on the same folder. */
  readonly again: () => WorkspaceService;
  readonly dispose: () => Promise<void>;
}

/**
 * The real service over real encrypted files in a folder of its own; only the keyring, the clock and the scrypt cost
 * differ.
 */
export function workspaceBench(vault: KeyVault, changes: Partial<WorkspaceDependencies> = {}): Bench {
  const userData = mkdtempSync(join(tmpdir(), "vostro-workspace-"));
  const at = { wall: 1_750_000_000_000, monotonic: 0 };
  const clock: Clock = { nowMs: () => (at.wall += 1), monotonicMs: () => at.monotonic };
  const published: string[] = [];
  const sending = { count: 0 };
  const rested = { count: 0 };
  const services: WorkspaceService[] = [];
  const start = (): WorkspaceService => {
    const service = createWorkspaceService({
      userData,
      version: "0.0.0-test",
      vault,
      clock,
      log: silentLog,
      publish: (name) => void published.push(name),
      connectivity: { online: () => true, onChange: () => () => undefined },
      cost: { n: 2 ** 12, r: 8, p: 1 },
      prepareFile: prepareInWorker(new URL("prepare-worker.mjs", import.meta.url)),
      createAudit: createAuditService,
      createPeople: createPeopleService,
      startServices: () =>
        Promise.resolve({
          handlers: new Map(),
          environment: () => "production" as const,
          work: () => ({ drafts: 0, waiting: 0, sending: sending.count, attention: 0 }),
          underWay: () => ({ sending: sending.count, changes: sending.count, batches: [] }),
          lastLoadAtMs: () => undefined,
          storageTrouble: () => undefined,
          rest: () => void (rested.count += 1),
          stop: () => Promise.resolve(),
        }),
      ...changes,
    });
    services.push(service);
    return service;
  };
  return {
    userData,
    service: start(),
    published,
    at,
    sending,
    rested,
    again: start,
    dispose: async () => {
      for (const service of services) await service.stop();
      rmSync(userData, { recursive: true, force: true });
    },
  };
}
