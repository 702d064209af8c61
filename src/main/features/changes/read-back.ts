import type { ConflictField, FinzlyFieldName, KnownFields, VerifiedField } from "@contract";
import { finzlyFieldNames } from "@contract";
import { compareSent, conflictsOf } from "@contract/rules/compare.ts";
import { sameValue } from "@contract/rules/field-sameness.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { ProviderAccount } from "../../providers/provider.ts";
import type { ChangeRecord } from "./change-record.ts";
import { maskValue } from "./present.ts";

/** Only what this very read returned counts as the provider's word; older reads in the cache do not. */
export function asReadNow(account: ProviderAccount, atMs: number): KnownFields {
  return Object.fromEntries(
    finzlyFieldNames.flatMap((field) => {
      const value = account.known[field];
      return value === undefined ? [] : [[field, { value, source: "provider-read" as const, atMs }]];
    }),
  );
}

/** Base, theirs now and mine for every field that moved, masked for the screen. */
export function conflictOf(change: ChangeRecord, now: KnownFields): ConflictField[] {
  return conflictsOf({ update: change.update, base: change.base, now }).flatMap((field) => {
    const theirs = now[field];
    const mine = change.update[field];
    if (theirs === undefined || mine === undefined) return [];
    const { label, masked } = finzlyFields[field];
    const base = change.base[field];
    return [
      {
        field,
        label,
        masked,
        theirs: { ...theirs, value: maskValue(field, theirs.value), ...(masked ? { masked } : {}) },
        mine: maskValue(field, mine),
        ...(base === undefined
          ? {}
          : { base: { ...base, value: maskValue(field, base.value), ...(masked ? { masked } : {}) } }),
      },
    ];
  });
}

/** Whether every field of the change that moved already holds what is proposed, so that nothing is left to send. */
export function alreadyAsProposed(change: ChangeRecord, now: KnownFields): boolean {
  const compared = compareSent({ update: change.update, base: change.base, now });
  return compared.verdict === "applied";
}

/** The base brought up to what was just read; fields the provider did not return keep theirs. */
export function freshenedBase(base: KnownFields, now: KnownFields): KnownFields {
  return { ...base, ...now };
}

/** What was sent beside what the provider says now, and what else it changed by itself. */
export function verify(
  change: ChangeRecord,
  now: KnownFields,
): { verdict: ReturnType<typeof compareSent>["verdict"]; fields: VerifiedField[] } {
  const compared = compareSent({ update: change.update, base: change.base, now });
  const sent: VerifiedField[] = compared.fields.map((entry) => ({
    field: entry.field,
    label: finzlyFields[entry.field].label,
    masked: finzlyFields[entry.field].masked,
    sent: maskValue(entry.field, entry.sent),
    verdict: entry.verdict,
    ...(entry.now === undefined ? {} : { now: maskValue(entry.field, entry.now) }),
  }));
  const unasked = finzlyFieldNames.filter((field) => movedUnasked(change, now, field));
  const others: VerifiedField[] = unasked.map((field) => ({
    field,
    label: finzlyFields[field].label,
    masked: finzlyFields[field].masked,
    now: maskValue(field, now[field]?.value),
    verdict: "changed",
  }));
  return { verdict: compared.verdict, fields: [...sent, ...others] };
}

function movedUnasked(change: ChangeRecord, now: KnownFields, field: FinzlyFieldName): boolean {
  const before = change.base[field];
  const after = now[field];
  if (change.update[field] !== undefined || before?.source !== "provider-read" || after === undefined) return false;
  return !sameValue(field, before.value, after.value);
}
