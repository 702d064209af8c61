import type { Result } from "@contract";
import { describe, expect, it, vi } from "vitest";
import { createOffsetRows, type OffsetPage } from "../../../src/renderer/bridge/offset-rows.ts";

type Answer = Result<OffsetPage<string>>;

function listOf(size: number, pageSize = 10, keepPages = 4) {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  let word = "row";
  const rows = createOffsetRows<string>(pageSize, keepPages, (offset, limit) => {
    asked.push(offset / pageSize);
    const said = word;
    const names = Array.from(
      { length: Math.max(0, Math.min(limit, size - offset)) },
      (_each, at) => `${said} ${String(offset + at)}`,
    );
    return new Promise<Answer>((resolve) => {
      waiting.push(() => resolve({ ok: true, value: { rows: names, matching: size } }));
    });
  });
  const settle = async () => {
    while (waiting.length > 0) {
      waiting.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return { rows, asked, settle, waiting, say: (next: string) => (word = next) };
}

describe("rows read by position", () => {
  it("reads only while somebody listens, and begins with what is on screen", async () => {
    const { rows, asked, settle } = listOf(1_000);
    rows.want(0, 5);
    expect(asked).toEqual([]);
    rows.subscribe(() => undefined);
    await settle();
    expect(rows.rowAt(3)).toBe("row 3");
    expect(rows.state().matching).toBe(1_000);
    expect(asked).toEqual([0, 1]);
  });

  it("jumps without reading what lies between", async () => {
    const { rows, asked, settle } = listOf(1_000_000);
    rows.subscribe(() => undefined);
    await settle();
    rows.want(999_985, 999_999);
    await settle();
    expect(rows.rowAt(999_999)).toBe("row 999999");
    expect(asked.slice(2).toSorted((a, b) => a - b)).toEqual([99_997, 99_998, 99_999]);
  });

  it("gives a whole range, also rows that are not kept", async () => {
    const { rows, settle, waiting } = listOf(1_000);
    rows.subscribe(() => undefined);
    await settle();
    const range = rows.between(8, 42);
    const isDone = range.then(() => true);
    while (!(await Promise.race([isDone, new Promise((resolve) => setImmediate(resolve, false))]))) {
      waiting.shift()?.();
    }
    const found = await range;
    expect(found.ok ? found.value : []).toEqual(Array.from({ length: 35 }, (_each, at) => `row ${String(8 + at)}`));
  });

  it("keeps a bounded number of pages, those near the screen", async () => {
    const { rows, settle } = listOf(1_000, 10, 4);
    rows.subscribe(() => undefined);
    for (let first = 0; first < 900; first += 10) {
      rows.want(first, first + 9);
      await settle();
    }
    const held = Array.from({ length: 100 }, (_each, page) => page).filter(
      (page) => rows.rowAt(page * 10) !== undefined,
    );
    expect(held.length).toBeLessThanOrEqual(4);
    expect(held).toContain(89);
  });

  it("asks at most twice at once", async () => {
    const { rows, waiting } = listOf(1_000);
    rows.subscribe(() => undefined);
    rows.want(0, 99);
    expect(waiting.length).toBeLessThanOrEqual(2);
  });

  it("shows the old rows until the new ones are there", async () => {
    const { rows, settle, say } = listOf(30);
    const heard = vi.fn<() => void>();
    rows.subscribe(heard);
    await settle();
    say("new");
    rows.reload();
    expect(rows.rowAt(0)).toBe("row 0");
    await settle();
    expect(rows.rowAt(0)).toBe("new 0");
    expect(heard).toHaveBeenCalled();
  });

  it("stops at a failure and goes on when asked again", async () => {
    let fails = true;
    const fetchPage = vi.fn<() => Promise<Answer>>(async () =>
      fails
        ? { ok: false, failure: { code: "internal", message: "No.", retryable: true, correlationId: "" } }
        : { ok: true, value: { rows: ["row"], matching: 1 } },
    );
    const rows = createOffsetRows<string>(10, 4, fetchPage);
    rows.subscribe(() => undefined);
    await vi.waitFor(() => expect(rows.state().failure?.message).toBe("No."));
    rows.want(0, 5);
    expect(fetchPage).toHaveBeenCalledOnce();
    fails = false;
    rows.reload();
    await vi.waitFor(() => expect(rows.rowAt(0)).toBe("row"));
    expect(rows.state().failure).toBeUndefined();
  });
});
