import type {
  Bucket,
  FieldChange,
  FinzlyFieldName,
  KnownFields,
  ProposedFields,
  RiskClass,
  RuleIssue,
} from "@contract";
import { compareRow, rowKey, rowProposal, rowSignature, type RowKey } from "@contract/rules/bulk/index.ts";
import { isCurrencyCode } from "@contract/rules/currencies.ts";
import { currencyOf, isKnown } from "@contract/rules/field-sameness.ts";
import { finzlyFieldNames } from "@contract/rules/field-types.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { GivenRow } from "../staging.ts";
import type { AccountCache, CachedAccount } from "./account-cache.ts";
import type { PlanSetup } from "./plan-setup.ts";
import {
  damageKindOf,
  fromCell,
  fromIssue,
  noSuchAccount,
  noSuchNumber,
  openChangeProblem,
  rowProblem,
  severalAccounts,
  targetsOfPath,
  wholeRow,
  type RowProblem,
} from "./row-problem.ts";
import { raggedProblem } from "./row-width.ts";
import type { RowFault } from "./staging-store.ts";
import type { ShownBeside } from "./unchanged-rows.ts";

/** A row as staged. */
export interface RowToJudge {
  readonly cells: readonly string[];
  readonly given: GivenRow | undefined;
  readonly faults: readonly RowFault[];
}

/** What one row would do, and what keeps it from doing it. Full numbers inside. */
export interface JudgedRow {
  readonly bucket: Bucket;
  readonly account: CachedAccount | undefined;
  readonly changes: readonly FieldChange[];
  readonly risk: RiskClass;
  readonly currency: string;
  /** Only of fields that change, and the note that goes along. */
  readonly proposed: ProposedFields;
  readonly authorisationRef: string | undefined;
  /** What is known of the fields that change. */
  readonly base: KnownFields;
  readonly problems: readonly RowProblem[];
  readonly signature: number;
  /** Only of a row that changes nothing and was found so quickly: what stands beside its cells. */
  readonly beside?: readonly ShownBeside[];
}

const nothing = {
  changes: [],
  risk: "low",
  currency: "USD",
  proposed: {},
  authorisationRef: undefined,
  base: {},
  signature: 0,
} as const;

type Found =
  { readonly account: CachedAccount } | { readonly bucket: Bucket; readonly problems: readonly RowProblem[] };

function notFound(words = noSuchAccount): Found {
  return { bucket: "not-found", problems: [rowProblem("CSV-NOT-FOUND", words)] };
}

function oneOf(accounts: readonly CachedAccount[], whereNone = noSuchAccount): Found {
  const [account, another] = accounts;
  if (account === undefined) return notFound(whereNone);
  return another === undefined ? { account } : { bucket: "blocked", problems: [severalAccounts()] };
}

function find(key: RowKey, setup: PlanSetup, cache: AccountCache): Found {
  const { connectionId } = setup;
  const { customerUID = "", accountUID = "", last4 = "", accountNumberKey = "" } = key;
  if (setup.key === "uids") {
    const account = cache.byUids(connectionId, customerUID, accountUID);
    return account === undefined ? notFound() : { account };
  }
  if (setup.key === "last-four") return oneOf(cache.byLastFour(connectionId, customerUID, last4));
  const candidates = (setup.numbers?.candidates(accountNumberKey) ?? []).flatMap((id) => cache.byId(id) ?? []);
  return oneOf(candidates.filter(({ known }) => known().accountNumber?.value === accountNumberKey), noSuchNumber);
}

function columnFinder(setup: PlanSetup): (path: RuleIssue["path"]) => number {
  return (path) => {
    const targets = targetsOfPath(path);
    return setup.columns.find(({ target }) => targets.includes(target))?.index ?? wholeRow;
  };
}

function proposedOf(changes: readonly FieldChange[], proposed: ProposedFields): ProposedFields {
  if (changes.length === 0) return {};
  const kept = Object.keys(proposed).filter(
    (name) => name === "reason" || changes.some(({ field }) => field === name),
  ) as (keyof ProposedFields)[];
  return Object.fromEntries(kept.map((field) => [field, proposed[field]]));
}

function baseOf(changes: readonly FieldChange[], known: KnownFields): KnownFields {
  return Object.fromEntries(
    changes.flatMap(({ field }) => (known[field] === undefined ? [] : [[field, known[field]]])),
  );
}

interface Wish {
  readonly proposed: ProposedFields;
  readonly authorisationRef: string | undefined;
  readonly problems: readonly RowProblem[];
}

