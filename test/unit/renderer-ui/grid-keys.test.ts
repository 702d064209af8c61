import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { movedCursor, type GridCursor } from "../../../src/renderer/ui/grid-keys.ts";

const size = { rows: 100, columns: 5, pageRows: 20 };
const press = (from: GridCursor, key: string, ctrl = false) => movedCursor(from, { key, ctrl }, size);
const at = (row: number, column: number): GridCursor => ({ row, column });

describe("the cell cursor", () => {
  it.each([
    ["ArrowDown", false, at(11, 2)],
    ["ArrowUp", false, at(9, 2)],
    ["ArrowLeft", false, at(10, 1)],
    ["ArrowRight", false, at(10, 3)],
    ["Home", false, at(10, 0)],
    ["End", false, at(10, 4)],
    ["PageDown", false, at(30, 2)],
    ["PageUp", false, at(0, 2)],
    ["Home", true, at(0, 0)],
    ["End", true, at(99, 4)],
    ["ArrowDown", true, at(99, 2)],
    ["ArrowUp", true, at(0, 2)],
    ["ArrowLeft", true, at(10, 0)],
    ["ArrowRight", true, at(10, 4)],
  ])("moves with %s, Ctrl %s", (key, ctrl, to) => {
    expect(press(at(10, 2), key, ctrl)).toEqual(to);
  });

  it("reaches the headings above the first row, and no further", () => {
    expect(press(at(0, 2), "ArrowUp")).toEqual(at(-1, 2));
    expect(press(at(-1, 2), "ArrowUp")).toEqual(at(-1, 2));
    expect(press(at(-1, 2), "ArrowDown")).toEqual(at(0, 2));
  });

  it("leaves every other key alone", () => {
    for (const key of ["Enter", " ", "Tab", "a", "Escape"]) expect(press(at(10, 2), key)).toBeUndefined();
  });

  it("stays inside a list of any size", () => {
    const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean()), { maxLength: 40 }),
        (rows, columns, presses) => {
          let cursor = at(Math.min(0, rows - 1), 0);
          for (const [key, ctrl] of presses) {
            cursor = movedCursor(cursor, { key, ctrl }, { rows, columns, pageRows: 7 }) ?? cursor;
            expect(
              cursor.row >= -1 && cursor.row < Math.max(rows, 0) && cursor.column >= 0 && cursor.column < columns,
            ).toBe(true);
          }
        },
      ),
    );
  });
});
