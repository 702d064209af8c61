import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskForTrail, maskDigits, maskNumber, redact, redactText } from "../../../src/main/core/mask.ts";

describe("masking for the audit trail", () => {
  it("keeps the last four of account numbers and nothing of secrets, at any depth", () => {
    const masked = maskForTrail({
      accountNumber: "000123454444",
      fboAccountNumber: { text: "99887766", masked: true },
      clientSecret: "hunter2",
      nested: [
        { externalAuthToken: "abc", passphrase: { typed: "x" }, routingNumber: "101206101", limitMinor: 25000000 },
      ],
    });
    expect(masked).toEqual({
      accountNumber: "•••• 4444",
      fboAccountNumber: { text: "•••• 7766", masked: true },
      clientSecret: "•••",
      nested: [{ externalAuthToken: "•••", passphrase: "•••", routingNumber: "101206101", limitMinor: 25000000 }],
    });
  });

  it("masks account numbers in other texts, and keeps what its key says is none", () => {
    const quoted = { hidden: ["AB12C34"] };
    const masked = maskForTrail(
      { reason: "was 000123454444, now ab12 c34", debitExposureLimit: "250000000", achCompanyId: "1234567899" },
      quoted,
    );
    expect(masked).toEqual({
      reason: "was ••••4444, now ••••2C34",
      debitExposureLimit: "250000000",
      achCompanyId: "1234567899",
    });
  });

  it("shows nothing of a number too short to mask", () => {
    expect(maskNumber("4444")).toBe("••••");
  });

  it("never lets an account number through, wherever the key stands", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{5,17}$/u),
        fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 }),
        (number, path) => {
          const value = path.reduce<unknown>((inner, key) => ({ [key === "__proto__" ? "p" : key]: inner }), {
            accountNumber: number,
          });
          expect(JSON.stringify(maskForTrail(value))).not.toContain(number);
        },
      ),
    );
  });
});

describe("redaction for the log", () => {
  it("masks tokens, assigned secrets and long digit runs in free text", () => {
    const line = redactText(
      "Bearer abcdef.ghijkl client_secret=hunter2&x=1 account 000123454444 eyJhbGciOi.eyJzdWIi.sig done",
    );
    expect(line).not.toMatch(/abcdef|hunter2|000123454444|eyJhbGciOi/u);
    expect(line).toContain("••••4444");
    expect(line).toContain("done");
  });

  it("masks text inside facts and keeps what tells nothing", () => {
    expect(redact({ message: "number 1234567890", count: 12, ok: true, authorization: "Basic abc" })).toEqual({
      message: "number ••••7890",
      count: 12,
      ok: true,
      authorization: "•••",
    });
  });

  it("leaves runs below the limit alone", () => {
    expect(maskDigits("2156 and 123456", 7)).toBe("2156 and 123456");
  });
});
