import type { Check, CheckContext } from "./check-context.ts";
import { checkFinicity } from "./check-finicity.ts";
import { checkFunding } from "./check-funding.ts";
import { checkIdentity, subtypeFits } from "./check-identity.ts";
import { checkLists } from "./check-lists.ts";
import { checkRouting } from "./check-routing.ts";
import { describeChange } from "./field-change.ts";
import { currencyOf, isKnown, normaliseText } from "./field-sameness.ts";
import {
  type FieldChange, type FieldValue, type FinzlyFieldName, finzlyFieldNames, type FinzlyUpdate, type KnownFields,
  type KnownValue, type ProposedFields, type RuleIssue,
} from "./field-types.ts";
import { finzlyFields } from "./finzly-fields.ts";
import { offsetIsForced } from "./funding-basis.ts";
import { parseMoney } from "./money.ts";
import { highestRisk, type Risk } from "./risk.ts";
import { finding } from "./rule-codes.ts";
import { normaliseSecCodes } from "./sec-codes.ts";

export interface UpdateInput {
  readonly known: KnownFields;
  readonly proposed: ProposedFields;
  readonly authorisationRef?: string | undefined;
  /** The codes the customer entity is allowed, when the provider told. */
  readonly customerSecCodes?: readonly string[] | undefined;
  /** The account is at Finicity: only name and number may change; `shownNumbers` are the masked ones it shows. */
  readonly finicity?: { readonly shownNumbers: readonly string[] } | undefined;
  /** On submitting: nothing to change, or High risk without reason or authorisation reference, is an error. */
  readonly requireEvidence?: boolean | undefined;
  /** Codes whose addition is High risk; the usual set when left out. */
  readonly highRiskSecCodes?: readonly string[] | undefined;
}

export interface CheckedUpdate {
  /** What would be sent; fields with an error are left out. Send only when `issues` holds no error. */
  readonly update: FinzlyUpdate;
  /** Every field that differs from last known, valid or not, and those an update must carry besides; not `reason`. */
  readonly changes: FieldChange[];
  readonly issues: RuleIssue[];
  readonly risk: Risk;
  /** The currency in which the update's minor units count; pass it to `encodeUpdate`. */
  readonly currency: string;
}

type Values = Partial<Record<FinzlyFieldName, FieldValue>>;

const inLine = /[\p{Cc}\u2028\u2029]/u;
const inNote = /[^\P{Cc}\n\t]|[\u2028\u2029]/u;

/** What may not stand in a text: half a surrogate pair, a control character, in one line also a line break. */
export function lineIssues(path: FinzlyFieldName | "authorisationRef", label: string, text: string): readonly RuleIssue[] {
  const control = path === "reason" ? inNote.test(text.replace(/\r\n?/gu, "\n")) : inLine.test(text);
  const broken = `${label} holds a character that cannot be sent as text. Type it again.`;
  const stray = `${label} holds a line break or control character. Remove it.`;
  return [
    ...(control ? [finding("FZ-TEXT-CONTROL", path, stray)] : []),
    ...(text.isWellFormed() ? [] : [finding("FZ-TEXT-UNICODE", path, broken)]),
  ];
}

const moneyCodes = {
  decimals: "FZ-MONEY-DECIMALS",
  "too-large": "FZ-MONEY-TOO-LARGE",
} as const;

interface Read {
  readonly value?: FieldValue;
  readonly issues: readonly RuleIssue[];
}

function readText(field: FinzlyFieldName, text: string, currency: string): Read {
  if (text.trim() === "") return { issues: [] };
  const { kind, label } = finzlyFields[field];
  if (kind === "money") {
    const parsed = parseMoney(text, currency);
    if (parsed.ok) return { value: parsed.amountMinor, issues: [] };
    const code =
      parsed.code === "decimals" || parsed.code === "too-large" ? moneyCodes[parsed.code] : ("FZ-MONEY-TEXT" as const);
    return { value: text.trim(), issues: [finding(code, field, parsed.message)] };
  }
  const issues = kind === "features" ? [] : lineIssues(field, label, text);
  return { value: normaliseText(field, text), issues };
}

type Proposed = NonNullable<ProposedFields[FinzlyFieldName]>;

function readValue(field: FinzlyFieldName, value: Proposed, currency: string): Read {
  if (typeof value === "string") return readText(field, value, currency);
  if (field === "secCodes" && Array.isArray(value)) {
    return { value: normaliseSecCodes(value.filter((item) => typeof item === "string")), issues: [] };
  }
  return { value, issues: [] };
}

/** Whether the very value that is known is proposed, so that nothing need be read to say that it is the same. */
function isUntouched(field: FinzlyFieldName, known: KnownValue | undefined, proposed: Proposed): boolean {
  if (known === undefined || known.masked === true || finzlyFields[field].kind === "money") return false;
  const { value } = known;
  if (!Array.isArray(proposed) || !Array.isArray(value)) return proposed === value;
  return proposed.length === value.length && proposed.every((item, at) => typeof item === "string" && item === value[at]);
}

