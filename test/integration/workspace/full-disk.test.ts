import { afterEach, beforeEach, expect, it } from "vitest";
import { storageFailure } from "../../../src/main/database/storage-failure.ts";
import { createAuditService } from "../../../src/main/features/audit/service.ts";
import { memoryKeyring, workspaceBench, type Bench } from "./fixture.ts";

let bench: Bench;
let disk: { full: boolean };
let ended: number;
beforeEach(async () => {
  disk = { full: false };
  ended = 0;
  bench = workspaceBench(memoryKeyring(true), {
    createAudit: (parts) => {
      const audit = createAuditService(parts);
      return {
        ...audit,
        trail: {
          append: (writer, entry) => {
            if (disk.full) throw storageFailure("disk-full");
            audit.trail.append(writer, entry);
          },
        },
      };
    },
    startServices: () =>
      Promise.resolve({
        handlers: new Map(),
        environment: () => "training" as const,
        work: () => ({ drafts: 0, waiting: 0, sending: 0, attention: 0 }),
        underWay: () => ({ sending: 0, changes: 0, batches: [] }),
        lastLoadAtMs: () => undefined,
        storageTrouble: () => (disk.full ? "The disk is full." : undefined),
        rest: () => undefined,
        stop: () => {
          ended += 1;
          return Promise.resolve();
        },
      }),
  });
  await bench.service.createTraining("c");
  const [maya] = (await bench.service.state()).trainingPassphrases;
  if (maya === undefined) throw new Error("Nobody can sign in.");
  await bench.service.signIn(maya.personId, maya.passphrase, "c");
  disk.full = true;
});
afterEach(() => bench.dispose());

it("locks although the disk takes no row for it", () => {
  bench.service.lock("Nobody touched the computer for a while.");
  expect(bench.service.session().phase).toBe("locked");
});

it("signs out although the disk takes no row for it", () => {
  bench.service.signOut("c");
  expect(bench.service.session()).toMatchObject({ phase: "sign-in", person: undefined });
});

it("closes, and ends what runs in it, although the disk takes no row for it", async () => {
  await bench.service.close("c");
  expect(ended).toBe(1);
  expect(bench.service.session().phase).toBe("choose");
});

it("tells in the status what the disk refuses, for as long as it does", () => {
  expect(bench.service.status().storageTrouble).toBe("The disk is full.");
  disk.full = false;
  expect(bench.service.status().storageTrouble).toBeUndefined();
});
