import { finzlyFields } from "../finzly-fields.ts";
import { type AmountFormat, amountUnit } from "./amount-format.ts";
import { ambiguousWords, plainHeader, spelledOut, squashed, synonyms, withoutUnits } from "./header-words.ts";
import {
  type ColumnTarget, columnTargets, isFieldTarget, isKeyTarget, type KeyTarget, targetFacts,
} from "./targets.ts";
import { createTextHash } from "./text-hash.ts";

/** How a column was recognised: the very name, the name but for case and punctuation, the label, a usual word. */
export type MatchedBy = "exact" | "provider-name" | "label" | "synonym";

/** What a column probably is. Without `target` it is left out until a person says; `candidates` names the choices. */
export interface ColumnSuggestion {
  readonly target?: ColumnTarget;
  readonly by?: MatchedBy;
  /** For amounts: how they are written. */
  readonly amount?: AmountFormat;
  readonly candidates?: readonly ColumnTarget[];
}

interface Match {
  readonly target: ColumnTarget;
  readonly by: MatchedBy;
}

const byName: ReadonlyMap<string, ColumnTarget> = new Map(columnTargets.map((target) => [target, target]));
const bySquashedName: ReadonlyMap<string, ColumnTarget> = new Map(
  columnTargets.map((target) => [squashed(target), target]),
);
const byLabel: ReadonlyMap<string, ColumnTarget> = new Map(
  columnTargets.map((target) => [squashed(targetFacts(target).label), target]),
);

function matchOf(header: string): Match | undefined {
  const exact = byName.get(plainHeader(header));
  if (exact !== undefined) return { target: exact, by: "exact" };
  const named = bySquashedName.get(squashed(header));
  if (named !== undefined) return { target: named, by: "provider-name" };
  const labelled = byLabel.get(squashed(header));
  if (labelled !== undefined) return { target: labelled, by: "label" };
  for (const words of [squashed(header), spelledOut(header), withoutUnits(header)]) {
    const target = synonyms.get(words) ?? bySquashedName.get(words) ?? byLabel.get(words);
    if (target !== undefined && words !== "") return { target, by: "synonym" };
  }
  return undefined;
}

const strength: Readonly<Record<MatchedBy, number>> = { exact: 3, "provider-name": 3, label: 2, synonym: 1 };

/**
 * Account numbers usually say which account is meant. They are read as a new number only under the provider's very name
 * beside an account UID; otherwise, beside an account UID, a person must say.
 */
function accountNumberMatch(match: Match | undefined, hasAccountUid: boolean): Match | undefined {
  if (match?.target !== "accountNumber") return match;
  if (!hasAccountUid) return { target: "accountNumberKey", by: match.by };
  return match.by === "exact" ? match : undefined;
}

function suggestion(header: string, samples: readonly string[], match: Match): ColumnSuggestion {
  const { target, by } = match;
  const isMoney = isFieldTarget(target) && finzlyFields[target].kind === "money";
  if (!isMoney) return { target, by };
  return { target, by, amount: amountUnit(header, samples, by === "exact" || by === "provider-name") };
}

/**
 * What each column probably is, in the order of the headers; `samples` holds some cells per column. A target goes to at
 * most one column: to the one recognised most surely, and to none when two are equally sure.
 */
export function suggestColumns(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): ColumnSuggestion[] {
  const first = headers.map(matchOf);
  const hasAccountUid = first.some((match) => match?.target === "accountUID");
  const matches = first.map((match) => accountNumberMatch(match, hasAccountUid));
  const strongest = new Map<ColumnTarget, number>();
  const rivals = new Map<ColumnTarget, number>();
  for (const match of matches) {
    if (match === undefined) continue;
    const best = strongest.get(match.target) ?? 0;
    const mine = strength[match.by];
    if (mine > best) strongest.set(match.target, mine);
    rivals.set(match.target, mine > best ? 1 : (rivals.get(match.target) ?? 0) + (mine === best ? 1 : 0));
  }
  return headers.map((header, at): ColumnSuggestion => {
    const match = matches[at];
    const mayBe = ambiguousWords.get(withoutUnits(header));
    if (match === undefined) {
      if (first[at] !== undefined) return { candidates: ["accountNumberKey", "accountNumber"] };
      return mayBe === undefined ? {} : { candidates: mayBe };
    }
    const wins = strength[match.by] === strongest.get(match.target) && rivals.get(match.target) === 1;
    return wins ? suggestion(header, samples[at] ?? [], match) : { candidates: [match.target] };
  });
}

