import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountId } from "../../../src/preload/contract/index.ts";
import { storedValues } from "../../../src/main/features/accounts/stored-values.ts";
import { limits, type Limits } from "../../../src/main/features/batches/worker/limits.ts";
import { quietRun } from "../../../src/main/features/batches/worker/run.ts";
import { createStagingSession } from "../../../src/main/features/batches/worker/session.ts";
import { never, openStagingDesk, rowsOf, settingsFor, unwatched, type StagingDesk } from "./staging-desk.ts";

let desk: StagingDesk;

beforeEach(() => {
  desk = openStagingDesk();
});

afterEach(() => desk.dispose());

const header = "customerUID,accountUID,costCenter\n";
const many = (count: number): string =>
  header + Array.from({ length: count }, (_, at) => `C1,${at},a cost center of many words ${at}\n`).join("");

describe("limits", () => {
  const session = (own: Partial<Limits>) =>
    createStagingSession({
      stagingFile: desk.stagingFile(),
      workspaceFile: desk.workspaceFile,
      key: desk.key,
      rules: { storedValues, knownOf: () => ({}), openChangeStates: ["draft"] },
      limits: { ...limits, ...own },
    });

  it.each([
    ["bytes", { bytes: 40 }, `${header}C1,1,x\nC1,2,x\n`, "Vostro reads at most 1 kB"],
    ["rows", { rows: 2 }, many(3), "more than 2 rows"],
    ["columns", { columns: 2 }, `${header}C1,1,x\n`, "has 3 columns"],
    ["a cell", { cellBytes: 8 }, `a,b\n1,2\nabcdefghi,2\n`, "Row 3, column 1 holds a cell"],
    ["a cell of wide characters", { cellBytes: 8 }, `a,b\n1,2\n€€€,2\n`, "Row 3, column 1 holds a cell"],
  ] as const)("says what is too much: %s", async (_name, own, text, message) => {
    const working = session(own);
    const reading = working.read({ kind: "text", text }, undefined, quietRun);
    await expect(reading).rejects.toMatchObject({ code: "input-invalid", message: expect.stringContaining(message) });
    await working.close();
  });

  it("takes exactly as much as is allowed", async () => {
    const working = session({ rows: 3, columns: 3, cellBytes: 40 });
    expect((await working.read({ kind: "text", text: many(3) }, undefined, quietRun)).rows).toBe(3);
    await working.close();
  });

  it("keeps a million rows, five hundred columns, 64 kB and 2 GB as the limits", () => {
    expect(limits).toEqual({ bytes: 2_147_483_648, rows: 1_000_000, columns: 500, cellBytes: 65_536 });
  });
});

