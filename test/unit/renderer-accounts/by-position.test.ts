import type { Result } from "@contract";
import { describe, expect, it } from "vitest";
import { byPosition } from "../../../src/renderer/bridge/by-position.ts";

interface NumbersPage {
  readonly rows: readonly number[];
  readonly nextCursor?: string;
}

function listOf(size: number, mostSkipped: number) {
  const asked: string[] = [];
  let firstNumber = 0;
  const read = byPosition<NumbersPage>(mostSkipped, async ({ cursor, skip = 0, limit }): Promise<Result<NumbersPage>> => {
    asked.push(`${cursor ?? "first"}+${String(skip)}:${String(limit)}`);
    const from = Number(cursor ?? 0) + skip;
    const rows = Array.from({ length: Math.max(0, Math.min(limit, size - from)) }, (_each, at) => firstNumber + from + at);
    await Promise.resolve();
    return { ok: true, value: { rows, ...(from + limit < size ? { nextCursor: String(from + limit) } : {}) } };
  });
  const rowsOf = async (offset: number, limit: number, turn = 0) => {
    const page = await read(offset, limit, turn);
    return page.ok ? page.value.rows : undefined;
  };
  return { rowsOf, asked, move: (by: number) => (firstNumber += by) };
}

describe("a list of cursors read by position", () => {
  it("goes on page by page without leaving rows out", async () => {
    const { rowsOf, asked } = listOf(1000, 100);
    expect(await rowsOf(0, 3)).toEqual([0, 1, 2]);
    expect(await rowsOf(3, 3)).toEqual([3, 4, 5]);
    expect(asked).toEqual(["first+0:3", "3+0:3"]);
  });

  it("jumps in steps the bridge allows, and from the nearest place it has been to", async () => {
    const { rowsOf, asked } = listOf(1000, 100);
    expect(await rowsOf(250, 2)).toEqual([250, 251]);
    expect(asked).toEqual(["first+99:1", "100+99:1", "200+50:2"]);
    asked.length = 0;
    expect(await rowsOf(240, 2)).toEqual([240, 241]);
    expect(await rowsOf(252, 2)).toEqual([252, 253]);
    expect(asked).toEqual(["200+40:2", "252+0:2"]);
  });

  it("has no rows behind the end, also where the list became shorter", async () => {
    const { rowsOf } = listOf(150, 100);
    expect(await rowsOf(149, 5)).toEqual([149]);
    expect(await rowsOf(700, 5)).toEqual([]);
  });

  it("begins anew with another turn: rows may have moved", async () => {
    const { rowsOf, asked, move } = listOf(1000, 100);
    await rowsOf(40, 10);
    move(7);
    asked.length = 0;
    expect(await rowsOf(50, 2, 1)).toEqual([57, 58]);
    expect(asked).toEqual(["first+50:2"]);
  });

  it("answers two questions at once one after the other, so that the second starts where the first ended", async () => {
    const { rowsOf, asked } = listOf(1000, 100);
    expect(await Promise.all([rowsOf(80, 4), rowsOf(84, 4)])).toEqual([
      [80, 81, 82, 83],
      [84, 85, 86, 87],
    ]);
    expect(asked).toEqual(["first+80:4", "84+0:4"]);
  });

  it("goes on after a read that was thrown out of", async () => {
    const broken = { once: true };
    const read = byPosition<NumbersPage>(100, async ({ skip = 0 }) => {
      await Promise.resolve();
      if (broken.once) throw new Error("no answer");
      return { ok: true, value: { rows: [skip] } };
    });
    await expect(read(0, 1, 0)).rejects.toThrow("no answer");
    broken.once = false;
    expect(await read(7, 1, 0)).toEqual({ ok: true, value: { rows: [7] } });
  });
});
