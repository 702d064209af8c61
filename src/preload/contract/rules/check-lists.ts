import { type Check, type CheckContext, changedText } from "./check-context.ts";
import type { RuleIssue } from "./field-types.ts";
import { isExactNumber, parseJsonText } from "./json-text.ts";
import { finding, type RuleCode } from "./rule-codes.ts";
import { normaliseSecCodes, retiredSecCodes, secCode } from "./sec-codes.ts";

function textItems(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function codeIssue(code: string): RuleIssue | undefined {
  const facts = secCode(code);
  const replacement = retiredSecCodes.get(code);
  if (replacement !== undefined) {
    const message = `${code} was retired in 2009; ${replacement} took its place.`;
    return finding("FZ-SEC-RETIRED", "secCodes", message, replacement);
  }
  if (facts === undefined) {
    return finding("FZ-SEC-UNKNOWN", "secCodes", `${code} is not a SEC code in use. Check the spelling.`);
  }
  if (facts.systemOnly) {
    const message = `${code} (${facts.name}) is created by banks or agencies, not by a customer.`;
    return finding("FZ-SEC-SYSTEM", "secCodes", message);
  }
  if (facts.finzly !== "unlisted") return undefined;
  return finding("FZ-SEC-UNLISTED", "secCodes", `${code} is not in Finzly's list of SEC codes; it may be refused.`);
}

function secCodeIssues(context: CheckContext): readonly RuleIssue[] {
  const value = context.changed.secCodes;
  if (!Array.isArray(value)) return [];
  const codes = normaliseSecCodes(textItems(value));
  if (codes.length === 0) {
    const message = "An empty list cannot be sent: Finzly documents no way to clear SEC codes. Revert it or keep one.";
    return [finding("FZ-SEC-EMPTY", "secCodes", message)];
  }
  const known = normaliseSecCodes(textItems(context.known.secCodes?.value));
  const shaped = codes.filter((code) => /^[A-Z]{3}$/u.test(code));
  const misshaped = codes.filter((code) => !shaped.includes(code));
  const added = shaped.filter((code) => !known.includes(code));
  const allowed = context.customerSecCodes === undefined ? undefined : normaliseSecCodes(context.customerSecCodes);
  const outside = allowed === undefined ? [] : shaped.filter((code) => !allowed.includes(code));
  const outsideMessage = `Not among this customer's codes: ${outside.slice(0, 30).join(", ")}.`;
  return [
    ...misshaped.map((code) =>
      finding("FZ-SEC-SHAPE", "secCodes", `“${code.slice(0, 20)}” is not a SEC code; one is three letters.`),
    ),
    ...added.flatMap((code) => codeIssue(code) ?? []),
    ...(outside.length === 0 ? [] : [finding("FZ-SEC-NOT-CUSTOMER", "secCodes", outsideMessage)]),
    ...restIssues(context, "secCodes"),
  ];
}

const restFindings = {
  secCodes: ["FZ-SEC-REST", "codes"],
  accountFeatures: ["FZ-FEATURES-REST", "features"],
  additionalAttributes: ["FZ-ATTRIBUTES-REST", "attributes"],
} as const satisfies Readonly<Record<string, readonly [RuleCode, string]>>;

/** Each is sent as a whole, and no document says whether Finzly then keeps what it held besides. */
function restIssues({ known }: CheckContext, field: keyof typeof restFindings): readonly RuleIssue[] {
  if (known[field] !== undefined) return [];
  const [code, what] = restFindings[field];
  const message = `What else stands there at Finzly is not known; sending these ${what} may replace it.`;
  return [finding(code, field, message)];
}

const featureFaults: Readonly<Record<"syntax" | "depth" | "duplicate" | "number", RuleCode>> = {
  syntax: "FZ-FEATURES-JSON",
  depth: "FZ-FEATURES-JSON",
  duplicate: "FZ-FEATURES-DUPLICATE",
  number: "FZ-FEATURES-NUMBER",
};

function featureIssues(context: CheckContext): readonly RuleIssue[] {
  const text = changedText(context, "accountFeatures");
  if (text === undefined) return [];
  const parsed = parseJsonText(text);
  if (!parsed.ok) return [finding(featureFaults[parsed.fault], "accountFeatures", parsed.message)];
  if (parsed.node.kind !== "object") {
    return [finding("FZ-FEATURES-OBJECT", "accountFeatures", "Account features are a JSON object: { … }.")];
  }
  if (parsed.node.entries.length > 0) return restIssues(context, "accountFeatures");
  const message = "An empty object cannot be sent: Finzly documents no way to clear features. Revert it or fill it.";
  return [finding("FZ-FEATURES-EMPTY", "accountFeatures", message)];
}

function holdsInexactNumber(value: unknown, depth = 0): boolean {
  if (typeof value === "number") return !isExactNumber(String(value));
  if (typeof value !== "object" || value === null) return false;
  return depth > 40 || Object.values(value).some((item) => holdsInexactNumber(item, depth + 1));
}

function attributeIssues(context: CheckContext): readonly RuleIssue[] {
  const rows = context.changed.additionalAttributes;
  if (!Array.isArray(rows)) return [];
  if (rows.length === 0) {
    const message = "An empty list cannot be sent: Finzly documents no way to clear attributes. Revert it or keep one.";
    return [finding("FZ-ATTRIBUTES-EMPTY", "additionalAttributes", message)];
  }
  const faults = rows.flatMap((row, at) => {
    const name = typeof row === "object" ? row["attributeName"] : undefined;
    const where = `Attribute ${String(at + 1)}`;
    const named = typeof name === "string" && name.trim() !== "";
    const number = `${where} holds a number that would not be kept exactly. Write it as text.`;
    return [
      ...(named ? [] : [finding("FZ-ATTRIBUTES-NAME", "additionalAttributes", `${where} needs a name.`)]),
      ...(holdsInexactNumber(row) ? [finding("FZ-ATTRIBUTES-NUMBER", "additionalAttributes", number)] : []),
    ];
  });
  return [...faults, ...restIssues(context, "additionalAttributes")];
}

/** SEC codes, account features and additional attributes. */
export const checkLists: Check = (context) => [
  ...secCodeIssues(context),
  ...featureIssues(context),
  ...attributeIssues(context),
];
