import type { KnownFields, KnownValue, ProposedFields } from "@contract/rules/field-types.ts";
import type { UpdateInput } from "@contract/rules/finzly-update.ts";

/** A last-known value as the provider returned it. */
export const read = (value: KnownValue["value"]): KnownValue => ({ value, source: "provider-read", atMs: 1 });

export type Case = Partial<UpdateInput> & { readonly proposed: ProposedFields };
export interface Pair {
  readonly fires: readonly Case[];
  readonly silent: readonly Case[];
}

export const nidUs: KnownFields = { bankIdType: read("NID"), countryCode: read("US") };
export const bic: KnownFields = { bankIdType: read("BIC") };
export const prefunded: KnownFields = {
  isAchPrefund: read(true),
  isUnderWritten: read(false),
  enableOffset: read("Yes"),
};
export const cases = (...list: readonly Case[]): readonly Case[] => list;
export const of = (...list: readonly ProposedFields[]): readonly Case[] => list.map((proposed) => ({ proposed }));
export const over = (known: KnownFields, ...list: readonly ProposedFields[]): readonly Case[] =>
  list.map((proposed) => ({ known, proposed }));
