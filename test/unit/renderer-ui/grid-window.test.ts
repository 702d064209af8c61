import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allRowsPx,
  columnsToDraw,
  leftShowing,
  placesOf,
  rowsToDraw,
  rowTopPx,
  topShowing,
  type RowHeights,
} from "../../../src/renderer/ui/grid-window.ts";

const aList = fc
  .record({ rowCount: fc.integer({ min: 1, max: 1_000_000 }), rowPx: fc.constantFrom(28, 33, 36), heightPx: fc.nat(900) })
  .chain(({ rowCount, rowPx, heightPx }) =>
    fc
      .record({
        detailIndex: fc.option(fc.nat(rowCount - 1), { nil: undefined }),
        detailPx: fc.nat(400),
        index: fc.nat(rowCount - 1),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        isUpwards: fc.boolean(),
      })
      .map(({ detailIndex, detailPx, index, share, isUpwards }) => {
        const heights: RowHeights = { rowCount, rowPx, detailIndex, detailPx: detailIndex === undefined ? 0 : detailPx };
        const topPx = Math.floor(share * Math.max(0, allRowsPx(heights) - heightPx));
        return { heights, index, view: { topPx, heightPx, isUpwards } };
      }),
  );

describe("the rows of a grid that are drawn", () => {
  it("cover the screen wherever it is, and none is outside of the list", () => {
    fc.assert(
      fc.property(aList, ({ heights, view }) => {
        const { first, last } = rowsToDraw(heights, view);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThan(heights.rowCount);
        expect(rowTopPx(heights, first)).toBeLessThanOrEqual(view.topPx);
        const endPx = Math.min(allRowsPx(heights), view.topPx + view.heightPx);
        expect(rowTopPx(heights, last + 1)).toBeGreaterThanOrEqual(endPx);
      }),
    );
  });

  it("are more on the side the screen moves to", () => {
    const heights = { rowCount: 1000, rowPx: 28, detailIndex: undefined, detailPx: 0 };
    const down = rowsToDraw(heights, { topPx: 2800, heightPx: 280, isUpwards: false });
    const up = rowsToDraw(heights, { topPx: 2800, heightPx: 280, isUpwards: true });
    expect(down.last - 110).toBeGreaterThan(100 - down.first);
    expect(100 - up.first).toBeGreaterThan(up.last - 110);
    expect(up.last - up.first).toBe(down.last - down.first);
  });

  it("are scrolled so that a row is whole on screen, and not at all where it is", () => {
    fc.assert(
      fc.property(aList, ({ heights, view, index }) => {
        fc.pre(view.heightPx >= heights.rowPx);
        const topPx = topShowing(heights, view, index);
        const rowTop = rowTopPx(heights, index);
        expect(rowTop).toBeGreaterThanOrEqual(topPx);
        expect(rowTop + heights.rowPx).toBeLessThanOrEqual(topPx + view.heightPx);
        expect(topShowing(heights, { ...view, topPx }, index)).toBe(topPx);
      }),
    );
  });
});

const someColumns = fc.array(
  fc.record({ width: fc.integer({ min: 24, max: 320 }), grow: fc.constantFrom(undefined, 0, 1, 2) }),
  { minLength: 1, maxLength: 40 },
);

describe("the columns of a grid", () => {
  it("share the free width by their least widths, and keep these where there is none", () => {
    const columns = [{ width: 50, grow: 0 }, { width: 100 }, { width: 100, grow: 2 }];
    expect(placesOf(columns, 650)).toEqual([
      { leftPx: 0, widthPx: 50 },
      { leftPx: 50, widthPx: 200 },
      { leftPx: 250, widthPx: 400 },
    ]);
    expect(placesOf(columns, 100).map(({ widthPx }) => widthPx)).toEqual([50, 100, 100]);
  });

  it("stand edge to edge, none narrower than it may be, and fill the grid when one may grow", () => {
    fc.assert(
      fc.property(someColumns, fc.nat(4000), (columns, gridPx) => {
        const places = placesOf(columns, gridPx);
        let leftPx = 0;
        for (const [at, place] of places.entries()) {
          expect(place.leftPx).toBe(leftPx);
          expect(place.widthPx).toBeGreaterThanOrEqual((columns[at]?.width ?? 0) - 1);
          leftPx += place.widthPx;
        }
        if (columns.some(({ grow }) => grow !== 0)) expect(leftPx).toBeGreaterThanOrEqual(gridPx);
      }),
    );
  });

  it("are drawn where they are on screen, beside the frozen ones", () => {
    const places = placesOf(Array.from({ length: 20 }, () => ({ width: 100, grow: 0 })), 500);
    const shown = (leftPx: number) => columnsToDraw(places, 2, { leftPx, widthPx: 500 });
    expect(shown(0)).toEqual({ first: 2, last: 5 });
    expect(shown(250)).toEqual({ first: 3, last: 8 });
    expect(shown(1500)).toEqual({ first: 16, last: 19 });
  });

  it("are scrolled so that the column of the cursor is not under the frozen ones", () => {
    const places = placesOf(Array.from({ length: 20 }, () => ({ width: 100, grow: 0 })), 500);
    const to = (leftPx: number, column: number) => leftShowing(places, 2, { leftPx, widthPx: 500 }, column);
    expect(to(700, 0)).toBe(700);
    expect(to(700, 5)).toBe(300);
    expect(to(0, 19)).toBe(1500);
    expect(to(250, 5)).toBe(250);
  });
});
