import fc from "fast-check";
import { parse, stringify } from "lossless-json";
import { describe, expect, it } from "vitest";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { aggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { parseJson } from "../../../src/main/http/json-answer.ts";
import { parseXml } from "../../../src/main/http/xml-answer.ts";
import { accountOfRecord } from "../../../src/main/providers/aggregated-account.ts";
import { customersOf, loginFormOf, recordOf, recordsOf } from "../../../src/main/providers/finicity/wire.ts";
import { printedJson, printedXml } from "../../integration/training-finicity/printed-samples.ts";

const customer = "41442";
const json = (text: string): unknown => {
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : undefined;
};
const xml = (text: string): unknown => {
  const parsed = parseXml(text);
  return parsed.ok ? parsed.value : undefined;
};

/** What the printed JSON alone says, and what the printed XML alone says, left out. */
function shared(record: AggregatedRecord | undefined): Partial<AggregatedRecord> {
  if (record === undefined) throw new Error("The sample was not read.");
  const onlyOneSays = ["currency", "lastTransactionDateS", "institutionLoginId", "displayPosition", "lastUpdatedDateS"];
  return Object.fromEntries(Object.entries(record).filter(([key]) => !onlyOneSays.includes(key)));
}

describe("the printed samples", () => {
  it("of one account say the same in JSON and in XML", () => {
    const fromJson = recordOf(json(printedJson.account), customer);
    const fromXml = recordOf(xml(printedXml.account), customer);
    expect(shared(fromJson)).toEqual(shared(fromXml));
    expect(fromJson).toEqual({
      customerId: "41442",
      accountId: "2055",
      institutionId: "101732",
      institutionLoginId: "9764",
      number: "XXXX-XXXXXX-32765",
      name: "Checking",
      type: "checking",
      status: "active",
      currency: "USD",
      balance: "1266.49",
      statusCode: 0,
      balanceDateS: 1422421087,
      successDateS: 1422399293,
      attemptDateS: 1422395888,
      createdDateS: 1422395818,
      lastTransactionDateS: 1422421087,
      displayPosition: 1,
      detail: {},
      positions: [],
      other: {},
    });
    expect(fromXml?.lastUpdatedDateS).toBe(1422421087);
  });

  it("of the list say the same in JSON and in XML", () => {
    const fromJson = recordsOf(json(printedJson.accounts), customer);
    const fromXml = recordsOf(xml(printedXml.accounts), customer);
    expect(fromJson?.map(shared)).toEqual(fromXml?.map(shared));
    expect(fromJson?.map(({ balance }) => balance)).toEqual(["1266.49", "-1547.62"]);
  });

  it("of the login form say the same in JSON and in XML, with the mask as the provider gives it", () => {
    const expected = [
      { id: "101732001", name: "Banking Userid", value: "USERNAME", mask: false, order: 1 },
      { id: "101732002", name: "Banking Password", mask: true, order: 2 },
    ];
    expect(loginFormOf(json(printedJson.loginForm))).toEqual(expected);
    expect(loginFormOf(xml(printedXml.loginForm))).toEqual(expected);
  });

  it("of a login form stand in display order, and a masked or silent field leaves its value behind", () => {
    const field = (name: string, displayOrder: unknown, mask: unknown) => ({ name, displayOrder, mask, value: `of ${name}` });
    const fields = [field("PIN", "3", "true"), field("Word", 2, undefined), field("User", 1, "FALSE"), field("Code", 4, true)];
    const form = loginFormOf(json(JSON.stringify({ loginForm: fields })));
    expect(form?.map(({ name, value, mask }) => [name, value, mask])).toEqual([
      ["User", "of User", false],
      ["Word", undefined, true],
      ["PIN", undefined, true],
      ["Code", undefined, true],
    ]);
  });

  it("become accounts: last four shown, the masked number never a known one", () => {
    const [checking] = recordsOf(json(printedJson.accounts), customer) ?? [];
    const account = accountOfRecord(checking ?? expect.fail("not read"));
    expect(account).toMatchObject({ accountUid: "2055", last4: "2765", ledgerMinor: 126649, accountName: "Checking" });
    expect(account.known).toEqual({ accountName: "Checking", currency: "USD" });
  });
});

describe("lists", () => {
  it("may be empty, or hold one account, in both forms", () => {
    expect(recordsOf(json('{"accounts":[]}'), customer)).toEqual([]);
    expect(recordsOf(xml("<accounts></accounts>"), customer)).toEqual([]);
    expect(recordsOf(xml("<accounts/>"), customer)).toEqual([]);
    expect(recordsOf(xml("<accounts>\n <account><id>1</id></account>\n</accounts>"), customer)).toHaveLength(1);
  });

  it.each(["{}", '{"accounts":{}}', '{"accounts":[{"name":"x"}]}', '{"accounts":[{"id":"1","customerId":"9"}]}', "[]"])(
    "are not made up out of %s",
    (text) => {
      const read = recordsOf(json(text), customer);
      expect(read === undefined || read.length === 0).toBe(true);
    },
  );

  it("of customers count alike in both forms", () => {
    const one = { id: "5", username: "u5", firstName: "Ada", lastName: "Marlow" };
    const wanted = { customers: [{ id: "5", name: "Ada Marlow" }], total: 7, more: true };
    const text = JSON.stringify({ found: 7, displaying: 1, moreAvailable: true, customers: [one] });
    expect(customersOf(json(text))).toEqual(wanted);
    const fields = Object.entries(one).map(([name, value]) => `<${name}>${value}</${name}>`);
    expect(
      customersOf(
        xml(`<customers><found>7</found><moreAvailable>true</moreAvailable><customer>${fields.join("")}</customer></customers>`),
      ),
    ).toEqual(wanted);
  });
});

/** Texts in which a double would lose or add digits. */
const amount = fc
  .tuple(fc.constantFrom("", "-"), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.stringMatching(/^\d{1,10}$/u))
  .map(([sign, whole, part]) => `${sign}${whole}.${part}`);
const wireId = fc.stringMatching(/^[0-9]{1,24}$/u);
const strange = fc.oneof(
  fc.string(), fc.boolean(), fc.constant(null), fc.integer(), fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
);

describe("tolerant reading", () => {
  it("never alters an amount or an id, written as a number or as a text, in JSON or in XML", () => {
    fc.assert(
      fc.property(wireId, wireId, amount, amount, (id, login, balance, available) => {
        const texts =
          `{"id":"${id}","institutionLoginId":"${login}","balance":"${balance}",` +
          `"detail":{"availableBalanceAmount":"${available}"}}`;
        const numbers =
          `{"id":"${id}","institutionLoginId":${BigInt(login)},"balance":${balance},` +
          `"detail":{"availableBalanceAmount":${available}}}`;
        const elements =
          `<account><id>${id}</id><institutionLoginId>${login}</institutionLoginId><balance>${balance}</balance>` +
          `<detail><availableBalanceAmount>${available}</availableBalanceAmount></detail></account>`;
        for (const document of [json(texts), json(numbers), xml(elements)]) {
          const record = recordOf(document, customer);
          expect(record).toMatchObject({ accountId: id, balance, detail: { availableBalanceAmount: available } });
          expect(BigInt(record?.institutionLoginId ?? "-1")).toBe(BigInt(login));
        }
      }),
    );
  });

  it("survives any extra field and any value of the wrong kind; what it takes is what was written", () => {
    const known = Object.keys(JSON.parse(printedJson.account) as object).filter((key) => key !== "id");
    const fields = fc.dictionary(fc.oneof(fc.constantFrom(...known, "detail", "position"), fc.string()), strange);
    fc.assert(
      fc.property(fields, wireId, (given, id) => {
        const text = stringify({ ...given, id, customerId: customer }) ?? "";
        const record = recordOf(parse(text), customer);
        expect(record?.accountId).toBe(id);
        expect(aggregatedRecord.safeParse(record).success).toBe(true);
        const { balance } = given;
        if (record?.balance !== undefined) expect(record.balance).toBe(String(balance).trim());
        expect(() => accountOfRecord(record ?? expect.fail("not read"))).not.toThrow();
      }),
    );
  });

  it("needs nothing but the id", () => {
    const whole = json(printedJson.account) as Record<string, unknown>;
    const keys = Object.keys(whole).filter((key) => key !== "id");
    fc.assert(
      fc.property(fc.subarray(keys), (left) => {
        const some = Object.fromEntries(["id", ...left].map((key) => [key, whole[key]]));
        const record = recordOf(some, customer);
        expect(record).toMatchObject({ accountId: "2055", customerId: customer });
        expect(record?.balance).toBe(left.includes("balance") ? "1266.49" : undefined);
      }),
    );
    expect(recordOf({ ...whole, id: undefined }, customer)).toBeUndefined();
  });
});
