import { describe, expect, it } from "vitest";
import { fieldChange, finzlyFieldNames } from "@contract/rules/field-types.ts";
import { encodeUpdate } from "@contract/rules/finzly-encode.ts";
import { displayValue, finzlyFields, lastFour } from "@contract/rules/finzly-fields.ts";

describe("the request body", () => {
  const update = {
    additionalAttributes: [{ attributeName: "Desk", value: "7", id: 3 }], accountFeatures: '{"b":1.50,"a":{"x":true}}',
    creditExposureLimit: 40_000_000, enableWire: "Yes", enableCallbacks: false, accountNumber: "0012344444",
    accountName: 'He said "hi" \u2028', reason: "two\nlines",
  };

  it("is exact: provider's order, decimal literals, Yes/No as text, flags as booleans, features untouched", () => {
    expect(encodeUpdate(update, "USD")).toBe(
      '{"accountNumber":"0012344444","accountName":"He said \\"hi\\" \u2028","enableWire":"Yes",' +
        '"enableCallbacks":false,' +
        '"creditExposureLimit":400000.00,"reason":"two\\nlines","accountFeatures":{"b":1.50,"a":{"x":true}},' +
        '"additionalAttributes":[{"attributeName":"Desk","value":"7","id":3}]}',
    );
    expect(encodeUpdate({ creditExposureLimit: 400 }, "JPY")).toBe('{"creditExposureLimit":400}');
    expect(encodeUpdate({}, "USD")).toBe("{}");
  });

  it("masks account numbers for the screen and stays the same otherwise", () => {
    const shown = encodeUpdate({ ...update, fboAccountNumber: "1122344" }, "USD", { mask: true, pretty: true });
    expect(shown).toContain('  "accountNumber": "••••4444",\n');
    expect(shown).toContain('"fboAccountNumber": "••••2344"');
    expect(shown).not.toContain("0012344444");
    expect(JSON.parse(encodeUpdate(update, "USD", { pretty: true }))).toEqual(JSON.parse(encodeUpdate(update, "USD")));
  });

  it("refuses to write what cannot be exact", () => {
    expect(() => encodeUpdate({ accountFeatures: '{"a":1,"a":2}' }, "USD")).toThrow(TypeError);
    expect(() => encodeUpdate({ debitExposureLimit: 1.5 }, "USD")).toThrow(RangeError);
  });
});

describe("values on the screen", () => {
  it("reads as a person expects", () => {
    expect(displayValue("creditExposureLimit", 25_000_000, "USD")).toBe("250,000.00");
    expect(displayValue("creditExposureLimit", 5, "???")).toBe("5 minor units");
    expect(displayValue("isAchPrefund", true, "USD")).toBe("Yes");
    expect(displayValue("secCodes", ["CCD", "PPD"], "USD")).toBe("CCD PPD");
    expect(displayValue("secCodes", undefined, "USD")).toBe("unknown");
    expect(displayValue("masterGl", "", "USD")).toBe("—");
    expect(displayValue("bankIdType", "NID", "USD")).toBe("NID, national ID");
    expect(displayValue("accountNumber", "0012344444", "USD")).toBe("•••• 4444");
    expect(displayValue("accountFeatures", '{ "a": 1.50 }', "USD")).toBe('{"a":1.50}');
    expect(
      displayValue(
        "additionalAttributes", [{ attributeName: "Desk", value: "7" }, { attributeName: "N", id: 2 }], "USD",
      ),
    ).toBe(
      'Desk: 7; N: null {"id":2}',
    );
  });

  it("keeps at least three characters of a number hidden", () => {
    expect(["0012344444", "1122344", "12345", "123", ""].map(lastFour)).toEqual(["4444", "2344", "45", "", ""]);
  });

  it("describes every field, with choices where one must choose", () => {
    for (const name of finzlyFieldNames) {
      const { label, kind, choices } = finzlyFields[name];
      expect(label).not.toBe("");
      expect(choices !== undefined).toBe(kind === "choice" || kind === "yes-no");
      expect(fieldChange.shape.label.safeParse(label).success).toBe(true);
    }
  });
});
