import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkspaceId } from "@contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VostroFailure } from "../../../src/main/core/failures.ts";
import { prepareInWorker } from "../../../src/main/database/prepare-worker.ts";
import { memoryKeyring, workspaceBench, type Bench } from "./fixture.ts";

const live = {
  name: "Treasury",
  administrator: "Ada Verhoeven",
  passphrase: "quiet harbour lantern meadow",
  unlockPassphrase: "copper ferry willow granite",
};
let bench: Bench;

async function failure(work: Promise<unknown> | (() => unknown)): Promise<VostroFailure> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof VostroFailure) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}

async function onlyWorkspace(): Promise<{ id: WorkspaceId; folder: string }> {
  const [first] = (await bench.service.state()).workspaces;
  if (first === undefined) throw new Error("There is no workspace.");
  return { id: first.id, folder: join(bench.userData, "workspaces", first.id) };
}

async function signInFirst(passphrase: string): Promise<void> {
  const [first] = (await bench.service.state()).people;
  if (first === undefined) throw new Error("There is nobody.");
  await bench.service.signIn(first.id, passphrase, "c");
}

beforeEach(() => {
  bench = workspaceBench(memoryKeyring(false));
});
afterEach(() => bench.dispose());

describe("the training workspace", () => {
  it("is made in one call, with two people whose published passphrases work, in two roles", async () => {
    await bench.service.createTraining();
    const state = await bench.service.state();
    expect(state).toMatchObject({ phase: "sign-in", current: { kind: "training", environment: "training" } });
    expect(state.people.map(({ name, role }) => [name, role])).toEqual([
      ["Maya Lindqvist", "maker"],
      ["Tomas Okafor", "administrator"],
    ]);
    for (const { personId, passphrase } of state.trainingPassphrases) {
      expect(passphrase.split(" ").length).toBeGreaterThanOrEqual(4);
      await bench.service.signIn(personId, passphrase, "c");
      expect((await bench.service.state()).person?.id).toBe(personId);
      bench.service.signOut("c");
    }
  });

  it("is opened, not made again, the next time, even by two clicks at once", async () => {
    await Promise.all([bench.service.createTraining(), bench.service.createTraining()]);
    await bench.service.stop();
    const later = bench.again();
    await later.createTraining();
    expect((await later.state()).workspaces).toHaveLength(1);
  });

  it("says TRAINING whatever its connections say, a live one what they say", async () => {
    await bench.service.createTraining();
    expect(bench.service.status().environment).toBe("training");
    await bench.service.createLive(live, "c");
    expect((await bench.service.state()).current).toMatchObject({ name: "Treasury", environment: "production" });
  });
});

describe("a live workspace without a keyring", () => {
  it("says that there is none and demands a good unlock passphrase", async () => {
    expect((await bench.service.state()).keyring).toEqual({ real: false, name: "none" });
    const weak = await failure(bench.service.createLive({ ...live, unlockPassphrase: undefined }, "c"));
    expect(weak).toMatchObject({ code: "input-invalid", details: { fields: [{ path: "unlockPassphrase" }] } });
    const both = await failure(
      bench.service.createLive({ ...live, passphrase: "short", unlockPassphrase: "aaaaaaaaaaaaaaaa" }, "c"),
    );
    expect(both.details.fields?.map(({ path }) => path)).toEqual(["passphrase", "unlockPassphrase"]);
    expect((await bench.service.state()).workspaces).toEqual([]);
  });

  it("asks for the unlock passphrase at every start, and for nothing else opens", async () => {
    await bench.service.createLive(live, "c");
    const { id, folder } = await onlyWorkspace();
    await bench.service.stop();
    const later = bench.again();
    await later.open(id, undefined, "c");
    expect(await later.state()).toMatchObject({ phase: "unlock", current: { environment: "production" }, people: [] });
    const wrong = await failure(later.open(id, "copper ferry willow granitE", "c"));
    expect(wrong).toMatchObject({ code: "not-allowed", message: "The unlock passphrase is not right." });
    expect((await later.state()).phase).toBe("unlock");
    await later.open(id, live.unlockPassphrase, "c");
    expect((await later.state()).phase).toBe("sign-in");
    const record = readFileSync(join(folder, "workspace.json"), "utf8");
    expect(record).not.toContain("copper");
    expect(JSON.parse(record)).toMatchObject({ sealing: { by: "passphrase" } });
  });
});

