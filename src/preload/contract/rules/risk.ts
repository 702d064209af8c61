import type { FieldValue, FinzlyFieldName, KnownValue, RiskClass } from "./field-types.ts";
import { finzlyFields } from "./finzly-fields.ts";
import { type JsonNode, parseJsonText } from "./json-text.ts";
import { highRiskSecCodes, normaliseSecCodes } from "./sec-codes.ts";

export interface Risk {
  readonly class: RiskClass;
  readonly reason: string;
}

/** Which risk classes need a second person before they are sent. */
export interface ApprovalPolicy {
  readonly high: boolean;
  readonly medium: boolean;
  readonly low: boolean;
}

export interface RiskInput {
  readonly field: FinzlyFieldName;
  readonly from?: KnownValue | undefined;
  readonly to: FieldValue;
  /** False when the currency changes too, so that old and new amounts cannot be compared. */
  readonly sameCurrency: boolean;
  readonly highRiskSecCodes?: readonly string[] | undefined;
}

const high = (reason: string): Risk => ({ class: "high", reason });
const medium = (reason: string): Risk => ({ class: "medium", reason });
const low = (reason: string): Risk => ({ class: "low", reason });

function limitRisk({ field, from, to, sameCurrency }: RiskInput): Risk {
  const label = finzlyFields[field].label;
  if (typeof to !== "number") return high(`${label} cannot be read, so it may be a raise.`);
  if (to === 0) return medium(`${label} is set to 0.`);
  if (typeof from?.value !== "number") return high(`${label} was not known before, so this may be a raise.`);
  if (!sameCurrency) return high(`${label} changes together with the currency.`);
  return to > from.value ? high(`${label} is raised.`) : medium(`${label} is lowered.`);
}

function isText(item: unknown): item is string {
  return typeof item === "string";
}

/** The codes a change adds and takes away; undefined when the last known codes are unknown. */
export function secCodeDifference(
  from: KnownValue | undefined,
  to: FieldValue,
): { readonly added: readonly string[]; readonly removed: readonly string[] } | undefined {
  if (from === undefined || !Array.isArray(from.value) || !Array.isArray(to)) return undefined;
  const before = normaliseSecCodes(from.value.filter(isText));
  const after = normaliseSecCodes(to.filter(isText));
  return {
    added: after.filter((code) => !before.includes(code)),
    removed: before.filter((code) => !after.includes(code)),
  };
}

function secCodeRisk({ from, to, highRiskSecCodes: risky = highRiskSecCodes }: RiskInput): Risk {
  const difference = secCodeDifference(from, to);
  const added = difference?.added ?? (Array.isArray(to) ? normaliseSecCodes(to.filter(isText)) : []);
  const dangerous = added.filter((code) => risky.includes(code));
  if (dangerous.length === 0) return medium("SEC codes change.");
  const names = dangerous.join(", ");
  return difference === undefined
    ? high(`The last known SEC codes are unknown, so ${names} may be new.`)
    : high(`High-risk SEC code added: ${names}.`);
}

const grave: ReadonlySet<string> = new Set([
  "debitExposureLimit", "creditExposureLimit", "enableAchPrefund", "isAchPrefund", "enableUnderWritten",
  "isUnderWritten", "secCodes",
]);
const weighty: ReadonlySet<string> = new Set([
  "enableWire", "enableInternationalWire", "enableDomesticWire", "callbackLimit", "enableCallbacks", "enableOffset",
  "defaultOffset", "achCompanyId",
]);

function keysOf(node: JsonNode): readonly string[] {
  if (node.kind === "array") return node.items.flatMap(keysOf);
  if (node.kind === "object") return node.entries.flatMap(([key, value]) => [key, ...keysOf(value)]);
  return [];
}

/** Account features can hold the very limits and codes that are fields of their own; they weigh the same here. */
function featuresRisk(to: FieldValue): Risk {
  const parsed = typeof to === "string" ? parseJsonText(to) : undefined;
  if (parsed === undefined || !parsed.ok) return medium("Account features cannot be read.");
  const keys = keysOf(parsed.node);
  const gravest = keys.find((key) => grave.has(key));
  if (gravest !== undefined) return high(`Account features hold ${gravest}: a limit, the funding basis or SEC codes.`);
  const weightiest = keys.find((key) => weighty.has(key));
  return weightiest === undefined ? low("Account features change.") : medium(`Account features hold ${weightiest}.`);
}

/**
 * The risk of one changed field. High: an exposure limit raised, account, routing or FBO number changed, funding basis
 * changed, a high-risk SEC code added, or when the last known value is too little known to rule that out. Medium: a
 * limit lowered, other SEC codes, callbacks, company id, wire and offset, type, currency and how the routing number is
 * read. Low: the rest.
 */
export function riskOfField(input: RiskInput): Risk {
  const { field, to } = input;
  const label = finzlyFields[field].label;
  switch (field) {
    case "debitExposureLimit":
    case "creditExposureLimit":
      return limitRisk(input);
    case "accountNumber":
    case "fboAccountNumber":
    case "routingNumber":
      return high(`${label} changes.`);
    case "isAchPrefund":
    case "isUnderWritten":
      return high("The funding basis changes.");
    case "secCodes":
      return secCodeRisk(input);
    case "accountFeatures":
      return featuresRisk(to);
    case "currency":
      return medium("The currency changes what every limit means.");
    case "bankIdType":
    case "countryCode":
      return medium(`${label} changes how the routing number is read.`);
    case "enableCallbacks":
    case "callbackLimit":
    case "achCompanyId":
    case "enableWire":
    case "enableOffset":
    case "defaultOffset":
    case "accountType":
    case "accountSubType":
      return medium(`${label} changes.`);
    default:
      return low(`${label} changes.`);
  }
}

const weight: Readonly<Record<RiskClass, number>> = { low: 0, medium: 1, high: 2 };

/** The gravest of several risks, the first among equals; Low when there is none. */
export function highestRisk(risks: readonly Risk[]): Risk {
  const none = low("Nothing changes.");
  return risks.reduce((top, risk) => (top === none || weight[risk.class] > weight[top.class] ? risk : top), none);
}

/** Whether a change of this risk needs a second person under the policy. */
export function needsSecondPerson(policy: ApprovalPolicy, risk: { readonly class: RiskClass }): boolean {
  return policy[risk.class];
}
