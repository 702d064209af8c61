import type { BatchDetail, ConnectionId } from "@contract";
import {
  damageContext,
  mapProblems,
  proposalColumns,
  targetsOfKey,
  type BulkColumn,
  type ColumnTarget as BulkTarget,
  type DamageContext,
  type KeyChoiceName,
} from "@contract/rules/bulk/index.ts";
import { isFieldTarget, targetFacts } from "@contract/rules/bulk/targets.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { Reader } from "../../../database/sql.ts";
import type { PlanSettings } from "../staging.ts";
import type { AccountCache } from "./account-cache.ts";
import { gatherAccountNumbers, type AccountNumbers } from "./account-numbers.ts";
import { decimalOf, keyNames, maskedColumns, type ReadColumn } from "./file-columns.ts";
import { unreadable } from "./limits.ts";
import { createUnchangedRows, type UnchangedRows } from "./unchanged-rows.ts";

/** What the columns of a file are taken for. */
export interface PlanShape {
  readonly key: KeyChoiceName;
  readonly connectionId: ConnectionId;
  /** Every column that is not ignored. */
  readonly columns: readonly BulkColumn[];
  readonly keyColumns: readonly BulkColumn[];
  readonly proposalColumns: readonly BulkColumn[];
  readonly headers: readonly string[];
  /** By place in the file: the cells hold account numbers, which never leave main whole. */
  readonly masked: readonly boolean[];
}

/** All that judging the rows of a file needs besides the rows. */
export interface PlanSetup extends PlanShape {
  readonly numbers: AccountNumbers | undefined;
  readonly unchanged: UnchangedRows;
}

type Key = NonNullable<BatchDetail["key"]>;

function bulkTarget(target: PlanSettings["columns"][number]["target"], key: Key): BulkTarget | undefined {
  if (target === "ignore") return undefined;
  return target === "accountNumber" && key === "account-number" ? "accountNumberKey" : target;
}

/** The chosen columns in the words of the rules. Failure input-invalid when the choice cannot work yet. */
export function chosenColumns(
  settings: PlanSettings,
  read: readonly ReadColumn[],
): readonly Omit<BulkColumn, "damage">[] {
  const columns = settings.columns.flatMap(({ index, target: chosen, unit }) => {
    const target = bulkTarget(chosen, settings.key);
    const column = read[index];
    if (target === undefined || column === undefined) return [];
    const isMoney = isFieldTarget(target) && finzlyFields[target].kind === "money";
    const amount = { unit: unit ?? ("ask" as const), decimal: decimalOf(column) };
    return [{ index, target, header: column.header, ...(isMoney ? { amount } : {}) }];
  });
  const problems = mapProblems(columns, keyNames[settings.key]);
  if (problems.length > 0) throw unreadable(problems.join(" "));
  return columns;
}

/** Looks a text up at most once as long as few are asked for. */
function remembered(look: (text: string) => boolean): (text: string) => boolean {
  const seen = new Map<string, boolean>();
  return (text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const found = look(text);
    if (seen.size < 10_000) seen.set(text, found);
    return found;
  };
}

function damageJudge(cache: AccountCache, numbers: AccountNumbers | undefined, connectionId: ConnectionId) {
  return (target: BulkTarget, column: ReadColumn["stats"] | undefined): DamageContext => {
    switch (target) {
      case "customerUID": {
        const isKnownValue = remembered((text) => cache.hasCustomer(connectionId, text));
        return damageContext({
          target,
          column,
          cacheLengths: cache.uidLengths(connectionId, "customer"),
          isKnownValue,
        });
      }
      case "accountUID": {
        const isKnownValue = remembered((text) => cache.hasAccountUid(connectionId, text));
        return damageContext({ target, column, cacheLengths: cache.uidLengths(connectionId, "account"), isKnownValue });
      }
      case "accountNumberKey":
        return damageContext({
          target,
          column,
          cacheLengths: numbers?.lengths,
          isKnownValue: (text) => (numbers?.candidates(text).length ?? 0) > 0,
        });
      case "achCompanyId":
        return damageContext({ target, column, isKnownValue: remembered((text) => cache.hasCompanyId(text)) });
      default:
        return damageContext({ target, column });
    }
  };
}

function shapeOf(settings: PlanSettings, read: readonly ReadColumn[], columns: readonly BulkColumn[]): PlanShape {
  const key = keyNames[settings.key];
  const keyTargets = targetsOfKey(key);
  const probably = maskedColumns(read);
  return {
    key,
    connectionId: settings.connectionId,
    columns,
    keyColumns: columns.filter(({ target }) => keyTargets.some((wanted) => wanted === target)),
    proposalColumns: proposalColumns(columns),
    headers: read.map(({ header }) => header),
    masked: read.map((_, index) => {
      const target = columns.find((column) => column.index === index)?.target;
      return target === undefined ? probably[index] === true : targetFacts(target).masked;
    }),
  };
}

function columnsOf(settings: PlanSettings, read: readonly ReadColumn[]): readonly BulkColumn[] {
  return read.length === 0 || settings.columns.length === 0 ? [] : chosenColumns(settings, read);
}

/** What the columns are, for showing a plan. */
export function planShape(settings: PlanSettings, read: readonly ReadColumn[]): PlanShape {
  return shapeOf(settings, read, columnsOf(settings, read));
}

/** Makes ready to judge: the columns, by what their cells are judged, and the account numbers when they are the key. */
export function setUpPlan(
  settings: PlanSettings,
  read: readonly ReadColumn[],
  cache: AccountCache,
  workspace: Reader,
  goOn: () => void,
): PlanSetup {
  const { connectionId } = settings;
  const chosen = columnsOf(settings, read);
  const isKeyed = settings.key === "account-number" && chosen.length > 0;
  const numbers = isKeyed ? gatherAccountNumbers(workspace, connectionId, goOn) : undefined;
  const contextOf = damageJudge(cache, numbers, connectionId);
  const columns = chosen.map((column) => ({ ...column, damage: contextOf(column.target, read[column.index]?.stats) }));
  const shape = shapeOf(settings, read, columns);
  return { ...shape, numbers, unchanged: createUnchangedRows(shape.proposalColumns) };
}