describe("opening a file that was not closed properly", () => {
  const leftOpen = async () => {
    await bench.service.createTraining();
    const place = await onlyWorkspace();
    await bench.service.stop();
    writeFileSync(join(place.folder, "vostro.db-open"), "");
    return place;
  };

  it("checks it in a thread of its own, and says so in the trail", async () => {
    const { id } = await leftOpen();
    const later = bench.again();
    await later.open(id, undefined, "c");
    const rows = (await later.current()?.audit.page({ area: "workspace", limit: 5 }))?.rows ?? [];
    expect(rows.map(({ action }) => action)).toContain("workspace.checked");
    await later.stop();
    await bench.again().open(id, undefined, "c");
  });

  it("does not open one found damaged there, and nothing is checked in the main thread", async () => {
    const { id, folder } = await leftOpen();
    const file = join(folder, "vostro.db");
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(7, 4096 * 20, 4096 * 30));
    const later = bench.again();
    expect((await failure(later.open(id, undefined, "c"))).code).toBe("storage-failed");
    expect((await later.state()).problem).toMatchObject({ kind: "damaged" });
  });

  it("opens a file that needs no check without a thread", async () => {
    await bench.dispose();
    const prepareFile = prepareInWorker(new URL("nowhere.js", import.meta.url));
    bench = workspaceBench(memoryKeyring(false), { prepareFile });
    const { id } = await leftOpen();
    expect((await failure(bench.again().open(id, undefined, "c"))).code).toBe("storage-failed");
    rmSync(join(bench.userData, "workspaces", id, "vostro.db-open"));
    await bench.again().open(id, undefined, "c");
  });
});

describe("guessing the unlock passphrase", () => {
  it("takes longer and longer, also over a restart, and is written down once the file is open", async () => {
    await bench.service.createLive(live, "c");
    const { id } = await onlyWorkspace();
    await bench.service.stop();
    let later = bench.again();
    await later.open(id, undefined, "c");
    for (let at = 1; at <= 4; at += 1) {
      expect((await failure(later.open(id, "wrong", "c"))).details.retryAfterMs).toBeUndefined();
    }
    expect(await failure(later.open(id, "wrong", "c"))).toMatchObject({
      code: "not-allowed",
      message: "The unlock passphrase is not right. Try again in 1 second.",
      details: { retryAfterMs: 1000 },
    });
    expect(await later.state()).toMatchObject({ phase: "unlock", failedSignIns: 5 });
    expect((await failure(later.open(id, live.unlockPassphrase, "c"))).message).toMatch(/Too many wrong passphrases/u);
    later = bench.again();
    await later.open(id, undefined, "c");
    expect((await later.state()).signInWaitMs).toBeGreaterThan(0);
    expect((await failure(later.open(id, live.unlockPassphrase, "c"))).message).toMatch(/Too many wrong passphrases/u);
    bench.at.monotonic += 1000;
    await later.open(id, live.unlockPassphrase, "c");
    expect((await later.state()).phase).toBe("sign-in");
    const { rows = [] } = (await later.current()?.audit.page({ area: "workspace", limit: 5 })) ?? {};
    expect(rows.map(({ summary }) => summary)).toContain(
      "Before it was opened, a wrong unlock passphrase was typed 5 times.",
    );
  });
});

