import { describe, expect, it } from "vitest";
import {
  draftOf,
  draftProblems,
  ignoredSentence,
  keptDraft,
  keyOptions,
  mainsDraft,
  mustCheckAgain,
  setColumnsInput,
  targetGroups,
  withTarget,
  withUnit,
} from "../../../src/renderer/features/batches/column-draft.ts";
import { understoodWords } from "../../../src/renderer/features/batches/understood.ts";
import { batchSample } from "./batch-sample.ts";

const one = [{ id: 1 as never }];

describe("what the columns of a file are", () => {
  it("starts with what was recognised, the surest key and the only connection", () => {
    const draft = draftOf(batchSample({ connectionId: undefined }), one);
    expect(draft.targets).toEqual(["customerUID", "accountUID", "debitExposureLimit", "ignore"]);
    expect(draft.key).toBe("customer-and-account");
    expect(draft.connectionId).toBe(1);
    expect(draftProblems(draft, batchSample())).toEqual([]);
  });

  it("leaves the choice of several connections to the person", () => {
    const draft = draftOf(batchSample({ connectionId: undefined }), [...one, { id: 2 as never }]);
    expect(draftProblems(draft, batchSample())).toEqual([
      { field: "connection", message: "Choose the connection the changes go to." },
    ]);
  });

  it("says why a key is not possible, and gives it up when its column goes", () => {
    const draft = draftOf(batchSample(), one);
    expect(keyOptions(draft.targets).find((option) => option.kind === "account-number")?.why).toBe(
      "No column is Account number.",
    );
    const without = withTarget(draft, 1, "ignore");
    expect(without.key).toBeUndefined();
    expect(draftProblems(without, batchSample()).map((problem) => problem.field)).toContain("key");
    expect(withTarget(without, 3, "last4").key).toBe("last-four-and-customer");
  });

  it("asks dollars or cents, and sends the answer", () => {
    const batch = batchSample();
    const asked = batchSample({
      columns: batch.columns.map((column) => (column.index === 2 ? { ...column, unit: "ask" } : column)),
    });
    const draft = draftOf(asked, one);
    expect(draftProblems(draft, asked)).toEqual([
      { field: "unit-2", message: "Say whether “Debit” is in dollars or in cents." },
    ]);
    const answered = withUnit(draft, 2, "cents");
    expect(draftProblems(answered, asked)).toEqual([]);
    expect(setColumnsInput(asked, answered)?.columns[2]).toEqual({
      index: 2,
      target: "debitExposureLimit",
      unit: "cents",
    });
  });

  it("refuses two columns for one field and a file that changes nothing", () => {
    const batch = batchSample();
    const twice = withTarget(draftOf(batch, one), 3, "debitExposureLimit");
    expect(draftProblems(twice, batch)[0]).toEqual({
      field: "column-3",
      message: "“Debit” and “Branch” are both Debit limit. Ignore one of them.",
    });
    const nothing = withTarget(draftOf(batch, one), 2, "ignore");
    expect(draftProblems(nothing, batch).map((problem) => problem.message)).toContain(
      "No column changes anything. Choose at least one field of the account.",
    );
  });

  it("asks to remember a map only of a file that names its columns itself", () => {
    const reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: true };
    const named = batchSample({ reading });
    const draft = { ...draftOf(named, one), saveMapAs: "Quarterly" };
    expect(setColumnsInput(named, draft)?.saveMapAs).toBe("Quarterly");
    expect(setColumnsInput(batchSample({ reading: { ...reading, header: false } }), draft)?.saveMapAs).toBeUndefined();
    const columns = named.columns.map((column) => ({ ...column, header: `Column ${String(column.index + 1)}` }));
    expect(setColumnsInput(batchSample({ reading, columns }), draft)?.saveMapAs).toBeUndefined();
  });

  it("are kept also while half of them are missing or wrong", () => {
    const batch = batchSample();
    const half = withTarget(withTarget(draftOf(batch, one), 1, "ignore"), 3, "debitExposureLimit");
    expect(half.key).toBeUndefined();
    expect(setColumnsInput(batch, half)).toBeUndefined();
    const kept = keptDraft(batch, { ...half, connectionId: undefined, saveMapAs: "Limits" });
    const again = draftOf({ ...batch, connectionId: undefined, columnDraft: kept }, []);
    expect(again).toEqual({ ...half, connectionId: undefined, saveMapAs: "Limits" });
    expect(mainsDraft({ ...batch, columnDraft: kept }, one).targets).toEqual(batch.columns.map(({ target }) => target));
  });

  it("must be checked again only where they differ from those the rows were checked with", () => {
    const batch = batchSample();
    const draft = draftOf(batch, one);
    const mustCheck = (changed: typeof draft, of = batch) => mustCheckAgain(of, keptDraft(of, changed));
    expect(mustCheck({ ...draft, saveMapAs: "Another name" })).toBe(false);
    expect(mustCheck(withTarget(draft, 2, "ignore"))).toBe(true);
    expect(mustCheck(withUnit(draft, 2, "cents"))).toBe(true);
    expect(mustCheck({ ...draft, connectionId: 2 as never })).toBe(true);
    expect(mustCheck({ ...draft, key: undefined })).toBe(true);
    expect(mustCheck(withTarget(draft, 2, "ignore"), batchSample({ state: "columns" }))).toBe(false);
  });

  it("change a saved map only on purpose, and then under a name", () => {
    const reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: true };
    const batch = batchSample({ reading, mapName: "Limits", savedMap: { id: 1, name: "Limits", fits: true } });
    const draft = draftOf(batch, one);
    expect(setColumnsInput(batch, withTarget(draft, 3, "costCenter"))).not.toHaveProperty("saveMapAs");
    expect(setColumnsInput(batch, { ...draft, saveMapAs: " Limits " })).toMatchObject({ saveMapAs: "Limits" });
    expect(draftProblems({ ...draft, saveMapAs: " " }, batch)).toEqual([
      { field: "saveMapAs", message: "Give the saved map a name, or leave it as it is." },
    ]);
  });

  it("names what is ignored", () => {
    const batch = batchSample();
    expect(ignoredSentence(draftOf(batch, one), batch.columns)).toBe(
      "Ignored: “Branch”. It stays in the result file, untouched.",
    );
    const two = withTarget(draftOf(batch, one), 2, "ignore");
    expect(ignoredSentence(two, batch.columns)).toContain("“Debit” and “Branch”. They stay");
  });

  it("offers every field of an update exactly once", () => {
    const ids = targetGroups.flatMap((group) => group.targets.map((target) => target.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(["reason", "secCodes", "fundingBasis", "last4", "ignore", "additionalAttributes"]),
    );
  });

  it("shows amounts as they are understood in either unit", () => {
    const column = { samples: ["1,500", "(250)", "", "x"] };
    expect(understoodWords(column, "dollars")).toBe("1,500 → 1,500.00, (250) → −250.00, x → cannot be read");
    expect(understoodWords(column, "cents")).toBe("1,500 → 15.00, (250) → −2.50, x → cannot be read");
    const german = { samples: ["1.500", "1,5"], decimal: "," as const };
    expect(understoodWords(german, "dollars")).toBe("1.500 → 1,500.00, 1,5 → 1.50");
  });
});
