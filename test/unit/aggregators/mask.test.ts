import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskAccountNumbers } from "@contract/rules/account-number-text.ts";
import { detailFields } from "@contract/rules/aggregation/detail-fields.ts";
import {
  maskedDetail, maskedJson, maskedNumber, maskedPosition, maskedUnknown,
} from "../../../src/main/features/accounts/aggregated-mask.ts";

const number = fc.stringMatching(/^\d{8,17}$/u);
const words = fc.stringMatching(/^[a-z ,;:]{0,20}$/u);
const between = fc.constantFrom("", " ", "-", ".", " - ");
const signs = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, "");

/** The longest end of `hidden` that stands in `shown`, blanks and marks left out. */
function shownOf(hidden: string, shown: string): number {
  const bare = signs(shown);
  for (let length = hidden.length; length > 0; length -= 1) if (bare.includes(hidden.slice(-length))) return length;
  return 0;
}

describe("the mask of an account number", () => {
  it("shows the last four letters and digits of a longer one, nothing of a shorter one, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const bare = signs(text);
        expect(maskedNumber(text)).toBe(bare.length > 4 ? `•••• ${bare.slice(-4)}` : "••••");
      }),
    );
  });

  it("leaves at most the last four of any number of eight digits or more in free text", () => {
    fc.assert(
      fc.property(words, number, words, (before, digits, after) => {
        const shown = maskAccountNumbers(`${before} ${digits} ${after}`);
        expect(shownOf(digits, shown)).toBeLessThanOrEqual(4);
        expect(shown).toContain(`••••${digits.slice(-4)}`);
      }),
    );
  });

  it("leaves at most the last four of a number that is named as hidden, however it is typed", () => {
    const known = fc.stringMatching(/^[A-Z0-9]{5,20}$/u).filter((text) => /\d/u.test(text));
    const twenty = fc.array(between, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(words, known, twenty, words, (before, hidden, marks, after) => {
        const typed = Array.from(hidden, (sign, index) => `${index === 0 ? "" : (marks[index] ?? "")}${sign}`).join("");
        const shown = maskAccountNumbers(`${before} ${typed} ${after}`, { hidden: [hidden] });
        expect(signs(shown)).not.toContain(hidden);
        expect(shown).toContain("••••");
      }),
    );
  });

  it("changes nothing when it is used twice", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(words, number, between), { maxLength: 8 }), (parts) => {
        const once = maskAccountNumbers(parts.join(""));
        expect(maskAccountNumbers(once)).toBe(once);
      }),
    );
  });
});

describe("the masks of a provider's record", () => {
  const strangeKey = fc
    .stringMatching(/^[a-z][A-Za-z]{0,20}$/u)
    .filter((key) => !detailFields.has(key) && !/date$/iu.test(key));

  it("leave at most the last four of a number under any key that no document names", () => {
    fc.assert(
      fc.property(strangeKey, number, (key, digits) => {
        const shown = [
          maskedUnknown(key, digits), maskedDetail({ [key]: digits })[key], maskedPosition({ [key]: digits })[key],
          maskedJson(key, { inner: [`no ${digits}`] }),
        ];
        for (const text of shown) expect(shownOf(digits, text ?? digits)).toBeLessThanOrEqual(4);
      }),
    );
  });

  it("leave at most the last four under a key that calls it a number, with marks between and letters in it", () => {
    const named = fc.constantFrom("accountNumber", "cardNo", "bankAcctNum", "iban", "memberNumber", "taxId");
    const typed = fc.stringMatching(/^[A-Z]{0,2}\d{2}[ -]?\d{3}[ -]?\d{3,9}$/u);
    fc.assert(
      fc.property(named, typed, (key, text) => {
        expect(shownOf(signs(text), maskedDetail({ [key]: text })[key] ?? text)).toBeLessThanOrEqual(4);
      }),
    );
  });

  it("leave amounts and the moments of documented fields as they were sent", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const amount = `${String(whole)}.${String(cents).padStart(2, "0")}`;
        expect(maskedDetail({ availableBalanceAmount: amount })).toEqual({ availableBalanceAmount: amount });
      }),
    );
    expect(maskedDetail({ paymentDueDate: "1421996400" })).toEqual({ paymentDueDate: "1421996400" });
  });
});