/**
 * A short text that is the same for files with the same columns in the same order. Case and spacing do not count;
 * signs do, because "Limit ($)" and "Limit (¢)" must not share a saved map.
 */
export function headerFingerprint(headers: readonly string[]): string {
  const hashes = [createTextHash(1), createTextHash(2)];
  for (const header of headers) {
    const plain = plainHeader(header).replace(/\s+/gu, " ").toLowerCase();
    for (const hash of hashes) hash.add(plain);
  }
  const parts = hashes.map((hash) => hash.value().toString(16).padStart(14, "0"));
  return `${String(headers.length)}-${parts.join("")}`;
}

export const keyChoiceNames = ["uids", "account-number", "last-four"] as const;
export type KeyChoiceName = (typeof keyChoiceNames)[number];

/** One way to say which account a row means. `missing` names the columns it still needs. */
export interface KeyChoice {
  readonly name: KeyChoiceName;
  readonly targets: readonly KeyTarget[];
  readonly label: string;
  readonly available: boolean;
  readonly missing: readonly KeyTarget[];
}

const keyTargetsOf: Readonly<Record<KeyChoiceName, Pick<KeyChoice, "targets" | "label">>> = {
  uids: { targets: ["customerUID", "accountUID"], label: "Customer UID and account UID" },
  "account-number": { targets: ["accountNumberKey"], label: "Account number" },
  "last-four": { targets: ["customerUID", "last4"], label: "Customer UID and last four" },
};

/** The columns a key consists of, in order. */
export function targetsOfKey(name: KeyChoiceName): readonly KeyTarget[] {
  return keyTargetsOf[name].targets;
}

/** The three ways to find an account, surest first, and whether the columns chosen so far allow each. */
export function keyChoices(columns: readonly { readonly target: ColumnTarget }[]): KeyChoice[] {
  const present = new Set(columns.map((column) => column.target));
  return keyChoiceNames.map((name) => {
    const { targets, label } = keyTargetsOf[name];
    const missing = targets.filter((target) => !present.has(target));
    return { name, targets, label, available: missing.length === 0, missing };
  });
}

const changesNothing: ReadonlySet<ColumnTarget> = new Set(["reason", "authorisationRef"]);

/** Why a map of columns cannot be used yet, in sentences; empty when it can. */
export function mapProblems(
  columns: readonly { readonly target: ColumnTarget; readonly amount?: { readonly unit: AmountFormat["unit"] } }[],
  key: KeyChoiceName | undefined,
): string[] {
  const problems: string[] = [];
  const seen = new Set<ColumnTarget>();
  const twice = new Set<ColumnTarget>();
  for (const { target } of columns) (seen.has(target) ? twice : seen).add(target);
  for (const target of twice) problems.push(`${targetFacts(target).label} is chosen for more than one column.`);
  const choice = keyChoices(columns).find((entry) => entry.name === key);
  if (choice === undefined) problems.push("Choose the columns that say which account a row means.");
  else if (!choice.available) {
    const names = choice.missing.map((target) => targetFacts(target).label).join(", ");
    problems.push(`The chosen key also needs a column for ${names}.`);
  }
  if (columns.every(({ target }) => isKeyTarget(target) || changesNothing.has(target))) {
    problems.push("No column changes anything. Choose at least one field.");
  }
  for (const { target, amount } of columns) {
    if (isFieldTarget(target) && finzlyFields[target].kind === "money" && (amount?.unit ?? "ask") === "ask") {
      problems.push(`Say whether ${targetFacts(target).label} is in dollars or in cents.`);
    }
  }
  return problems;
}