describe("work that is ended", () => {
  const settings = () => ({
    columns: [
      { index: 0, target: "customerUID" as const },
      { index: 1, target: "accountUID" as const },
      { index: 2, target: "costCenter" as const },
    ],
    key: "customer-and-account" as const,
    connectionId: desk.connectionId,
  });

  it("stops reading on a wish, keeps nothing, and reads again", async () => {
    const staging = desk.open();
    const path = desk.csv(many(200_000));
    const wish = new AbortController();
    const reading = staging.read(
      { kind: "file", path },
      undefined,
      () => wish.abort(new Error("no longer wanted")),
      wish.signal,
    );
    await expect(reading).rejects.toThrow("no longer wanted");
    await staging.close();
    expect(readFileSync(desk.stagingFile()).length).toBeLessThan(200_000);
    await expect(staging.plan(settings(), unwatched, never)).rejects.toMatchObject({ code: "conflict" });
    const again = await staging.read({ kind: "text", text: many(2) }, undefined, unwatched, never);
    expect(again.rows).toBe(2);
  });

  it("tells what a file is taken for before it is read to the end", async () => {
    const news: Parameters<typeof unwatched>[0][] = [];
    const path = desk.csv(`${many(100)}C1,7,too,many\n${many(100_000).split("\n").slice(1).join("\n")}`);
    const staged = await desk.open().read({ kind: "file", path }, undefined, (one) => void news.push(one), never);
    const first = news.find((one) => one.first !== undefined);
    expect(first?.rowsDone).toBeLessThan(100_000);
    expect(first?.first).toMatchObject({ headers: staged.headers, columns: staged.columns, preview: staged.preview });
    expect(first?.first?.preview).toHaveLength(100);
    expect([first?.first?.raggedRows, first?.first?.readProblems]).toEqual([1, staged.readProblems]);
    expect(news.filter((one) => one.first !== undefined)).toHaveLength(1);
  });

  it("stops checking on a wish; the rows stay, and so do the ticks, but no half a plan", async () => {
    desk.add(Array.from({ length: 10 }, (_, at) => ({ customerUid: "C1", accountUid: String(at) })));
    const staging = desk.open();
    await staging.read({ kind: "file", path: desk.csv(many(30_000)) }, undefined, unwatched, never);
    const { totals } = await staging.plan(settings(), unwatched, never);
    expect(totals.chosen).toBe(10);
    await staging.include([2], undefined, false);
    const wish = new AbortController();
    await expect(staging.plan(settings(), () => wish.abort(), wish.signal)).rejects.toThrow("abort");
    await expect(staging.rows({}, 0, 10)).rejects.toMatchObject({ code: "conflict" });
    expect((await staging.plan(settings(), unwatched, never)).totals.chosen).toBe(9);
  });

  it("is given up when the staging is closed", async () => {
    const staging = desk.open();
    const reading = staging.read({ kind: "file", path: desk.csv(many(200_000)) }, undefined, unwatched, never);
    const ended = expect(reading).rejects.toMatchObject({ code: "conflict" });
    await staging.close();
    await ended;
  });

  it.each(["reading", "checking"])("leaves a clean state when the worker dies while %s", async (when) => {
    const threads: Worker[] = [];
    const post = Worker.prototype.postMessage;
    const spy = vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function remember(this: Worker, ...args) {
      threads.push(this);
      return post.apply(this, args);
    });
    desk.add([{ customerUid: "C1", accountUid: "1" }]);
    const staging = desk.open();
    const kill = (): void => void threads.at(-1)?.terminate();
    const path = desk.csv(many(120_000));
    const reading = staging.read({ kind: "file", path }, undefined, when === "reading" ? kill : unwatched, never);
    const work = when === "reading" ? reading : reading.then(() => staging.plan(settings(), kill, never));
    await expect(work).rejects.toMatchObject({
      code: "internal",
      message: expect.stringContaining("ended unexpectedly"),
    });
    spy.mockRestore();
    await expect(staging.rows({}, 0, 1)).rejects.toMatchObject({ code: "conflict" });
    if (when === "reading") await staging.read({ kind: "file", path }, undefined, unwatched, never);
    expect((await staging.plan(settings(), unwatched, never)).counts).toEqual({
      "will-change": 1,
      "not-found": 119_999,
    });
  });
});

it("says that the disk is full, leaves earlier work alone and nothing of its own", async () => {
  const [accountId] = desk.add([{ customerUid: "C1", accountUid: "1" }]);
  const before = readFileSync(desk.workspaceFile);
  const staging = desk.open({ limitPages: 200 });
  const path = desk.csv(many(200_000));
  const reading = staging.read({ kind: "file", path }, undefined, unwatched, never);
  await expect(reading).rejects.toMatchObject({
    code: "storage-failed",
    message: expect.stringContaining("disk is full"),
  });
  await staging.close();
  expect(readFileSync(desk.workspaceFile).equals(before)).toBe(true);
  const left = readdirSync(desk.folder).filter((name) => name.startsWith("batch-1"));
  expect(left).toEqual(["batch-1.db"]);
  expect(existsSync(desk.stagingFile())).toBe(true);
  expect(readFileSync(desk.stagingFile()).length).toBeLessThan(200_000);
  const small = desk.open({ name: "small" });
  await small.read(
    { kind: "rows", rows: [{ accountId: accountId as AccountId, proposed: { costCenter: "X" } }] },
    undefined,
    unwatched,
    never,
  );
});

it("keeps every byte it stages under the workspace's key", async () => {
  const staging = desk.open();
  const staged = await staging.read(
    { kind: "text", text: `${header}C1,1,PLAINLY-VISIBLE\n` },
    undefined,
    unwatched,
    never,
  );
  await staging.plan(settingsFor(staged, desk.connectionId), unwatched, never);
  expect(await rowsOf(staging)).toHaveLength(1);
  await staging.close();
  const bytes = readFileSync(desk.stagingFile());
  expect(bytes.includes("PLAINLY-VISIBLE")).toBe(false);
  expect(bytes.subarray(0, 15).toString("latin1")).not.toBe("SQLite format 3");
});