describe("a live workspace with a keyring", () => {
  it("opens without an unlock passphrase, and not at all once the keyring forgot its key", async () => {
    await bench.dispose();
    const keyring = memoryKeyring(true);
    bench = workspaceBench(keyring);
    await bench.service.createLive({ ...live, unlockPassphrase: undefined }, "c");
    const { id } = await onlyWorkspace();
    expect((await bench.service.state()).workspaces[0]).toMatchObject({ sealedBy: "keyring" });
    await bench.service.stop();
    const later = bench.again();
    await later.open(id, undefined, "c");
    expect((await later.state()).phase).toBe("sign-in");
    await later.stop();
    keyring.forget();
    const last = bench.again();
    expect((await failure(last.open(id, undefined, "c"))).code).toBe("storage-failed");
    expect(await last.state()).toMatchObject({ phase: "choose", problem: { workspaceId: id } });
  });
});

describe("a workspace that cannot be opened", () => {
  beforeEach(async () => {
    await bench.service.createLive(live, "c");
    await bench.service.close("c");
  });

  it("is named with its problem, and another one can still be opened", async () => {
    const { id, folder } = await onlyWorkspace();
    truncateSync(join(folder, "vostro.db"), 0);
    expect((await failure(bench.service.open(id, live.unlockPassphrase, "c"))).code).toBe("storage-failed");
    expect((await bench.service.state()).problem).toMatchObject({ kind: "damaged", workspaceId: id });
    await bench.service.createTraining();
    const state = await bench.service.state();
    expect(state.phase).toBe("sign-in");
    expect(state.problem).toBeUndefined();
  });

  it("is told apart: a key that is not the file's, and a record that cannot be read", async () => {
    const { id, folder } = await onlyWorkspace();
    const file = join(folder, "workspace.json");
    const record = readFileSync(file, "utf8");
    writeFileSync(
      file,
      record.replace(/"keyCheck": "./u, (found) => found.slice(0, -1) + (found.endsWith("0") ? "1" : "0")),
    );
    await failure(bench.service.open(id, live.unlockPassphrase, "c"));
    expect((await bench.service.state()).problem?.kind).toBe("wrong-key");
    writeFileSync(file, "{ not json");
    const later = bench.again();
    expect(await later.state()).toMatchObject({ workspaces: [], problem: { kind: "damaged" } });
    expect((await later.state()).problem?.message).toContain(id);
  });

  it("leaves no half-made folder among the workspaces", async () => {
    mkdirSync(join(bench.userData, "workspaces", ".new-live-left"), { recursive: true });
    expect((await bench.again().state()).workspaces).toHaveLength(1);
    expect((await bench.again().state()).problem).toBeUndefined();
    expect((await failure(bench.service.open("gone" as WorkspaceId, undefined, "c"))).code).toBe("not-found");
    expect(readdirSync(join(bench.userData, "workspaces")).filter((name) => name.startsWith("live-"))).toHaveLength(1);
  });
});

describe("signing in, locking and leaving", () => {
  beforeEach(async () => {
    await bench.service.createLive(live, "c");
  });

  it("adds a growing delay from the fifth wrong passphrase, which a restart does not end", async () => {
    for (let n = 1; n <= 4; n += 1) {
      const wrong = await failure(signInFirst("wrong"));
      expect(wrong.code).toBe("not-allowed");
      expect(wrong.details.retryAfterMs).toBeUndefined();
    }
    expect((await failure(signInFirst("wrong"))).details.retryAfterMs).toBe(1000);
    const early = await failure(signInFirst(live.passphrase));
    expect(early.message).toBe("Too many wrong passphrases. Try again in 1 second.");
    bench.at.monotonic += 1000;
    expect((await failure(signInFirst("wrong"))).details.retryAfterMs).toBe(2000);
    expect(await bench.service.state()).toMatchObject({ failedSignIns: 6, signInWaitMs: 2000 });
    const { id } = await onlyWorkspace();
    await bench.service.stop();
    const later = bench.again();
    await later.open(id, live.unlockPassphrase, "c");
    const state = await later.state();
    expect(state.failedSignIns).toBe(6);
    expect(state.signInWaitMs).toBeGreaterThan(1500);
    bench.at.monotonic += 2000;
    const [person] = state.people;
    if (person === undefined) throw new Error("There is nobody.");
    await later.signIn(person.id, live.passphrase, "c");
    expect(await later.state()).toMatchObject({ phase: "open", failedSignIns: 0, signInWaitMs: 0 });
  });

  it("counts tries made at the same time one after the other", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => signInFirst("wrong")));
    const delayed = tries.filter((one) => one.status === "rejected" && String(one.reason).includes("Too many"));
    expect(delayed).toHaveLength(3);
    expect((await bench.service.state()).failedSignIns).toBe(5);
  });

  it("locks for the person who was there, and only their passphrase unlocks", async () => {
    await signInFirst(live.passphrase);
    bench.service.lock("Ada Verhoeven locked the workspace.");
    expect(bench.rested.count).toBe(1);
    expect(bench.service.session()).toMatchObject({ phase: "locked", person: { name: "Ada Verhoeven" } });
    expect(bench.service.idleLimitMinutes()).toBeUndefined();
    expect((await failure(bench.service.unlock("wrong", "c"))).code).toBe("not-allowed");
    expect(bench.service.session().phase).toBe("locked");
    await bench.service.unlock(live.passphrase, "c");
    expect(bench.service.session().phase).toBe("open");
    expect(bench.service.idleLimitMinutes()).toBe(10);
  });

  it("leaves a row for every one of these acts, with who and whether it worked", async () => {
    await failure(signInFirst("wrong"));
    await signInFirst(live.passphrase);
    bench.service.lock("Locked.");
    await failure(bench.service.unlock("wrong", "c"));
    await bench.service.unlock(live.passphrase, "c");
    bench.service.signOut("c");
    const audit = bench.service.current()?.audit;
    const rows = (await audit?.page({ limit: 50 }))?.rows.toReversed() ?? [];
    expect(rows.map(({ action, person }) => [action, person])).toEqual([
      ["workspace.created", "Vostro"],
      ["person.added", "Vostro"],
      ["workspace.opened", "Vostro"],
      ["person.signed-in-refused", "Vostro"],
      ["person.signed-in", "Ada Verhoeven"],
      ["workspace.locked", "Ada Verhoeven"],
      ["workspace.unlocked-refused", "Vostro"],
      ["workspace.unlocked", "Ada Verhoeven"],
      ["person.signed-out", "Ada Verhoeven"],
    ]);
    expect(rows[3]?.summary).toContain("wrong passphrase, 1 in a row");
    expect(JSON.stringify(rows)).not.toContain(live.passphrase);
  });

  it("stays open while changes are being sent", async () => {
    bench.sending.count = 2;
    const refused = await failure(bench.service.close("c"));
    expect(refused).toMatchObject({ code: "conflict", message: expect.stringContaining("2 changes are being sent") });
    expect(await failure(bench.service.createTraining("c"))).toMatchObject({ code: "conflict" });
    expect((await bench.service.state()).current).toMatchObject({ kind: "live" });
    bench.sending.count = 0;
    await bench.service.close("c");
    expect((await bench.service.state()).phase).toBe("choose");
    expect((await failure(() => bench.service.status())).code).toBe("sign-in-needed");
  });

  it("lets only an administrator set who needs a second person, and keeps settings across a restart", async () => {
    await signInFirst(live.passphrase);
    const { person } = bench.service.session();
    if (person === undefined) throw new Error("Nobody is signed in.");
    const before = bench.service.settings();
    expect(before.secondPerson.high).toBe(true);
    const next = { ...before, theme: "dark" as const, secondPerson: { high: false, medium: false, low: false } };
    const maker = { ...person, role: "maker" as const };
    expect((await failure(() => bench.service.saveSettings(next, maker, "c"))).code).toBe("not-allowed");
    expect(bench.service.settings()).toEqual(before);
    bench.service.saveSettings({ ...before, theme: "light" }, maker, "c");
    bench.service.saveSettings(next, person, "c");
    const { id } = await onlyWorkspace();
    await bench.service.stop();
    const later = bench.again();
    await later.open(id, live.unlockPassphrase, "c");
    expect(later.settings()).toEqual(next);
  });
});
