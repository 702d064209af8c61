import { expect, it } from "vitest";
import { backoffMs } from "../../../src/main/features/changes/send-one.ts";

const never = (): number => 0;
const most = (): number => 0.999_999;

it("doubles from one second to a minute, spread by up to a quarter", () => {
  expect([0, 1, 2, 5, 6, 40].map((tries) => backoffMs(tries, undefined, never))).toEqual([
    1000, 2000, 4000, 32_000, 60_000, 60_000,
  ]);
  expect(backoffMs(0, undefined, most)).toBe(1250);
  expect(backoffMs(9, undefined, most)).toBe(75_000);
});

it("waits at least as long as the provider asked, a little longer, and never above ten minutes", () => {
  expect(backoffMs(3, 20_000, never)).toBe(20_000);
  expect(backoffMs(3, 20_000, () => 0.5)).toBe(22_500);
  expect(backoffMs(3, 600_000, most)).toBe(600_000);
});
