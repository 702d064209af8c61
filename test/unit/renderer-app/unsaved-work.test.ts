import { describe, expect, it } from "vitest";
import { createUnsavedWork } from "../../../src/renderer/ui/unsaved-work.ts";
import { plainLine } from "../../../src/renderer/ui/format.ts";

function draft(name: string, isSaved: boolean) {
  const state = { isDirty: true, saves: 0 };
  const save = () => {
    state.saves += 1;
    state.isDirty = !isSaved;
    return Promise.resolve(isSaved);
  };
  return { state, unsaved: { name, isDirty: () => state.isDirty, save } };
}

describe("what is typed and not saved", () => {
  it("is saved before the page is left, and only what could not be saved is named", async () => {
    const work = createUnsavedWork();
    const good = draft("The draft of A", true);
    const bad = draft("The draft of B", false);
    work.hold(good.unsaved);
    work.hold(bad.unsaved);
    expect(work.isDirty()).toBe(true);
    expect(await work.saveAll()).toEqual(["The draft of B"]);
    expect(await work.saveAll()).toEqual(["The draft of B"]);
    expect(good.state.saves).toBe(1);
    expect(bad.state.saves).toBe(2);
  });

  it("is forgotten once its editor is gone", async () => {
    const work = createUnsavedWork();
    const letGo = work.hold(draft("The draft of A", false).unsaved);
    letGo();
    expect(work.isDirty()).toBe(false);
    expect(await work.saveAll()).toEqual([]);
  });
});

describe("a record's name inside a sentence", () => {
  it("cannot turn the words after it around, and right-to-left names stay as they are", () => {
    expect(plainLine("Send 2 fields of gnp\u202Eexe to Finzly")).toBe("Send 2 fields of gnp\uFFFDexe to Finzly");
    expect(plainLine("בנק הפועלים")).toBe("בנק הפועלים");
  });
});
