import currencyCodes from "currency-codes";
import * as fc from "fast-check";
import countries from "i18n-iso-countries";
import { describe, expect, it } from "vitest";
import { checkAba } from "@contract/rules/aba.ts";
import { checkBic } from "@contract/rules/bic.ts";
import { checkCompanyId } from "@contract/rules/company-id.ts";
import { countryCodes } from "@contract/rules/countries.ts";
import { currencyMinorDigits } from "@contract/rules/currencies.ts";
import {
  highRiskSecCodes, normaliseSecCodes, originableSecCodes, retiredSecCodes, secCode, secCodes,
} from "@contract/rules/sec-codes.ts";

const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];
const validAba = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 })
  .map((digits) => {
    const sum = digits.reduce((total, digit, at) => total + digit * (weights[at] ?? 0), 0);
    return [...digits, (10 - (sum % 10)) % 10];
  })
  .filter((digits) => digits.some((digit) => digit !== 0));

describe("ABA routing numbers", () => {
  it("accepts real numbers and notes unassigned prefixes", () => {
    for (const real of ["101206101", "021000021", "011401533", "154000008", "655060042"]) {
      expect(checkAba(real)).toEqual({ ok: true, assignedPrefix: true });
    }
    expect(checkAba("789456124")).toEqual({ ok: true, assignedPrefix: false });
    expect(checkAba("000000000")).toEqual({ ok: false, fault: "zero" });
    for (const odd of ["", "12345678", "1012061011", "10120610١", " 101206101"]) {
      expect(checkAba(odd)).toEqual({ ok: false, fault: "digits" });
    }
  });

  it("catches every wrong digit, and every swap of neighbours that the weights can see", () => {
    const digit = fc.integer({ min: 0, max: 8 });
    fc.assert(
      fc.property(validAba, digit, fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        expect(checkAba(digits.join("")).ok).toBe(true);
        const wrong = digits.with(at, ((digits[at] ?? 0) + shift) % 10);
        expect(checkAba(wrong.join("")).ok).toBe(false);
        const [a = 0, b = 0] = digits.slice(at, at + 2);
        if (at === 8 || Math.abs(a - b) % 5 === 0) return;
        const swapped = digits.with(at, b).with(at + 1, a);
        expect(checkAba(swapped.join(""))).toMatchObject(
          { ok: false, fault: "checksum", swap: expect.any(Number) as number },
        );
      }),
    );
  });
});

describe("BIC, company id", () => {
  it("reads a BIC by ISO 9362", () => {
    expect(checkBic("CHASUS33")).toEqual({ ok: true, country: "US", lettersOnly: true });
    expect(checkBic("CHASZZ33")).toEqual({ ok: false, fault: "country" });
    expect(checkBic("S23CKENXXXX")).toEqual({ ok: true, country: "KE", lettersOnly: false });
    expect(checkBic("NLPRXKPR")).toEqual({ ok: true, country: "XK", lettersOnly: true });
    const misshaped = ["CHASUS3", "CHASUS333", "chasus33", "CHASUS33XX", "CHAS1S33"];
    for (const bad of misshaped) expect(checkBic(bad).ok).toBe(false);
  });

  it("reads a company id and its designator", () => {
    expect(checkCompanyId("1823273909")).toEqual({ ok: true, usual: true, designator: "EIN" });
    expect(checkCompanyId("0018036281")).toEqual({ ok: true, usual: true });
    expect(checkCompanyId("231380104P")).toEqual({ ok: true, usual: false });
    expect(checkCompanyId("12345678901")).toEqual({ ok: false, fault: "length" });
    expect(checkCompanyId("12 456")).toEqual({ ok: false, fault: "characters" });
  });
});

describe("code lists", () => {
  it("holds ISO 4217 with its minor digits, without codes that have none", () => {
    const noMinorUnit = ["XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"];
    const newer = new Map([["XAD", 2], ["XCG", 2]]);
    const expected = new Map(
      currencyCodes.data.filter((c) => !noMinorUnit.includes(c.code)).map((c) => [c.code, c.digits]),
    );
    for (const [code, digits] of newer) expected.set(code, digits);
    expect(Object.fromEntries(currencyMinorDigits)).toEqual(Object.fromEntries(expected));
  });

  it("holds ISO 3166-1 alpha-2 and XK", () => {
    expect([...countryCodes].toSorted()).toEqual(Object.keys(countries.getAlpha2Codes()).toSorted());
  });

  it("holds the 23 SEC codes with their sets", () => {
    expect(secCodes).toHaveLength(23);
    expect(new Set(secCodes.map((entry) => entry.code)).size).toBe(23);
    expect([...originableSecCodes].toSorted()).toEqual("BOC CCD CIE CTX IAT POP POS PPD TEL WEB".split(" "));
    const system = secCodes.filter((entry) => entry.systemOnly).map((entry) => entry.code);
    expect(system.toSorted()).toEqual("ACK ADV ATX COR DNE ENR".split(" "));
    const debit = secCodes.filter((entry) => entry.debit).map((entry) => entry.code);
    expect(debit.toSorted()).toEqual("ARC BOC CCD CTX IAT MTE POP POS PPD RCK SHR TEL TRC TRX WEB XCK".split(" "));
    const credit = secCodes.filter((entry) => entry.credit).map((entry) => entry.code);
    expect(credit.toSorted()).toEqual("CCD CIE CTX IAT MTE PPD WEB".split(" "));
    const unlisted = secCodes.filter((entry) => entry.finzly === "unlisted").map((entry) => entry.code);
    expect(unlisted.toSorted()).toEqual("COR ENR MTE SHR TRC TRX XCK".split(" "));
    expect([...highRiskSecCodes].toSorted()).toEqual("ARC BOC IAT POP RCK TEL WEB".split(" "));
    expect(retiredSecCodes.get("CBR")).toBe("IAT");
    expect(secCode("CBR")).toBeUndefined();
    expect(normaliseSecCodes([" web", "WEB", "", "ccd"])).toEqual(["WEB", "CCD"]);
  });
});
