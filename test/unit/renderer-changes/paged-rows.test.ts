import type { Result } from "@contract";
import { describe, expect, it, vi } from "vitest";
import { createPagedRows } from "../../../src/renderer/bridge/paged-rows.ts";

interface NumbersPage {
  readonly rows: readonly number[];
  readonly nextCursor?: string;
}

function source(total: () => number, pageSize = 10) {
  const asked: string[] = [];
  const rows = createPagedRows<number, NumbersPage>(pageSize, async (cursor): Promise<Result<NumbersPage>> => {
    asked.push(cursor ?? "first");
    const from = Number(cursor ?? 0);
    const to = Math.min(from + pageSize, total());
    const numbers = Array.from({ length: to - from }, (_, index) => from + index);
    await Promise.resolve();
    return { ok: true, value: { rows: numbers, ...(to < total() ? { nextCursor: String(to) } : {}) } };
  });
  return { rows, asked };
}

const held = (rows: ReturnType<typeof source>["rows"]) => rows.state().pages.flatMap((page) => page.rows);

describe("rows read page by page", () => {
  it("reads the first page, then only what is wanted on screen", async () => {
    const { rows, asked } = source(() => 100);
    rows.subscribe(() => undefined);
    await vi.waitFor(() => expect(rows.state().isLoading).toBe(false));
    expect(asked).toEqual(["first"]);
    rows.want(34);
    await vi.waitFor(() => expect(held(rows)).toHaveLength(40));
    expect(asked).toEqual(["first", "10", "20", "30"]);
  });

  it("stops at the end of the list", async () => {
    const { rows, asked } = source(() => 15);
    rows.subscribe(() => undefined);
    rows.want(500);
    await vi.waitFor(() => expect(held(rows)).toHaveLength(15));
    rows.want(900);
    await vi.waitFor(() => expect(rows.state().isLoading).toBe(false));
    expect(asked).toEqual(["first", "10"]);
  });

  it("keeps the old rows on screen until a reload has the new ones", async () => {
    let total = 30;
    const { rows } = source(() => total);
    const seen: number[] = [];
    rows.subscribe(() => void seen.push(held(rows).length));
    rows.want(29);
    await vi.waitFor(() => expect(held(rows)).toHaveLength(30));
    seen.length = 0;
    total = 22;
    rows.reload();
    await vi.waitFor(() => expect(held(rows)).toHaveLength(22));
    expect(seen.every((count) => count === 30 || count === 22)).toBe(true);
  });

  it("says why a page could not be read and recovers on reload", async () => {
    let isBroken = true;
    const failure = { code: "internal", message: "No.", retryable: true, correlationId: "c" } as const;
    const rows = createPagedRows<number, NumbersPage>(10, () =>
      Promise.resolve(isBroken ? { ok: false, failure } : { ok: true, value: { rows: [1] } }),
    );
    rows.subscribe(() => undefined);
    await vi.waitFor(() => expect(rows.state().failure).toEqual(failure));
    isBroken = false;
    rows.reload();
    await vi.waitFor(() => expect(held(rows)).toEqual([1]));
    expect(rows.state().failure).toBeUndefined();
  });
});
