import { z } from "zod";
import { type FinzlyFieldName, finzlyFieldNames, proposedFields } from "../field-types.ts";
import { finzlyFields } from "../finzly-fields.ts";

/** Columns that say which account a row is about; `accountNumberKey` finds an account, `accountNumber` changes it. */
export const keyTargets = ["customerUID", "accountUID", "last4", "accountNumberKey"] as const;
export type KeyTarget = (typeof keyTargets)[number];

/** What a column of a file can be: a field of the update, a key, the funding basis, the authorisation reference. */
export const columnTargets = [...finzlyFieldNames, ...keyTargets, "fundingBasis", "authorisationRef"] as const;
export const columnTarget = z.enum(columnTargets);
export type ColumnTarget = z.infer<typeof columnTarget>;

/**
 * How a target's cells are read. `identifier`: digits and letters whose every digit counts. `code`: short text such as
 * a cost center. `words`: one of a few words or codes. `prose`: text for people. `json`: a JSON value.
 */
export type TargetShape = "identifier" | "code" | "money" | "words" | "prose" | "json";

interface TargetFacts {
  readonly label: string;
  readonly shape: TargetShape;
  /** The whole value is never shown: it stays out of messages, summaries and examples. */
  readonly masked: boolean;
  /** Most UTF-16 units a value may have; undefined where the value is not text. */
  readonly maxLength: number | undefined;
}

const identifiers: ReadonlySet<FinzlyFieldName> = new Set([
  "accountNumber", "fboAccountNumber", "routingNumber", "achCompanyId",
]);
const codes: ReadonlySet<FinzlyFieldName> = new Set(["masterGl", "costCenter"]);
const wordFields: ReadonlySet<FinzlyFieldName> = new Set(["currency", "countryCode"]);

function shapeOf(field: FinzlyFieldName): TargetShape {
  if (identifiers.has(field)) return "identifier";
  if (codes.has(field)) return "code";
  const { kind } = finzlyFields[field];
  if (kind === "money") return "money";
  if (kind === "features" || kind === "attributes") return "json";
  return kind === "text" && !wordFields.has(field) ? "prose" : "words";
}

function maxLengthOf(field: FinzlyFieldName): number | undefined {
  const inner = proposedFields.shape[field].unwrap();
  return inner instanceof z.ZodString ? (inner.maxLength ?? undefined) : undefined;
}

function ownFacts(label: string, shape: TargetShape, maxLength: number, masked = false): TargetFacts {
  return { label, shape, masked, maxLength };
}

const own: ReadonlyMap<ColumnTarget, TargetFacts> = new Map([
  ["customerUID", ownFacts("Customer UID", "identifier", 100)],
  ["accountUID", ownFacts("Account UID", "identifier", 40)],
  ["last4", ownFacts("Last four", "identifier", 4)],
  ["accountNumberKey", ownFacts("Account number (to find the account)", "identifier", 64, true)],
  ["fundingBasis", ownFacts("Funding basis", "words", 40)],
  ["authorisationRef", ownFacts("Authorisation reference", "prose", 100)],
]);

const facts: ReadonlyMap<ColumnTarget, TargetFacts> = new Map([
  ...finzlyFieldNames.map((field) => {
    const { label, masked } = finzlyFields[field];
    return [field, { label, masked, shape: shapeOf(field), maxLength: maxLengthOf(field) }] as const;
  }),
  ...own,
]);

const fallback = ownFacts("Column", "prose", 0);

/** Label, shape and length of a target. */
export function targetFacts(target: ColumnTarget): TargetFacts {
  return facts.get(target) ?? fallback;
}

const fieldTargets: ReadonlySet<string> = new Set(finzlyFieldNames);

/** Whether the target says which account a row is about. */
export function isKeyTarget(target: ColumnTarget): target is KeyTarget {
  return (keyTargets as readonly string[]).includes(target);
}

/** Whether the target is a field of the provider's update body. */
export function isFieldTarget(target: ColumnTarget): target is FinzlyFieldName {
  return fieldTargets.has(target);
}
