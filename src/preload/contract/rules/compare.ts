import {
  finzlyFieldNames, type FieldValue, type FinzlyFieldName, type FinzlyUpdate, type KnownFields, type KnownValue,
} from "./field-types.ts";
import { sameValue } from "./field-sameness.ts";

export type FieldVerdict = "as-sent" | "ignored" | "changed" | "not-readable";
export type SentVerdict = "applied" | "not-applied" | "changed-by-someone-else" | "cannot-tell";

export interface ComparedField {
  readonly field: FinzlyFieldName;
  readonly sent: FieldValue;
  readonly now?: FieldValue;
  readonly verdict: FieldVerdict;
}

export interface SentComparison {
  readonly verdict: SentVerdict;
  readonly fields: readonly ComparedField[];
}

/** Equality as far as the two can be seen: when a side is masked, only its characters at the end are compared. */
function agrees(field: FinzlyFieldName, a: KnownValue, b: KnownValue): boolean {
  if (a.masked !== true && b.masked !== true) return sameValue(field, a.value, b.value);
  if (typeof a.value !== "string" || typeof b.value !== "string") return false;
  if (a.masked === true && b.masked === true) return a.value === b.value;
  if (a.value === "" || b.value === "") return false;
  return a.masked === true ? b.value.endsWith(a.value) : a.value.endsWith(b.value);
}

function readable(now: KnownValue | undefined): now is KnownValue {
  return now !== undefined && now.source === "provider-read";
}

/** A base that can be argued from: what a person typed by hand is no evidence of what the provider held. */
function sureBase(base: KnownValue | undefined): base is KnownValue {
  return base !== undefined && base.source !== "entered-by-hand";
}

interface Judged extends ComparedField {
  readonly sureBase: boolean;
  readonly evidence: boolean;
}

function judge(
  field: FinzlyFieldName,
  sent: FieldValue,
  base: KnownValue | undefined,
  now: KnownValue | undefined,
): Judged {
  if (!readable(now)) return { field, sent, verdict: "not-readable", sureBase: false, evidence: false };
  const asKnown: KnownValue = { value: sent, source: "vostro-wrote", atMs: 0 };
  const sure = sureBase(base);
  const evidence = sure && !agrees(field, base, asKnown);
  const asSent = agrees(field, now, asKnown);
  const verdict = asSent ? "as-sent" : sure && agrees(field, base, now) ? "ignored" : "changed";
  return { field, sent, now: now.value, verdict, sureBase: sure, evidence };
}

/** Fields that speak for a write when they match but not against it: a note, and a switch the provider may force. */
const onlyFor: ReadonlySet<FinzlyFieldName> = new Set(["reason", "defaultOffset"]);

function verdictOf(judged: readonly Judged[]): SentVerdict {
  const counted = judged.filter((entry) => entry.verdict !== "not-readable");
  const evidence = counted.filter((entry) => entry.evidence);
  const asSent = evidence.filter((entry) => entry.verdict === "as-sent");
  const against = counted.filter((entry) => entry.verdict !== "as-sent" && !onlyFor.has(entry.field));
  if (asSent.length > 0) return against.length === 0 ? "applied" : "changed-by-someone-else";
  const weighty = evidence.filter((entry) => !onlyFor.has(entry.field));
  if (weighty.length === 0) return "cannot-tell";
  if (weighty.some((entry) => entry.verdict === "changed")) return "changed-by-someone-else";
  if (counted.some((entry) => !entry.sureBase)) return "cannot-tell";
  return against.some((entry) => entry.verdict === "changed") ? "changed-by-someone-else" : "not-applied";
}

/**
 * Judges, from a re-read after an unclear outcome, whether the update was applied. Evidence is only a field the
 * provider returned (`now.source` provider-read) whose base is known and differs from what was sent.
 * `applied`: some evidence shows the sent value and no readable field differs from what was sent. `not-applied`: there
 * is evidence, and every readable field stands at its known base. `cannot-tell`: no evidence, or a readable field whose
 * base is unknown stands in the way. Otherwise `changed-by-someone-else`. `reason` and `defaultOffset` (which
 * Finzly may force to Yes) count only when they match.
 */
export function compareSent(input: {
  readonly update: FinzlyUpdate;
  readonly base: KnownFields;
  readonly now: KnownFields;
}): SentComparison {
  const judged = finzlyFieldNames.flatMap((field) => {
    const sent = input.update[field];
    return sent === undefined ? [] : [judge(field, sent, input.base[field], input.now[field])];
  });
  const fields = judged.map(({ field, sent, now, verdict }) => ({
    field,
    sent,
    ...(now === undefined ? {} : { now }),
    verdict,
  }));
  return { verdict: verdictOf(judged), fields };
}

/**
 * The fields of an update that moved between the base and a re-read just before sending. A field whose base is known
 * conflicts when it now differs from that base, even when it now equals what is proposed; one whose base is unknown
 * conflicts when it now differs from what is proposed. Fields the provider did not return never conflict,
 * nor does `reason`.
 */
export function conflictsOf(input: {
  readonly update: FinzlyUpdate;
  readonly base: KnownFields;
  readonly now: KnownFields;
}): FinzlyFieldName[] {
  return finzlyFieldNames.filter((field) => {
    const mine = input.update[field];
    const now = input.now[field];
    if (mine === undefined || field === "reason" || !readable(now)) return false;
    const base = input.base[field] ?? { value: mine, source: "vostro-wrote" as const, atMs: 0 };
    return !agrees(field, base, now);
  });
}
