import type { KnownFields } from "@contract";
import { describe, expect, it } from "vitest";
import {
  createDraftForm,
  editForm,
  emptyDraft,
  forgetMasked,
  startForm,
  undoEdit,
  withCode,
  withField,
  withoutFields,
} from "../../../src/renderer/features/changes/draft-form.ts";

const known: KnownFields = {
  secCodes: { value: ["CCD", "PPD", "CTX"], source: "vostro-wrote", atMs: 1 },
};

describe("the draft form", () => {
  it("undoes typing in one field as one step and goes back field by field", () => {
    let form = startForm(emptyDraft);
    form = editForm(form, "creditExposureLimit", withField(form.draft, "creditExposureLimit", "4"));
    form = editForm(form, "creditExposureLimit", withField(form.draft, "creditExposureLimit", "40"));
    form = editForm(form, "costCenter", withField(form.draft, "costCenter", "77"));
    form = undoEdit(form);
    expect(form.draft.proposed).toEqual({ creditExposureLimit: "40" });
    form = undoEdit(form);
    expect(form.draft.proposed).toEqual({});
    expect(undoEdit(form)).toBe(form);
  });

  it("undoes every click of a switch by itself", () => {
    let form = startForm(emptyDraft);
    form = editForm(form, "secCodes", withCode(form.draft, known, "WEB", true), { step: true });
    form = editForm(form, "secCodes", withCode(form.draft, known, "TEL", true), { step: true });
    expect(undoEdit(form).draft.proposed.secCodes).toEqual(["CCD", "PPD", "CTX", "WEB"]);
  });

  it("counts an undo as an edit, so that it is saved too", () => {
    const store = createDraftForm(emptyDraft);
    store.setState(editForm(store.getState(), "costCenter", withField(emptyDraft, "costCenter", "1")), true);
    const edits = store.getState().edits;
    store.setState(undoEdit(store.getState()), true);
    expect(store.getState().edits).toBe(edits + 1);
  });

  it("drops the proposal of SEC codes when the known set is back, in whatever order", () => {
    let draft = withCode(emptyDraft, known, "CCD", false);
    expect(draft.proposed.secCodes).toEqual(["PPD", "CTX"]);
    draft = withCode(draft, known, "CCD", true);
    expect(draft.proposed.secCodes).toBeUndefined();
  });

  it("keeps a proposal of no codes where the known codes are unknown", () => {
    const draft = withCode(withCode(emptyDraft, {}, "WEB", true), {}, "WEB", false);
    expect(draft.proposed.secCodes).toEqual([]);
  });

  it("takes a stored masked proposal away when the field is reverted", () => {
    const draft = { ...emptyDraft, kept: { accountNumber: "9911" } };
    expect(withoutFields(draft, ["accountNumber"]).kept).toEqual({});
    expect(withField(draft, "accountNumber", "123").kept).toEqual({});
  });

  it("forgets a full number once main holds it, in the undo history as well, but not while it is typed", () => {
    let form = startForm(emptyDraft);
    form = editForm(form, "accountNumber", withField(form.draft, "accountNumber", "5500119911"));
    form = editForm(form, "costCenter", withField(form.draft, "costCenter", "7"));
    expect(forgetMasked(form, form.draft, { accountNumber: "9911" }, "accountNumber")).toBe(form);
    const after = forgetMasked(form, form.draft, { accountNumber: "9911" }, undefined);
    expect(JSON.stringify(after)).not.toContain("5500119911");
    expect(after.draft.kept).toEqual({ accountNumber: "9911" });
    expect(undoEdit(after).draft).toEqual({ ...emptyDraft, kept: { accountNumber: "9911" } });
  });

  it("does not forget a number that was typed on after it was sent to main", () => {
    let form = startForm(emptyDraft);
    form = editForm(form, "accountNumber", withField(form.draft, "accountNumber", "5500119911"));
    const sent = form.draft;
    form = editForm(form, "accountNumber", withField(form.draft, "accountNumber", "55001199112"));
    expect(forgetMasked(form, sent, { accountNumber: "9911" }, undefined)).toBe(form);
  });
});
