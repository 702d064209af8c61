import { cpSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Restored } from "../../../src/main/core/restored.ts";
import type { WorkspaceService } from "../../../src/main/features/workspace/workspace-life.ts";
import type { StartServices, WorkspaceServices } from "../../../src/main/features/workspace/workspace-services.ts";
import { memoryKeyring, workspaceBench, type Bench } from "./fixture.ts";

let bench: Bench;
let found: (Restored | undefined)[];
let failing = false;
const aside: string[] = [];

const idle: WorkspaceServices = {
  handlers: new Map(),
  environment: () => "sandbox",
  work: () => ({ drafts: 0, waiting: 0, sending: 0, attention: 0 }),
  underWay: () => ({ sending: 0, changes: 0, batches: [] }),
  lastLoadAtMs: () => undefined,
  storageTrouble: () => undefined,
  rest: () => undefined,
  stop: () => Promise.resolve(),
};
const startServices: StartServices = ({ restored }) => {
  found.push(restored);
  return failing ? Promise.reject(new Error("The app ends here.")) : Promise.resolve(idle);
};

beforeEach(() => {
  found = [];
  failing = false;
  bench = workspaceBench(memoryKeyring(true), { startServices });
});
afterEach(async () => {
  await bench.dispose();
  for (const folder of aside.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const file = () => join(bench.userData, "workspaces", "training", "vostro.db");
const mark = () => join(bench.userData, "newest", "training.mark");

/** Opens the workspace in a new run and says how it found the file. */
async function openAgain(): Promise<{ service: WorkspaceService; restored: Restored | undefined }> {
  const service = bench.again();
  await service.createTraining();
  return { service, restored: found.at(-1) };
}

/** Something that stands in the file and its trail. */
async function work(service: WorkspaceService): Promise<void> {
  const [person] = (await service.state()).trainingPassphrases;
  if (person === undefined) throw new Error("There is nobody.");
  await service.signIn(person.personId, person.passphrase, "c");
}

function copyAside(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), "vostro-aside-"));
  aside.push(folder);
  cpSync(what, join(folder, "copy"), { recursive: true });
  return join(folder, "copy");
}

/** A closed workspace with some work in it, a copy of its file, and more work after the copy. */
async function workedOnAfterCopy(): Promise<string> {
  await bench.service.createTraining();
  await bench.service.stop();
  const copy = copyAside(file());
  const { service } = await openAgain();
  await work(service);
  await service.stop();
  return copy;
}

describe("the newest file", () => {
  it("is known again after it was closed, and after the app was killed in the middle of work", async () => {
    await bench.service.createTraining();
    await bench.service.stop();
    const second = await openAgain();
    expect(second.restored).toBeUndefined();
    await work(second.service);
    const third = await openAgain();
    expect(third.restored).toBeUndefined();
  });

  it("is known when the mark is behind it, as after a kill between commit and mark, or a power cut", async () => {
    await bench.service.createTraining();
    await bench.service.stop();
    const behind = readFileSync(mark());
    const { service } = await openAgain();
    await work(service);
    await service.stop();
    writeFileSync(mark(), behind);
    expect((await openAgain()).restored).toBeUndefined();
  });

  it("is known when the last writing of the mark was cut off", async () => {
    await bench.service.createTraining();
    await bench.service.stop();
    const { service } = await openAgain();
    await service.stop();
    const whole = readFileSync(mark());
    for (const at of [0, 4096]) {
      writeFileSync(mark(), Buffer.from(whole).fill("x", at + 30, at + 60));
      const next = await openAgain();
      expect(next.restored).toBeUndefined();
      await next.service.stop();
    }
  });
});

describe("a restored file", () => {
  it("is noticed when it is put over the newer one, with the time of the newer one", async () => {
    const copy = await workedOnAfterCopy();
    copyFileSync(copy, file());
    const { restored } = await openAgain();
    expect(restored?.why).toBe("older");
    expect(restored?.newestAtMs).toBeGreaterThan(1_750_000_000_000);
  });

  it("is noticed though the newer one was never closed", async () => {
    await bench.service.createTraining();
    await bench.service.stop();
    const copy = copyAside(file());
    const { service } = await openAgain();
    const before = readFileSync(mark(), "utf8");
    await work(service);
    await expect.poll(() => readFileSync(mark(), "utf8")).not.toBe(before);
    await expect.poll(() => readFileSync(mark(), "utf8").includes(`"entries":${service.status().audit.entries}`)).toBe(true);
    copyFileSync(mark(), `${copy}.mark`);
    await service.stop();
    copyFileSync(`${copy}.mark`, mark());
    copyFileSync(copy, file());
    expect((await openAgain()).restored?.why).toBe("older");
  });

  it("is noticed when its whole folder is put back, and when everything of the app is", async () => {
    await bench.service.createTraining();
    await bench.service.stop();
    const everything = copyAside(bench.userData);
    const { service } = await openAgain();
    await work(service);
    await service.stop();
    rmSync(dirname(file()), { recursive: true });
    cpSync(join(everything, "workspaces", "training"), dirname(file()), { recursive: true });
    const folder = await openAgain();
    expect(folder.restored?.why).toBe("older");
    await folder.service.stop();
    cpSync(bench.userData, `${everything}-later`, { recursive: true });
    rmSync(join(bench.userData, "workspaces"), { recursive: true });
    cpSync(join(`${everything}-later`, "workspaces"), join(bench.userData, "workspaces"), { recursive: true });
    expect((await openAgain()).restored?.why).toBe("moved");
  });

  it("is noticed when it was worked on elsewhere in the meantime, even if it got further", async () => {
    const copy = await workedOnAfterCopy();
    const here = copyAside(mark());
    copyFileSync(copy, file());
    const elsewhere = await openAgain();
    for (let round = 0; round < 6; round += 1) await work(elsewhere.service);
    await elsewhere.service.stop();
    copyFileSync(here, mark());
    expect((await openAgain()).restored?.why).toBe("other");
  });

  it("is treated as restored where nothing is known of it, and where what is known was forged", async () => {
    await bench.service.createTraining();
    await bench.service.stop();
    const forged = readFileSync(mark(), "utf8").replaceAll(/"entries":\d+/gu, '"entries":1');
    writeFileSync(mark(), forged);
    const first = await openAgain();
    expect(first.restored).toEqual({ why: "moved", newestAtMs: undefined });
    await first.service.stop();
    rmSync(mark());
    expect((await openAgain()).restored).toEqual({ why: "moved", newestAtMs: undefined });
  });

  it("is noticed again when the app ended before what it holds could be held", async () => {
    const copy = await workedOnAfterCopy();
    copyFileSync(copy, file());
    failing = true;
    await expect(openAgain()).rejects.toThrow("Something unexpected stopped the workspace");
    failing = false;
    expect((await openAgain()).restored?.why).toBe("older");
  });
});
