import type { Result } from "@contract";
import type { RowPage } from "./paged-rows.ts";

/** Rows after a cursor, or from the first; `skip` of them left out. */
export interface CursorPlace {
  readonly cursor: string | undefined;
  readonly skip: number | undefined;
  readonly limit: number;
}

/**
 * Lets a list that is read from row to row be read by position: the cursors behind every page are kept, and a jump goes
 * on from the nearest before it, at most `mostSkipped` rows a step. Another `turn` begins anew, as rows may have moved.
 */
export function byPosition<P extends RowPage<unknown>>(
  mostSkipped: number,
  fetchPage: (place: CursorPlace) => Promise<Result<P>>,
): (offset: number, limit: number, turn: number) => Promise<Result<P>> {
  let cursors = new Map<number, string>();
  let known = 0;
  let before: Promise<unknown> = Promise.resolve();

  const read = async (offset: number, limit: number): Promise<Result<P>> => {
    const passed = cursors;
    const keep = (position: number, cursor: string | undefined) => {
      if (cursor !== undefined) passed.set(position, cursor);
    };
    for (;;) {
      const from = [...passed.keys()].reduce((most, at) => (at <= offset ? Math.max(most, at) : most), 0);
      const cursor = passed.get(from);
      const left = offset - from;
      if (left <= mostSkipped) {
        // oxlint-disable-next-line eslint/no-await-in-loop -- each step begins where the one before ended
        const page = await fetchPage({ cursor, skip: left === 0 ? undefined : left, limit });
        if (page.ok) keep(offset + page.value.rows.length, page.value.nextCursor);
        return page;
      }
      // oxlint-disable-next-line eslint/no-await-in-loop -- each step begins where the one before ended
      const step = await fetchPage({ cursor, skip: mostSkipped - 1, limit: 1 });
      if (!step.ok) return step;
      if (step.value.nextCursor === undefined) return { ok: true, value: { ...step.value, rows: [] } };
      keep(from + mostSkipped, step.value.nextCursor);
    }
  };

  return (offset, limit, turn) => {
    const page = before.then(() => {
      if (turn !== known) cursors = new Map();
      known = turn;
      return read(offset, limit);
    });
    before = page.catch(() => undefined);
    return page;
  };
}
