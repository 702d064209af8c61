import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { never, openStagingDesk, unwatched, type StagingDesk } from "./staging-desk.ts";

let desk: StagingDesk;
let started: Worker[];
const note = (worker: Worker): void => void started.push(worker);
const ended = (worker: Worker | undefined): boolean => worker?.threadId === -1;

beforeEach(() => {
  started = [];
  process.on("worker", note);
  desk = openStagingDesk();
});

afterEach(async () => {
  await desk.dispose();
  process.off("worker", note);
});

const text = "customerUID,accountUID\nC1,1\nC1,2\n";

it("gives the thread that was made ready to the next batch, and the one after that a thread of its own", async () => {
  const workers = desk.workers();
  workers.prepare();
  workers.prepare();
  for (const name of ["first", "second"]) {
    const staged = await desk.open({ name, workers }).read({ kind: "text", text }, undefined, unwatched, never);
    expect(staged.rows).toBe(2);
    expect(started).toHaveLength(name === "first" ? 1 : 2);
  }
});

it("lets the ready thread go when it is dismissed, or when no batch comes for a while", async () => {
  const workers = desk.workers();
  workers.prepare();
  await workers.dismiss();
  expect(ended(started[0])).toBe(true);
  desk.workers({ readyMs: 1 }).prepare();
  await vi.waitFor(() => expect(started.map(ended)).toEqual([true, true]), { timeout: 20_000 });
});

it("gives no batch a thread that ended while it waited", async () => {
  const workers = desk.workers();
  workers.prepare();
  await started[0]?.terminate();
  const staged = await desk.open({ workers }).read({ kind: "text", text }, undefined, unwatched, never);
  expect(staged.rows).toBe(2);
});
