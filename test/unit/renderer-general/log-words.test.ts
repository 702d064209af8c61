import { describe, expect, it } from "vitest";
import { areaLabel } from "../../../src/renderer/features/audit/areas.ts";
import { comparedFacts, jsonLines } from "../../../src/renderer/features/audit/json-lines.ts";
import { verificationWords } from "../../../src/renderer/features/audit/verification-words.ts";

describe("the log", () => {
  it("compares before and after field by field", () => {
    expect(comparedFacts('{"role":"maker","limit":1}', '{"role":"checker","limit":1,"note":"x"}')).toEqual([
      { name: "role", before: "maker", after: "checker", isChanged: true },
      { name: "limit", before: "1", after: "1", isChanged: false },
      { name: "note", before: undefined, after: "x", isChanged: true },
    ]);
    expect(comparedFacts("[1]", undefined)).toBeUndefined();
    expect(comparedFacts("not json", "{}")).toBeUndefined();
  });

  it("prints what is not JSON as it is", () => {
    expect([jsonLines('{"a":1}'), jsonLines("plain")]).toEqual(['{\n  "a": 1\n}', "plain"]);
  });

  it("names the first broken row", () => {
    const broken = {
      intact: false,
      entries: 12,
      headHash: "h",
      checkedAtMs: 0,
      firstBroken: { seq: 7, what: "Its hash differs." },
    };
    expect(verificationWords(broken).sentence).toContain("First broken row: 7. Its hash differs.");
    expect(verificationWords({ intact: true, entries: 1, headHash: "h", checkedAtMs: 0 }).sentence).toContain(
      "1 entry checked",
    );
  });

  it("names areas as people know them", () => {
    expect([areaLabel("person.signed-in"), areaLabel("change.sent"), areaLabel("newer.thing")]).toEqual([
      "People",
      "Changes",
      "newer",
    ]);
  });
});
