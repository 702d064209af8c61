import type { FieldChange, FinzlyFieldName, KnownFields, ProposedFields } from "@contract";
import { checkUpdate, type CheckedUpdate } from "@contract/rules/finzly-update.ts";
import { displayValue } from "@contract/rules/finzly-fields.ts";

/** What the rules say of a proposal, as form, sheet and sender all see it. */
export function checkProposal(input: {
  readonly known: KnownFields;
  readonly proposed: ProposedFields;
  readonly authorisationRef: string;
  readonly customerSecCodes: readonly string[] | undefined;
  readonly finicity: { readonly shownNumbers: readonly string[] } | undefined;
  readonly requireEvidence: boolean;
}): CheckedUpdate {
  return checkUpdate(input);
}

function lineOf(change: FieldChange, currency: string): string {
  if (change.codesAdded !== undefined || change.codesRemoved !== undefined) {
    const signs = [
      ...(change.codesAdded ?? []).map((code) => `+${code}`),
      ...(change.codesRemoved ?? []).map((code) => `−${code}`),
    ];
    if (signs.length > 0) return signs.join(" ");
  }
  const from = displayValue(change.field, change.from?.value, currency);
  return `${change.label} ${from} → ${displayValue(change.field, change.to, currency)}`;
}

/** One line for lists, at most 300 characters; account numbers masked. */
export function summarise(changes: readonly FieldChange[], currency: string): string {
  const text = changes.map((change) => lineOf(change, currency)).join(" · ");
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** The fields of a change sheet, in the provider's order. */
export function fieldsOf(changes: readonly FieldChange[]): FinzlyFieldName[] {
  return changes.map((change) => change.field);
}

const mostValueCharacters = 500;

/**
 * Last-known and proposed values field by field, as the sheet shows them: account numbers masked, long texts cut, an
 * unknown base "unknown" (of an account number: left out, as the trail would mask the word).
 */
export function valuesOf(
  changes: readonly FieldChange[],
  currency: string,
): { readonly before: Readonly<Record<string, string>>; readonly after: Readonly<Record<string, string>> } {
  const shown = (field: FinzlyFieldName, value: FieldChange["to"] | undefined): [FinzlyFieldName, string] => {
    const text = displayValue(field, value, currency);
    return [field, text.length > mostValueCharacters ? `${text.slice(0, mostValueCharacters - 1)}…` : text];
  };
  return {
    before: Object.fromEntries(
      changes
        .filter(({ masked, from }) => from !== undefined || !masked)
        .map(({ field, from }) => shown(field, from?.value)),
    ),
    after: Object.fromEntries(changes.map(({ field, to }) => shown(field, to))),
  };
}
