import type {
  AccountId,
  FieldChange,
  FinzlyFieldName,
  KnownFields,
  KnownValue,
  PlanRow,
  ProposedFields,
  RiskClass,
} from "@contract";
import { readSafeCell } from "@contract/rules/bulk/index.ts";
import { isFieldTarget } from "@contract/rules/bulk/targets.ts";
import { displayValue, finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { ChosenRow } from "../staging.ts";
import type { CachedAccount } from "./account-cache.ts";
import type { JudgedRow } from "./judge-row.ts";
import type { PlanShape } from "./plan-setup.ts";
import type { RowProblem } from "./row-problem.ts";
import type { ShownBeside } from "./unchanged-rows.ts";

/** A problem with the group it was counted in. */
export interface StoredProblem extends RowProblem {
  readonly group: number;
}

/**
 * What a plan keeps of one row, as it was seen; short names because there may be a million. `k` holds the known value
 * of each mapped field in column order: 0 where the cell says the same, null where nothing is known.
 */
export interface StoredPlan {
  readonly a?: {
    readonly id: AccountId;
    /** Of the customer and of the account. */
    readonly uids: readonly [string, string];
    readonly names: readonly [string, string];
    readonly last4: string;
  };
  readonly c?: readonly FieldChange[];
  readonly cur?: string;
  readonly r?: RiskClass;
  readonly q?: ProposedFields;
  readonly t?: string;
  /** Known values that must not stand whole in `c`. */
  readonly b?: KnownFields;
  readonly p?: readonly StoredProblem[];
  readonly k?: readonly ShownBeside[];
  readonly s?: readonly [KnownValue["source"], number];
}

/** A mapped column that holds a field. */
export interface FieldColumn {
  readonly index: number;
  readonly target: FinzlyFieldName;
}

/** The mapped columns that hold fields, in the order of `k`. */
export function fieldColumns(setup: Pick<PlanShape, "proposalColumns">): readonly FieldColumn[] {
  return setup.proposalColumns.flatMap(({ index, target }) => (isFieldTarget(target) ? [{ index, target }] : []));
}

/** Where the older value comes from that has the most to be doubted: the oldest of those shown. */
function oldest(values: Iterable<KnownValue | undefined>): readonly [KnownValue["source"], number] | undefined {
  let found: KnownValue | undefined;
  for (const value of values)
    if (value !== undefined && (found === undefined || value.atMs < found.atMs)) found = value;
  return found === undefined ? undefined : [found.source, found.atMs];
}

function knownTexts(
  judged: JudgedRow,
  cells: readonly string[],
  columns: readonly FieldColumn[],
): readonly ShownBeside[] {
  const { account, currency, beside } = judged;
  if (beside !== undefined) return beside;
  const all = account?.known();
  return columns.map(({ index, target }) => {
    const known = all?.[target];
    if (known === undefined) return null;
    const shown = displayValue(target, known.value, currency);
    return shown === readSafeCell(cells[index] ?? "") ? 0 : shown;
  });
}

function maskedBase(judged: JudgedRow): KnownFields | undefined {
  const masked = judged.changes.filter(({ field }) => finzlyFields[field].masked && judged.base[field] !== undefined);
  return masked.length === 0 ? undefined : Object.fromEntries(masked.map(({ field }) => [field, judged.base[field]]));
}

function sourceOf({ changes, beside }: JudgedRow, account: CachedAccount, columns: readonly FieldColumn[]) {
  const { oneRead } = account;
  if (changes.length > 0) return oldest(changes.map(({ from }) => from));
  const isRead = beside !== undefined && oneRead !== undefined && beside.some((shown) => shown !== null);
  if (isRead) return ["provider-read", oneRead.atMs] as const;
  const known = account.known();
  return oldest(columns.map(({ target }) => known[target]));
}

export function toStored(
  judged: JudgedRow,
  problems: readonly StoredProblem[],
  cells: readonly string[],
  columns: readonly FieldColumn[],
): StoredPlan {
  const { account, changes, currency, authorisationRef } = judged;
  if (account === undefined) return problems.length === 0 ? {} : { p: problems };
  const base = maskedBase(judged);
  const source = sourceOf(judged, account, columns);
  return {
    a: {
      id: account.id,
      uids: [account.customerUid, account.accountUid],
      names: [account.customerName, account.accountName],
      last4: account.last4,
    },
    cur: currency,
    ...(changes.length === 0 ? {} : { c: changes, r: judged.risk, q: judged.proposed }),
    ...(authorisationRef === undefined ? {} : { t: authorisationRef }),
    ...(base === undefined ? {} : { b: base }),
    ...(problems.length === 0 ? {} : { p: problems }),
    ...(columns.length === 0 ? {} : { k: knownTexts(judged, cells, columns) }),
    ...(source === undefined ? {} : { s: source }),
  };
}

/** The texts of known values that the row leaves alone. */
export function knownShown(
  stored: StoredPlan,
  cells: readonly string[],
  columns: readonly FieldColumn[],
): PlanRow["known"] {
  const changed = new Set((stored.c ?? []).map(({ field }) => field));
  const entries = columns.flatMap(({ index, target }, place) => {
    const text = stored.k?.[place] ?? null;
    if (text === null || changed.has(target)) return [];
    return [[target, text === 0 ? readSafeCell(cells[index] ?? "") : text] as const];
  });
  return Object.fromEntries(entries);
}

/** A row of the plan as it is made into a change. */
export function chosenRow(row: number, stored: StoredPlan): ChosenRow | undefined {
  const { a, c = [], q = {}, b = {}, r = "low", t } = stored;
  if (a === undefined) return undefined;
  const seen = c.flatMap(({ field, from }) => (from === undefined ? [] : [[field, from] as const]));
  return {
    row,
    accountId: a.id,
    proposed: q,
    authorisationRef: t,
    base: { ...Object.fromEntries(seen), ...b },
    risk: r,
  };
}
