import { describe, expect, it } from "vitest";
import { ruleIssue } from "@contract/rules/field-types.ts";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { ruleCodes } from "@contract/rules/rule-codes.ts";
import { ruleCases } from "./rule-cases.ts";

describe("every rule code", () => {
  it("stands once in the table and has cases", () => {
    const codes = ruleCodes.map((rule) => rule.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(Object.keys(ruleCases).toSorted()).toEqual([...codes].toSorted());
    for (const { fires, silent } of Object.values(ruleCases)) {
      expect(fires.length).toBeGreaterThan(0);
      expect(silent.length).toBeGreaterThan(0);
    }
  });

  for (const rule of ruleCodes) {
    it(`${rule.code}: ${rule.what}`, () => {
      for (const input of ruleCases[rule.code].fires) {
        const found = checkUpdate({ known: {}, ...input }).issues.filter((issue) => issue.code === rule.code);
        expect(found, JSON.stringify(input)).not.toHaveLength(0);
        for (const issue of found) {
          expect(ruleIssue.safeParse(issue).success).toBe(true);
          expect(issue.severity).toBe(rule.severity);
          expect(issue.message).toMatch(/^.+[.}]$/su);
          const nameable = rule.path.startsWith("any ") || rule.code === "FZ-LIMIT-ZERO";
          if (!nameable) expect(issue.path).toBe(rule.path);
        }
      }
      for (const input of ruleCases[rule.code].silent) {
        const codes = checkUpdate({ known: {}, ...input }).issues.map((issue) => issue.code);
        expect(codes, JSON.stringify(input)).not.toContain(rule.code);
      }
    });
  }
});
