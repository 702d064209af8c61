import * as fc from "fast-check";
import { parse, stringify } from "lossless-json";
import { describe, expect, it } from "vitest";
import { sameValue, normaliseText } from "@contract/rules/field-sameness.ts";
import {
  fieldChange, type FieldValue, finzlyFieldNames, type KnownFields, type ProposedFields, proposedFields, ruleIssue,
} from "@contract/rules/field-types.ts";
import { encodeUpdate } from "@contract/rules/finzly-encode.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { moneyLiteral } from "@contract/rules/money.ts";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "", " ", "\0", "__proto__", "=1+1", "••••4444", "Deposit", "Pseudo", "Yes", "no", "NID", "BIC", "US", "USD",
  ),
  fc.constantFrom(
    "101206101", "000000000", "1,234.56", "1E309", "-5", "{}", '{"__proto__":{"a":1}}', "[[[[", '{"a":1,"a":2}',
  ),
);
const anyRow = fc.dictionary(
  fc.oneof(fc.string(), fc.constantFrom("attributeName", "value", "__proto__")), fc.jsonValue(), { maxKeys: 4 },
);
const shortText = anyText.map((text) => text.slice(0, 20));
const codes = fc.array(fc.oneof(shortText, fc.constantFrom("CCD", "WEB", "web", "ACK", "CBR")), { maxLength: 6 });

function anyValue(field: (typeof finzlyFieldNames)[number]): fc.Arbitrary<unknown> {
  const { kind } = finzlyFields[field];
  if (kind === "flag") return fc.boolean();
  if (kind === "codes") return codes;
  if (kind === "attributes") return fc.array(anyRow, { maxLength: 4 });
  return kind === "money" ? fc.oneof(anyText, fc.double().map(String), fc.bigInt().map(String)) : anyText;
}

const anyProposed = fc.record(Object.fromEntries(finzlyFieldNames.map((field) => [field, anyValue(field)])), {
  requiredKeys: [],
}) as fc.Arbitrary<ProposedFields>;
const anyKnownValue = fc.record(
  {
    value: fc.oneof(anyText, fc.maxSafeInteger(), fc.boolean(), codes, fc.array(anyRow, { maxLength: 2 })),
    source: fc.constantFrom("provider-read", "vostro-wrote", "entered-by-hand"),
    atMs: fc.nat(),
    masked: fc.boolean(),
  },
  { requiredKeys: ["value", "source", "atMs"] },
);
const anyKnown = fc.record(Object.fromEntries(finzlyFieldNames.map((field) => [field, anyKnownValue])), {
  requiredKeys: [],
}) as fc.Arbitrary<KnownFields>;

const customerCodes = fc.option(codes, { nil: undefined });

/** Updates that are free of errors, as a person could submit them. */
const money = fc.integer({ min: 0, max: 99_999_999_999 }).map((minor) => moneyLiteral(minor, "USD"));
const words = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/u);
const validProposed = fc.record(
  {
    accountName: words, accountNumber: words, masterGl: words, enableWire: fc.constantFrom("Yes", "No"),
    enableCallbacks: fc.boolean(), callbackLimit: money, debitExposureLimit: money, creditExposureLimit: money,
    isUnderWritten: fc.boolean(), secCodes: fc.uniqueArray(fc.constantFrom("CCD", "PPD", "WEB"), { minLength: 1 }),
    reason: fc.string({ maxLength: 100 }).filter((text) => !/\p{Cc}/u.test(text)),
    accountFeatures: fc.dictionary(
      words, fc.oneof(fc.boolean(), fc.nat(), words), { minKeys: 1 },
    ).map((o) => JSON.stringify(o)),
    additionalAttributes: fc.array(
      fc.record({ attributeName: words, value: fc.string() }), { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: ["accountName"] },
) as fc.Arbitrary<ProposedFields>;

describe("checkUpdate, whatever it is given", () => {
  it("never throws and always answers in the declared shapes", () => {
    fc.assert(
      fc.property(anyKnown, anyProposed, fc.boolean(), customerCodes, (known, proposed, evidence, customer) => {
        const input = { known, proposed, requireEvidence: evidence, customerSecCodes: customer };
        const checked = checkUpdate(input);
        for (const issue of checked.issues) expect(ruleIssue.safeParse(issue).error).toBeUndefined();
        for (const change of checked.changes) expect(fieldChange.safeParse(change).error).toBeUndefined();
        if (!checked.issues.some((issue) => issue.severity === "error")) {
          expect(() => JSON.parse(encodeUpdate(checked.update, checked.currency)) as unknown).not.toThrow();
        }
      }),
      { numRuns: 600 },
    );
  });

  it("sends nothing for a proposal equal to what is known", () => {
    fc.assert(
      fc.property(validProposed, (proposed) => {
        const first = checkUpdate({ known: {}, proposed });
        const known = Object.fromEntries(
          Object.entries(first.update).map(
            ([field, value]) => [field, { value: value as FieldValue, source: "provider-read", atMs: 1 }],
          ),
        ) as KnownFields;
        expect(first.changes.length).toBeGreaterThan(0);
        const second = checkUpdate({ known, proposed });
        expect([second.update, second.changes]).toEqual([{}, []]);
      }),
    );
  });
});

describe("encodeUpdate", () => {
  it("parses back, losslessly, to the values of the update", () => {
    fc.assert(
      fc.property(validProposed, fc.boolean(), (proposed, pretty) => {
        const { update, currency, issues } = checkUpdate({ known: {}, proposed });
        expect(issues.filter((issue) => issue.severity === "error")).toEqual([]);
        const body = parse(encodeUpdate(update, currency, { pretty })) as Record<string, unknown>;
        const order = finzlyFieldNames.filter((field) => update[field] !== undefined);
        expect(Object.keys(body)).toEqual(order);
        for (const field of order) {
          const value = update[field];
          const { kind } = finzlyFields[field];
          if (kind === "money") expect(stringify(body[field])).toBe(moneyLiteral(Number(value), currency));
          else if (kind === "features") expect(parse(stringify(body[field]) ?? "")).toEqual(parse(String(value)));
          else expect(body[field]).toEqual(value);
        }
      }),
    );
  });
});

describe("normalising", () => {
  it("changes nothing the second time, and a value is the same as its normal form", () => {
    const field = fc.constantFrom(...finzlyFieldNames);
    fc.assert(
      fc.property(field, anyText, (name, text) => {
        const once = normaliseText(name, text);
        expect(normaliseText(name, once)).toBe(once);
        expect(sameValue(name, text, once)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("judges what the declared schema lets through", () => {
    fc.assert(
      fc.property(validProposed, (proposed) => {
        expect(proposedFields.safeParse(proposed).success).toBe(true);
      }),
    );
  });
});
