import { describe, expect, it } from "vitest";
import { createTickWishes } from "../../../src/renderer/features/batches/tick-wishes.ts";

const row = (number: number, included = true) => ({ row: number, included });

describe("ticks of rows while earlier ones are on their way", () => {
  it("count from what was asked for before, not from what the list still shows", () => {
    const wishes = createTickWishes();
    const first = wishes.begin([7], !wishes.of(row(7)));
    expect(wishes.of(row(7))).toBe(false);
    const second = wishes.begin([7], !wishes.of(row(7)));
    expect(wishes.of(row(7))).toBe(true);
    first(true);
    expect([wishes.of(row(7)), wishes.isBusy()]).toEqual([true, true]);
    second(true);
    expect([wishes.of(row(7, false)), wishes.isBusy()]).toEqual([true, false]);
  });

  it("stay until the list says the same, and then the list is believed", () => {
    const wishes = createTickWishes();
    wishes.begin([7], false)(true);
    wishes.settle([row(7)], "page before");
    expect(wishes.of(row(7))).toBe(false);
    wishes.settle([row(7, false)], "page after");
    expect(wishes.of(row(7))).toBe(true);
  });

  it("are undone where main refused them, and only those", () => {
    const wishes = createTickWishes();
    const [first, second] = [wishes.begin([7, 8], false), wishes.begin([8], true)];
    first(false);
    expect([wishes.of(row(7)), wishes.of(row(8, false))]).toEqual([true, true]);
    second(false);
    expect(wishes.of(row(8, false))).toBe(false);
  });

  it("of all rows go before what was ticked earlier and behind what is ticked later", () => {
    const wishes = createTickWishes();
    const ends = [wishes.begin([7], false), wishes.begin(undefined, true), wishes.begin([9], false)];
    expect([7, 8, 9].map((number) => wishes.of(row(number, false)))).toEqual([true, true, false]);
    for (const end of ends) end(true);
    wishes.settle([row(7, false)], "page before");
    expect([7, 8, 9].map((number) => wishes.of(row(number, false)))).toEqual([true, true, false]);
    wishes.settle([row(7, true)], "page after");
    expect(wishes.of(row(8, false))).toBe(false);
  });
});
