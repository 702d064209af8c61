import { detailFields, detailGroups, type DetailGroup } from "./detail-fields.ts";
import { positionFields } from "./position-fields.ts";
import { readableName } from "./readable-name.ts";
import type { AggregatedRecord } from "./record.ts";
import { epochMs, shownValue, type FieldUnit, type ShownValue } from "./shown-value.ts";

export interface ShownField {
  readonly key: string;
  readonly label: string;
  readonly value: ShownValue;
}

export interface ShownGroup {
  readonly title: DetailGroup;
  readonly fields: readonly ShownField[];
}

export interface ShownPositions {
  readonly columns: readonly { readonly key: string; readonly label: string; readonly unit: FieldUnit }[];
  /** One row a holding, one value a column; null where the holding does not have it. */
  readonly rows: readonly (readonly (ShownValue | null)[])[];
}

/** A key no document names: its value as it is, except a moment under a key that says it is a date. */
function guessedUnit(key: string, raw: string): FieldUnit {
  return /date$/iu.test(key) && epochMs(raw) !== undefined ? "date" : "text";
}

function shownField(key: string, raw: string, currency: string | undefined): ShownField {
  const known = detailFields.get(key);
  return {
    key,
    label: known?.label ?? readableName(key),
    value: shownValue(raw, known?.unit ?? guessedUnit(key, raw), currency),
  };
}

/**
 * Every key of `detail`, each exactly once: documented ones in their groups and in the documents' order, whatever the
 * account's type, all others under `Other` in the provider's order. Groups without a field are left out.
 */
export function detailGroupsOf(detail: AggregatedRecord["detail"], currency: string | undefined): readonly ShownGroup[] {
  const order = [...detailFields.keys()];
  const place = (key: string) => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  };
  const keys = Object.keys(detail).toSorted((a, b) => place(a) - place(b));
  return detailGroups
    .map((title) => ({
      title,
      fields: keys
        .filter((key) => (detailFields.get(key)?.group ?? "Other") === title)
        .map((key) => shownField(key, detail[key] ?? "", currency)),
    }))
    .filter((group) => group.fields.length > 0);
}

/** Whether the description only says once more what the security is called. */
function repeatsName(positions: AggregatedRecord["positions"]): boolean {
  return positions.every(({ description, securityName }) => description === undefined || description === securityName);
}

/**
 * Holdings as a table: a column for every key that any holding has, documented ones first, in their order. A description
 * that everywhere equals the security's name is that name's column.
 */
export function positionsOf(positions: AggregatedRecord["positions"], currency: string | undefined): ShownPositions {
  const present = new Set(positions.flatMap((position) => Object.keys(position)));
  if (repeatsName(positions)) present.delete("description");
  const keys = [
    ...[...positionFields.keys()].filter((key) => present.has(key)),
    ...[...present].filter((key) => !positionFields.has(key)),
  ];
  const columns = keys.map((key) => {
    const known = positionFields.get(key);
    return { key, label: known?.label ?? readableName(key), unit: known?.unit ?? ("text" as const) };
  });
  return {
    columns,
    rows: positions.map((position) =>
      columns.map(({ key, unit }) => {
        const raw = Object.hasOwn(position, key) ? position[key] : undefined;
        return raw === undefined ? null : shownValue(raw, unit, position["securityCurrency"] ?? currency);
      }),
    ),
  };
}