function gather(input: UpdateInput, currency: string, sameCurrency: boolean): { changed: Values; issues: RuleIssue[] } {
  const changed: Values = {};
  const issues: RuleIssue[] = [];
  for (const field of finzlyFieldNames) {
    const proposed = input.proposed[field];
    if (proposed === undefined) continue;
    if (field !== "reason" && isUntouched(field, input.known[field], proposed)) continue;
    const read = readValue(field, proposed, currency);
    if (read.value === undefined) continue;
    const comparable = finzlyFields[field].kind !== "money" || sameCurrency;
    if (field !== "reason" && comparable && isKnown(field, input.known[field], read.value)) continue;
    changed[field] = read.value;
    issues.push(...read.issues);
  }
  return { changed, issues };
}

/** The known subtype that must go along when only the type changes, if it fits the new type. */
function accompanyingSubtype(known: KnownFields, changed: Values): string | undefined {
  const { accountType, accountSubType } = changed;
  const subtype = known.accountSubType?.value;
  if (typeof accountType !== "string" || accountSubType !== undefined || typeof subtype !== "string") return undefined;
  const plain = normaliseText("accountSubType", subtype);
  return subtypeFits(accountType, plain) ? plain : undefined;
}

function forcedBy(input: UpdateInput, field: FinzlyFieldName, accompanies: boolean): string | undefined {
  if (field === "accountSubType" && accompanies) return "Account type";
  return field === "enableOffset" && offsetIsForced(input.known, input.proposed) ? "Prefunded" : undefined;
}

function evidenceIssues(input: UpdateInput, changed: Values, risk: Risk, changeCount: number): readonly RuleIssue[] {
  if (input.requireEvidence !== true) return [];
  if (changeCount === 0) {
    return [finding("FZ-NO-CHANGE", "change", "Nothing to send: every value is blank or as last known.")];
  }
  if (risk.class !== "high") return [];
  const authorisation = "A high-risk change needs an authorisation reference.";
  return [
    ...(changed.reason === undefined
      ? [finding("FZ-HIGH-RISK-REASON", "reason", "A high-risk change needs a reason.")]
      : []),
    ...((input.authorisationRef ?? "").trim() === ""
      ? [finding("FZ-HIGH-RISK-AUTHORISATION", "authorisationRef", authorisation)]
      : []),
  ];
}

function sendable(changed: Values, issues: readonly RuleIssue[]): FinzlyUpdate {
  const refused = new Set(issues.filter((issue) => issue.severity === "error").map((issue) => issue.path));
  const kept = finzlyFieldNames.filter((field) => changed[field] !== undefined && !refused.has(field));
  if (kept.every((field) => field === "reason")) return {};
  return Object.fromEntries(kept.map((field) => [field, changed[field]])) satisfies FinzlyUpdate;
}

const checks: readonly Check[] = [checkIdentity, checkRouting, checkFunding, checkLists, checkFinicity];

/**
 * Judges a proposed update of an account against what is last known. Never throws, whatever is typed.
 * Only fields whose normalised value differs from the known one are changes; a masked known value cannot be compared,
 * so any proposal is a change. Blank text leaves a field alone. `reason` goes along with a change but makes none.
 * At Finicity, which has no place for it, the reason stays out of the update.
 * When the type changes and the known subtype fits it, the subtype is sent too (forcedBy "Account type").
 */
export function checkUpdate(input: UpdateInput): CheckedUpdate {
  const currency = currencyOf(input.known, input.proposed);
  const sameCurrency = currencyOf(input.known, {}) === currency;
  const { changed, issues: reading } = gather(input, currency, sameCurrency);
  const subtype = accompanyingSubtype(input.known, changed);
  const { customerSecCodes, finicity } = input;
  const context: CheckContext = { known: input.known, changed, currency, sameCurrency, customerSecCodes, finicity };
  const judged = [...reading, ...checks.flatMap((check) => check(context))];
  const sent: Values = subtype === undefined ? changed : { ...changed, accountSubType: subtype };
  const changes = finzlyFieldNames.flatMap((field) => {
    const to = sent[field];
    if (to === undefined || field === "reason") return [];
    return describeChange({
      field,
      from: input.known[field],
      to,
      sameCurrency,
      forcedBy: forcedBy(input, field, subtype !== undefined),
      highRiskSecCodes: input.highRiskSecCodes,
    });
  });
  const risk = highestRisk(changes.map((change) => change.risk));
  const issues = [
    ...judged,
    ...lineIssues("authorisationRef", "The authorisation reference", input.authorisationRef ?? ""),
    ...evidenceIssues(input, changed, risk, changes.length),
  ];
  const { reason: _reason, ...withoutReason } = sent;
  const update = sendable(finicity === undefined ? sent : withoutReason, issues);
  return { update, changes, issues, risk, currency };
}
