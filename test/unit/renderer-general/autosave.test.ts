import type { Failure, Result } from "@contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAutosave } from "../../../src/renderer/bridge/autosave.ts";

const failure: Failure = { code: "conflict", message: "Moved.", retryable: false, correlationId: "c" };

interface Waiting {
  readonly text: string;
  answer(result: Result<unknown>): void;
}

function saver() {
  let text = "";
  const waiting: Waiting[] = [];
  const autosave = createAutosave({
    delayMs: 600,
    nowMs: () => 42,
    save: () => new Promise((resolve) => waiting.push({ text, answer: resolve })),
  });
  const type = (next: string) => {
    text = next;
    autosave.touch();
  };
  return { autosave, waiting, type };
}

describe("autosave", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("saves once, when typing has rested", async () => {
    const { autosave, waiting, type } = saver();
    type("a");
    await vi.advanceTimersByTimeAsync(599);
    type("ab");
    await vi.advanceTimersByTimeAsync(599);
    expect(waiting).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(waiting.map((each) => each.text)).toEqual(["ab"]);
    waiting[0]?.answer({ ok: true, value: {} });
    await vi.advanceTimersByTimeAsync(0);
    expect(autosave.state()).toEqual({ kind: "saved", atMs: 42 });
  });

  it("never runs two saves at once and saves the newest text last", async () => {
    const { autosave, waiting, type } = saver();
    type("a");
    await vi.advanceTimersByTimeAsync(600);
    type("ab");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(waiting).toHaveLength(1);
    waiting[0]?.answer({ ok: true, value: {} });
    await vi.advanceTimersByTimeAsync(0);
    expect(autosave.state().kind).toBe("waiting");
    await vi.advanceTimersByTimeAsync(600);
    expect(waiting.map((each) => each.text)).toEqual(["a", "ab"]);
  });

  it("flush saves what is waiting, also what was typed while a save ran", async () => {
    const { autosave, waiting, type } = saver();
    type("a");
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    type("ab");
    waiting[0]?.answer({ ok: true, value: {} });
    await vi.advanceTimersByTimeAsync(0);
    waiting[1]?.answer({ ok: true, value: {} });
    await vi.advanceTimersByTimeAsync(0);
    expect((await flushed).kind).toBe("saved");
    expect(waiting.map((each) => each.text)).toEqual(["a", "ab"]);
  });

  it("flush with nothing to save asks main nothing", async () => {
    const { autosave, waiting } = saver();
    expect((await autosave.flush()).kind).toBe("unchanged");
    expect(waiting).toHaveLength(0);
  });

  it("says that a save failed and tries again with the next edit", async () => {
    const { autosave, waiting, type } = saver();
    type("a");
    await vi.advanceTimersByTimeAsync(600);
    waiting[0]?.answer({ ok: false, failure });
    await vi.advanceTimersByTimeAsync(0);
    expect(autosave.state()).toEqual({ kind: "failed", failure });
    type("ab");
    await vi.advanceTimersByTimeAsync(600);
    expect(waiting.map((each) => each.text)).toEqual(["a", "ab"]);
  });
});
