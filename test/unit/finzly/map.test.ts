import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/main/http/json-answer.ts";
import { accountFromWire, customerFromWire, mergeAccounts } from "../../../src/main/providers/finzly/map.ts";

/** A record as it would come off the wire. */
function wire(json: string): unknown {
  const read = parseJson(json);
  if (!read.ok) throw new Error(`The test's JSON is wrong: ${read.fault}`);
  return read.value;
}
const account = (fields: string) =>
  accountFromWire(wire(`{"accountUID":"2156","currency":"USD"${fields === "" ? "" : `,${fields}`}}`), "100482");

describe("an account off the wire", () => {
  it("is the same account in the list's names and in the single read's", () => {
    const listed = account(
      '"accountName":"Ops","accountType":"DEPOSIT","accountSubType":"Savings","systemOfRecords":"External",' +
        '"routingNumber":"101206101","enableWires":true',
    );
    const single = account(
      '"name":"Ops","type":"Deposit","subType":"Saving","systemOfRecord":"External",' +
        '"bankId":"101206101","enableWires":"Yes"',
    );
    expect(single.known).toEqual(listed.known);
    expect(single.known).toMatchObject({
      accountName: "Ops",
      accountType: "Deposit",
      accountSubType: "Savings",
      enableWire: "Yes",
    });
  });

  it.each([
    ["Saving", "Savings"],
    ["HSA (Health Saving Account)", "Health Savings Account"],
    ["MoneyMarket", "Money Market"],
    ["LineofCredit", "Line of Credit"],
    ["checking", "Checking"],
    ["Something new", "Something new"],
  ])("reads the subtype %o as %o", (written, known) =>
    expect(account(`"subType":"${written}"`).known.accountSubType).toBe(known),
  );

  it.each([
    ["NID", "NID"],
    ["NationalBankCode", "NID"],
    ["By ABA", "NID"],
    ["BIC", "BIC"],
    ["By Address", undefined],
    ["By ABA or By Address", undefined],
  ])("reads the bank id type %o as %o", (written, known) =>
    expect(account(`"bankIdType":"${written}"`).known.bankIdType).toBe(known),
  );

  it.each([
    ["25000.00", 2_500_000],
    ['"24000.00"', 2_400_000],
    ["999999999.99", 99_999_999_999],
    ["0.1", 10],
    ["1E3", 100_000],
    ["0", 0],
    ["null", ""],
    ['""', ""],
  ])("reads the limit %s as %o minor units", (written, minor) =>
    expect(account(`"debitExposureLimit":${written}`).known.debitExposureLimit).toBe(minor),
  );

  it.each(["0.001", "90071992547409.921", '"12,5"', '"lots"'])(
    "refuses the limit %s instead of rounding it",
    (written) => expect(() => account(`"debitExposureLimit":${written}`)).toThrow(/cannot be kept exactly/u),
  );

  it("every amount of cents survives, never through a float", () => {
    fc.assert(
      fc.property(fc.nat(99_999_999_999), (minor) => {
        const digits = String(minor).padStart(3, "0");
        const literal = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(account(`"creditExposureLimit":${literal}`).known.creditExposureLimit).toBe(minor);
      }),
    );
  });

  it("leaves money unknown while the currency is", () => {
    const read = accountFromWire(wire('{"accountUID":"1","debitExposureLimit":5.00,"ledgerBalance":"7.00"}'), "1");
    expect(read.known).not.toHaveProperty("debitExposureLimit");
    expect(read.ledgerMinor).toBeUndefined();
  });

  it.each(["****0001", "XXXX0001", "••••0001", "xxx-0001"])(
    "never takes the masked number %o for the account's number",
    (shown) => {
      const read = account(`"accountNumber":"${shown}","fboAccountNumber":"${shown}"`);
      expect(read.known).not.toHaveProperty("accountNumber");
      expect(read.known).not.toHaveProperty("fboAccountNumber");
      expect(read.last4).toBe("0001");
    },
  );

  it("keeps leading zeros and identifiers that came as numbers", () => {
    const read = accountFromWire(
      wire('{"accountUID":2156,"accountNumber":"0002055","routingNumber":"011000015"}'),
      "1",
    );
    expect(read).toMatchObject({ accountUid: "2156", known: { accountNumber: "0002055", routingNumber: "011000015" } });
  });

  it("an absent field is unknown, a null one is not set, one of a strange kind is unknown", () => {
    const read = account(
      '"costCenter":null,"enableOffset":null,"reason":{"a":1},"feeAccount":"perhaps","secCodes":"WEB"',
    );
    expect(read.known).toEqual({ currency: "USD", costCenter: "" });
  });

  it("refuses a record that names no account", () => {
    expect(() => accountFromWire(wire('{"accountName":"x"}'), "1")).toThrow(/shape Vostro does not know/u);
    expect(() => accountFromWire(null, "1")).toThrow(/shape Vostro does not know/u);
  });

  it("drops every secret of the record, at any depth, and keeps the rest", () => {
    const read = account(
      '"externalAccount":{"externalProvider":"P","externalAuthToken":"s1",' +
        '"deep":[{"clientSecret":"s2","keep":12.50,"n":7}]},"Password":"s3"',
    );
    expect(JSON.stringify(read)).not.toMatch(/s1|s2|s3/u);
    expect(read.raw["externalAccount"]).toEqual({ externalProvider: "P", deep: [{ keep: "12.50", n: 7 }] });
  });

  it("hostile names stay text", () => {
    const name = '<script>alert(1)</script> =1+1 "\u202e';
    expect(account(`"accountName":${JSON.stringify(name)}`).accountName).toBe(name);
  });

  it("joined, the single read stands over the list and nothing of either is lost", () => {
    const listed = account('"accountName":"Old","costCenter":"1","debitExposureLimit":5');
    const single = account('"name":"New","status":"Active","ledgerBalance":"10.00"');
    const joined = mergeAccounts(single, listed);
    expect(joined).toMatchObject({
      accountName: "New",
      status: "Active",
      ledgerMinor: 1000,
      known: { accountName: "New", costCenter: "1", debitExposureLimit: 500 },
    });
    expect(joined.facts.find((fact) => fact.name === "ledgerBalance")).toMatchObject({ value: "10.00", kind: "money" });
  });
});

describe("a customer off the wire", () => {
  it("has a name even where the provider gives none", () => {
    expect(customerFromWire(wire('{"customerUID":"7","legalName":" ","shortName":"Seven"}')).name).toBe("Seven");
    expect(customerFromWire(wire('{"customerUID":"7"}')).name).toBe("7");
  });
});
