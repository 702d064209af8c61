import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/main/http/json-answer.ts";
import { aggregatedRecordOf } from "../../../src/main/providers/aggregated-record.ts";
import { aggregatedRecord } from "../../../src/preload/contract/rules/aggregation/record.ts";

function recordOf(json: string) {
  const parsed = parseJson(json);
  if (!parsed.ok) throw new Error(parsed.fault);
  return aggregatedRecordOf(parsed.value, "41442");
}

describe("an account out of an aggregator's answer", () => {
  it("keeps amounts and ids to the digit, whether they come as numbers or as texts", () => {
    const written = (quote: string) => `{"id":${quote}5011648377${quote},
      "institutionLoginId":${quote}10073027450000001${quote},"balance":${quote}-1234.50${quote},
      "aggregationAttemptDate":${quote}1422395888${quote},"type":" checking",
      "detail":{"interestRate":${quote}15.7890${quote}},"position":[{"units":${quote}0.10${quote}}]}`;
    for (const quote of ["", '"']) {
      expect(recordOf(written(quote))).toEqual({
        customerId: "41442",
        accountId: "5011648377",
        institutionLoginId: "10073027450000001",
        balance: "-1234.50",
        attemptDateS: 1_422_395_888,
        type: "checking",
        detail: { interestRate: "15.7890" },
        positions: [{ units: "0.10" }],
        other: {},
      });
    }
  });

  it("keeps what it does not know and what is of another kind, and drops secrets", () => {
    const record = recordOf(`{"id":"1","balance":{"amount":1.10},"balanceDate":"yesterday","colour":["red"],
      "accessToken":"x","detail":{"odd":{"deep":[1]},"apiKey":"x"},"authorizationStartDate":5,"name":null}`);
    expect(record?.other)
      .toEqual({ balance: { amount: "1.10" }, balanceDate: "yesterday", colour: ["red"], authorizationStartDate: 5 });
    expect(record?.detail).toEqual({ odd: '{"deep":[1]}' });
    expect(record).not.toHaveProperty("balance");
    expect(record).not.toHaveProperty("name");
  });

  it("is none without an account id, or when another customer owns it", () => {
    expect(recordOf('{"balance":1}')).toBeUndefined();
    expect(recordOf('{"id":"1","customerId":"7"}')).toBeUndefined();
    expect(recordOf('{"id":"1","customerId":41442}')).toMatchObject({ accountId: "1" });
    expect(recordOf("[]")).toBeUndefined();
  });

  it("never throws and never alters an id, whatever else the provider writes", () => {
    const names = ["balance", "balanceDate", "detail", "position", "aggregationStatusCode", "__proto__", "other"];
    const entry = fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 12 })), fc.json());
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.array(entry, { maxLength: 8 }), (id, entries) => {
        const fields = new Map(entries.filter(([name]) => name !== "id" && name !== "customerId"));
        const text = [...fields].map(([name, value]) => `,${JSON.stringify(name)}:${value}`).join("");
        const parsed = parseJson(`{"id":${id}${text}}`);
        fc.pre(parsed.ok);
        const record = parsed.ok ? aggregatedRecordOf(parsed.value, "41442") : undefined;
        expect(record?.accountId).toBe(id.toString());
        expect(aggregatedRecord.safeParse(record).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
