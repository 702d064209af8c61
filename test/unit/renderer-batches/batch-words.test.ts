import { describe, expect, it } from "vitest";
import {
  damagedSentence,
  otherDamage,
  sampleRowsText,
  sortedGroups,
  stoppedSentence,
} from "../../../src/renderer/features/batches/check-words.ts";
import {
  outcomeShare,
  tenthOf,
  tenthSentence,
  withProgress,
  workSentence,
} from "../../../src/renderer/features/batches/progress-words.ts";
import { placesText } from "../../../src/renderer/features/batches/read-problems.tsx";
import { isNarrowed, noFilter, rowFilterOf } from "../../../src/renderer/features/batches/row-filter.ts";
import { bytesText, durationText } from "../../../src/renderer/ui/format.ts";
import { batchSample } from "./batch-sample.ts";

const outcomes = { accepted: 803, reversed: 0, refused: 6, unknown: 2, conflict: 4, sending: 1, left: 468, waiting: 0, withdrawn: 0 };
const group = (id: string, part: object) => ({
  id,
  code: "X",
  column: "C",
  severity: "error" as const,
  message: "m",
  count: 1,
  sampleRows: [2],
  samples: [],
  damage: false,
  ...part,
});

describe("how far a batch has come", () => {
  it("counts each row once", () => {
    expect(outcomeShare(outcomes)).toEqual({ done: 815, total: 1_284 });
    expect(tenthSentence(outcomes)).toBe(
      "60 %: 815 of 1,284 rows. 803 accepted, 6 refused, 2 outcome unknown, 4 in conflict.",
    );
  });

  it("speaks at every tenth and not before", () => {
    expect([0, 9, 10, 19, 99, 100].map((done) => tenthOf(done, 100))).toEqual([0, 0, 1, 1, 9, 10]);
    expect(tenthOf(0, 0)).toBe(0);
  });

  it("says rows, rate and time left while a file is read", () => {
    expect(workSentence({ rowsDone: 12_400, rowsTotal: 100_000, perSecond: 18_300, leftMs: 240_000 })).toBe(
      "12,400 of 100,000 rows, 18,300 a second, 4 min left.",
    );
    expect(workSentence({ rowsDone: 5 })).toBe("5 rows.");
    expect([durationText(30_000), durationText(3_600_000), durationText(4_800_000)]).toEqual([
      "under 1 min",
      "1 h",
      "1 h 20 min",
    ]);
    expect([bytesText(812), bytesText(214_400), bytesText(1_432_000)]).toEqual(["812 B", "214 kB", "1.4 MB"]);
  });

  it("takes running numbers only of this batch in this state", () => {
    const batch = batchSample({ state: "sending" });
    const told = { id: batch.id, state: "sending" as const, rowsDone: 815, outcomes, perSecond: 1.9 };
    expect(withProgress(batch, told)).toMatchObject({ outcomes, perSecond: 1.9 });
    expect(withProgress(batch, { ...told, state: "paused" })).toBe(batch);
    expect(withProgress(batch, { ...told, id: 8 as typeof batch.id })).toBe(batch);
  });
});

describe("problems of a file", () => {
  it("come with damage first, then errors, then warnings, each the largest first", () => {
    const sorted = sortedGroups([
      group("w", { severity: "warning", count: 90 }),
      group("e", { count: 2 }),
      group("f", { count: 5 }),
      group("d", { damage: true }),
    ]);
    expect(sorted.map((each) => each.id)).toEqual(["d", "f", "e", "w"]);
  });

  it("say how many rows are not sent and that the others are not affected", () => {
    expect(damagedSentence(41, 5_000)).toBe(
      "These 41 rows are Blocked and will not be sent; the other 4,959 rows are not affected by this.",
    );
    expect(stoppedSentence({ blocked: 1, "will-change": 1 }, 2)).toBe(
      "1 row is blocked and will not be sent. The other 1 row is not affected.",
    );
    expect(stoppedSentence({ "not-found": 3 }, 3)).toBe("3 rows are not found and will not be sent. No other row is left.");
    expect(stoppedSentence({ blocked: 2, "not-found": 1, "duplicate-key": 4, conflict: 1, "no-change": 9 }, 17)).toBe(
      "2 rows are blocked, 1 not found, 4 of an account that stands twice and 1 in conflict; they will not be sent. " +
        "The other 9 rows are not affected.",
    );
    expect(stoppedSentence({ "no-change": 2 }, 2)).toBe("No row is blocked.");
    expect(sampleRowsText(group("a", { count: 41, sampleRows: [4, 9, 12, 31, 40] }))).toBe(
      "Rows 4, 9, 12, 31 and 37 more",
    );
    expect(sampleRowsText(group("a", {}))).toBe("Row 2");
  });

  it("sum the damage of every other column, what can be put right apart from what is lost", () => {
    const damaged = (id: string, part: object) => group(id, { damage: true, ...part });
    expect(
      otherDamage([
        damaged("a", { column: "Account UID", count: 49, fix: "Take the .0 off" }),
        damaged("b", { column: "Account UID", count: 50, fix: "Take the apostrophe off" }),
        damaged("c", { column: "Account UID", count: 1 }),
        damaged("d", { column: "Cost center", count: 2 }),
      ]),
    ).toBe(
      "Also damaged: “Account UID”, 99 values that can be put right below and 1 value that cannot be recovered; " +
        "“Cost center”, 2 values that cannot be recovered.",
    );
    expect(otherDamage([])).toBe("");
  });

  it("say by line and column where the file itself is wrong, the same thing once", () => {
    const at = (line: number, column?: number) => ({ line, message: "m", ...(column === undefined ? {} : { column }) });
    expect(placesText([at(14)])).toBe("Line 14:");
    expect(placesText([at(3, 7)])).toBe("Line 3, column 7:");
    expect(placesText([14, 114, 214, 314, 1_414].map((line) => at(line)))).toBe("Lines 14, 114, 214, 314 and 1 more:");
  });
});

describe("a filter of the rows", () => {
  it("asks the bridge only for what narrows", () => {
    expect(rowFilterOf({ ...noFilter, bucket: "conflict", search: "  " })).toEqual({ bucket: "conflict" });
    expect(
      rowFilterOf({ bucket: "will-change", search: " Maple ", risk: "high", field: "secCodes", size: "large" }),
    ).toEqual({
      bucket: "will-change",
      search: "Maple",
      risk: "high",
      field: "secCodes",
      largeIncrease: true,
    });
    expect(isNarrowed({ ...noFilter, bucket: "blocked" })).toBe(false);
    expect(isNarrowed({ ...noFilter, bucket: "blocked", size: "half" })).toBe(true);
    expect(rowFilterOf({ ...noFilter, bucket: "will-change", size: "half" })).toMatchObject({ increaseFromTenths: 500 });
  });
});
