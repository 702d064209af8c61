import { accountNumberWarning, maskAccountNumbers } from "@contract/rules/account-number-text.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("account numbers in free text", () => {
  it.each([
    ["moved from 70718192937465 by phone", "moved from ••••7465 by phone"],
    ["moved from 7071 8192 9374 by phone", "moved from ••••9374 by phone"],
    ["moved from 7071-8192-9374-65.", "moved from ••••7465."],
    ["IBAN GB29NWBK60161331926819", "IBAN ••••6819"],
    ["ACCT70718192", "ACCT••••8192"],
    ["statement-70718192937465.csv", "statement-••••7465.csv"],
  ])("%s", (typed, kept) => {
    expect(maskAccountNumbers(typed)).toBe(kept);
    expect(accountNumberWarning(typed)).toMatch(/masked in the log/u);
  });

  it.each([
    "limit 25,000,000.00 USD on 2026-11-20 13:25:07, was 95659895.00",
    "CR-2026-104233, ticket 4711, branch 2156",
    "20-11-2026 and 2026-11-20",
    "run 0b2c9e2e-1234-4444-8888-123456789012",
    "head 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  ])("leaves alone: %s", (text) => {
    expect(maskAccountNumbers(text)).toBe(text);
    expect(accountNumberWarning(text)).toBeUndefined();
  });

  it("masks what is known to be an account number in any spacing, however short, letters too", () => {
    const hidden = ["AB12C34", "12345"];
    expect(maskAccountNumbers("from ab 12-c3 4 to 12 345", { hidden })).toBe("from ••••2C34 to ••••2345");
    expect(maskAccountNumbers("row 123456 of 1123450", { hidden })).toBe("row 123456 of 1123450");
  });

  it("keeps what is known to be something else, unless it is an account number too", () => {
    const legible = ["101206101"];
    expect(maskAccountNumbers("routing 101206101", { legible })).toBe("routing 101206101");
    expect(maskAccountNumbers("routing 101206101", { legible, hidden: legible })).toBe("routing ••••6101");
  });

  it("never keeps a known number, wherever and however it stands", () => {
    const number = fc.stringMatching(/^[A-Z0-9(*]{5,17}$/u).filter((text) => /\d/u.test(text));
    fc.assert(
      fc.property(number, fc.string(), fc.string(), fc.constantFrom("", " ", "-"), (known, before, after, sign) => {
        const text = `${before} ${Array.from(known).join(sign)} ${after}`;
        const masked = maskAccountNumbers(text, { hidden: [known] });
        const bare = (one: string) => one.replaceAll(/[\s.-]+/gu, "");
        const around = bare(`${before}|${after}`);
        if (!around.includes(known)) expect(bare(masked)).not.toContain(known);
      }),
    );
  });
});
