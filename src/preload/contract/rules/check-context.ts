import type { FieldValue, FinzlyFieldName, KnownFields, RuleIssue } from "./field-types.ts";

/** What a group of checks sees: normalised values that differ from last known, and what is known besides. */
export interface CheckContext {
  readonly known: KnownFields;
  /** Money in minor units; an amount that could not be read stays text. `reason` is here whenever it is given. */
  readonly changed: Readonly<Partial<Record<FinzlyFieldName, FieldValue>>>;
  readonly currency: string;
  readonly sameCurrency: boolean;
  readonly customerSecCodes?: readonly string[] | undefined;
  /** Only of an account at Finicity: the numbers the provider shows in place of the real one. */
  readonly finicity?: { readonly shownNumbers: readonly string[] } | undefined;
}

export type Check = (context: CheckContext) => readonly RuleIssue[];

/** The text being changed, or undefined when the field stays. */
export function changedText(context: CheckContext, field: FinzlyFieldName): string | undefined {
  const value = context.changed[field];
  return typeof value === "string" ? value : undefined;
}

/** The value after the update, as far as known: proposed, else last known; undefined when unknown or masked. */
export function valueAfter(context: CheckContext, field: FinzlyFieldName): FieldValue | undefined {
  const known = context.known[field];
  return context.changed[field] ?? (known?.masked === true ? undefined : known?.value);
}

/** The text after the update; undefined when unknown, masked or not set. */
export function textAfter(context: CheckContext, field: FinzlyFieldName): string | undefined {
  const value = valueAfter(context, field);
  return typeof value === "string" && value !== "" ? value : undefined;
}
