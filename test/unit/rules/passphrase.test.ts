import { describe, expect, it } from "vitest";
import { passphraseStrength } from "@contract/rules/passphrase.ts";

describe("passphrase strength", () => {
  it.each([
    "violet kettle marble anchor", "red fox sky sea", "k9$Lm2#pQ7!z", "Oslo-ferry-Tuesday-42",
    "ünïcödé schöne Wörter gut",
  ])("accepts %s", (text) => {
    const strength = passphraseStrength(text);
    expect(strength.acceptable).toBe(true);
    expect(strength.score).toBeGreaterThanOrEqual(2);
  });

  it.each([
    "", "short", "Tr0ub4dor&3", "aaaaaaaaaaaa", "abcdabcdabcd", "1234567890123", "qwertyuiopas", "password1234",
    "Password Password Password Password", "Correct Horse Battery Staple", "            ", "a b c d", "vwxyzvwxyzvwxyz",
  ])("refuses %j", (text) => {
    const strength = passphraseStrength(text);
    expect(strength.acceptable).toBe(false);
    expect(strength.score).toBeLessThanOrEqual(1);
    expect(strength.sentence).toMatch(/\.$/u);
  });

  it("rates more words higher", () => {
    const rank = [
      "k9$Lm2#pQ7!z", "red fox sky sea", "violet kettle marble anchor harbour",
    ].map((t) => passphraseStrength(t).score);
    expect(rank).toEqual([2, 3, 4]);
  });
});