/** Compares what is wished for with what is known, by the very rules of the editor. */
function judgeWish(account: CachedAccount, wish: Wish, setup: PlanSetup, cache: AccountCache): JudgedRow {
  const { proposed, authorisationRef, problems } = wish;
  const compared = compareRow({
    known: account.known(),
    proposed,
    authorisationRef,
    customerSecCodes: account.customerSecCodes(),
  });
  const columnOf = columnFinder(setup);
  const found =
    compared.issues.length === 0
      ? problems
      : [...problems, ...compared.issues.map((issue) => fromIssue(issue, columnOf))];
  const { changes, currency } = compared;
  const restricted = proposedOf(changes, proposed);
  const judged = {
    account,
    changes,
    currency,
    risk: compared.risk.class,
    proposed: restricted,
    authorisationRef,
    base: baseOf(changes, account.known()),
    signature: changes.length === 0 ? 0 : rowSignature(restricted, authorisationRef),
  };
  const isBlocked = compared.bucket === "blocked" || problems.some(({ severity }) => severity === "error");
  if (isBlocked) return { ...judged, bucket: "blocked", problems: found };
  const open = compared.bucket === "will-change" ? cache.openChange(account) : undefined;
  if (open !== undefined) return { ...judged, bucket: "conflict", problems: [...found, openChangeProblem(open)] };
  return { ...judged, bucket: compared.bucket, problems: found };
}

function judgeCells({ cells, faults }: RowToJudge, setup: PlanSetup, cache: AccountCache): JudgedRow {
  const own = faults.map((fault) =>
    fault.code === "CSV-RAGGED" ? raggedProblem(fault, cells, setup) : rowProblem(fault.code, fault.message),
  );
  const key = rowKey(cells, setup.keyColumns, setup.key);
  const found = key.ok
    ? find(key.key, setup, cache)
    : { bucket: "blocked" as const, problems: key.problems.map(fromCell) };
  if (!("account" in found)) {
    const damaged = rowProposal(cells, setup.proposalColumns, {}).problems.filter(
      ({ code }) => damageKindOf(code) !== undefined,
    );
    const bucket = own.length === 0 ? found.bucket : "blocked";
    return { ...nothing, bucket, account: undefined, problems: [...own, ...found.problems, ...damaged.map(fromCell)] };
  }
  const { account } = found;
  const beside = own.length === 0 ? setup.unchanged(cells, account) : undefined;
  if (beside !== undefined) {
    return { ...nothing, currency: currencyNow(account), bucket: "no-change", account, problems: own, beside };
  }
  const { proposed, authorisationRef, problems } = rowProposal(cells, setup.proposalColumns, account.known());
  const all = own.length + problems.length === 0 ? own : [...own, ...problems.map(fromCell)];
  return judgeWish(account, { proposed, authorisationRef, problems: all }, setup, cache);
}

function currencyNow(account: CachedAccount): string {
  const own = account.oneRead?.values.currency;
  return typeof own === "string" && isCurrencyCode(own) ? own : currencyOf(account.known(), {});
}

function labels(fields: readonly FinzlyFieldName[]): string {
  return fields.map((field) => finzlyFields[field].label).join(", ");
}

/** Of an undo: what stood there is unknown. Of accounts chosen in the list: what the codes add to is unknown. */
function cannotProblem(
  { expected }: GivenRow,
  cannot: readonly FinzlyFieldName[],
  severity: RowProblem["severity"],
): RowProblem {
  return expected === undefined
    ? rowProblem("CSV-LIST-UNKNOWN", `${labels(cannot)}: the last known ones are unknown. Set the whole list.`, severity)
    : rowProblem(
        "CSV-CANNOT-RESTORE",
        `What stood here before is unknown, so it cannot be put back: ${labels(cannot)}.`,
        severity,
      );
}

function judgeGiven(given: GivenRow, setup: PlanSetup, cache: AccountCache): JudgedRow {
  const account = cache.byId(given.accountId);
  if (account === undefined) {
    const message = "The account is no longer known here. Read the customer's accounts from the provider.";
    return { ...nothing, bucket: "not-found", account: undefined, problems: [rowProblem("CSV-NOT-FOUND", message)] };
  }
  const { expected = {}, cannot = [], proposed } = given;
  const known = account.known();
  const moved = finzlyFieldNames.filter((field) => {
    const value = expected[field];
    return value !== undefined && !isKnown(field, known[field], value.value);
  });
  const hasNothing = cannot.length > 0 && Object.keys(proposed).every((field) => field === "reason");
  const problems = cannot.length === 0 ? [] : [cannotProblem(given, cannot, hasNothing ? "error" : "warning")];
  const judged = judgeWish(account, { proposed, authorisationRef: undefined, problems }, setup, cache);
  if (moved.length === 0 || judged.bucket === "blocked") return judged;
  const movedWords = `Changed since the batch wrote it, so it is kept as it is: ${labels(moved)}.`;
  return { ...judged, bucket: "conflict", problems: [...judged.problems, rowProblem("CSV-CHANGED-SINCE", movedWords)] };
}

/** Judges one row: which account it means, what it would change there, and what stands in the way. Never throws. */
export function judgeRow(row: RowToJudge, setup: PlanSetup, cache: AccountCache): JudgedRow {
  if (row.given !== undefined && setup.columns.length === 0) return judgeGiven(row.given, setup, cache);
  return judgeCells(row, setup, cache);
}
