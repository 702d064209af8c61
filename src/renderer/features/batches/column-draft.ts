import type { BatchColumn, BatchDetail, ColumnDraft as KeptDraft, ColumnTarget, ConnectionId, InputOf } from "@contract";
import { draftDiffers, finzlyFieldNames, hasHeadings } from "@contract";
import { finzlyFields, isFinzlyFieldName } from "@contract/rules/finzly-fields.ts";

export type Unit = "dollars" | "cents";
export type KeyKind = NonNullable<BatchDetail["key"]>;

/** What a person chose for the columns so far; kept while they go back and forth. */
export interface ColumnDraft {
  readonly targets: readonly ColumnTarget[];
  readonly units: readonly (Unit | undefined)[];
  readonly key: KeyKind | undefined;
  readonly connectionId: ConnectionId | undefined;
  /** The name the map is remembered under; undefined: the columns are chosen for this file only. */
  readonly saveMapAs: string | undefined;
}

export interface TargetGroup {
  readonly title: string;
  readonly targets: readonly { readonly id: ColumnTarget; readonly label: string }[];
}

const keyLabels: readonly { readonly id: ColumnTarget; readonly label: string }[] = [
  { id: "customerUID", label: "Customer UID" },
  { id: "accountUID", label: "Account UID" },
  { id: "last4", label: "Last four" },
];

const groupTitles: readonly (readonly [string, readonly string[]])[] = [
  ["Funding and limits", ["funding"]],
  ["SEC codes", ["sec-codes"]],
  ["Account", ["identity"]],
  ["Routing", ["routing"]],
  ["Features", ["features"]],
];

/** What a column can be, in groups: which account, what changes, why. */
export const targetGroups: readonly TargetGroup[] = [
  { title: "Which account", targets: keyLabels },
  ...groupTitles.map(([title, groups]): TargetGroup => ({
    title,
    targets: [
      ...(title === "Funding and limits" ? [{ id: "fundingBasis" as const, label: "Funding basis" }] : []),
      ...finzlyFieldNames
        .filter((field) => groups.includes(finzlyFields[field].group))
        .map((field) => ({
          id: field,
          label: finzlyFields[field].label,
        })),
    ],
  })),
  {
    title: "Why",
    targets: [
      { id: "reason", label: finzlyFields.reason.label },
      { id: "authorisationRef", label: "Authorisation reference" },
    ],
  },
  { title: "Nothing", targets: [{ id: "ignore", label: "Ignore this column" }] },
];

const labels: ReadonlyMap<ColumnTarget, string> = new Map(
  targetGroups.flatMap((group) => group.targets.map((target) => [target.id, target.label] as const)),
);

export function targetLabel(target: ColumnTarget): string {
  return labels.get(target) ?? target;
}

/** Whether a plain number in a column of this target may be dollars or cents. */
export function isAmount(target: ColumnTarget): boolean {
  return isFinzlyFieldName(target) && finzlyFields[target].kind === "money";
}

const keyNeeds: Readonly<Record<KeyKind, readonly ColumnTarget[]>> = {
  "customer-and-account": ["customerUID", "accountUID"],
  "account-number": ["accountNumber"],
  "last-four-and-customer": ["customerUID", "last4"],
};

const keyLabelsByKind: Readonly<Record<KeyKind, string>> = {
  "customer-and-account": "Customer UID and account UID",
  "account-number": "Account number",
  "last-four-and-customer": "Customer UID and last four",
};

export interface KeyOption {
  readonly kind: KeyKind;
  readonly label: string;
  /** Why it cannot be chosen with the columns as they are. */
  readonly why: string | undefined;
}

/** The three ways to find an account, and why one is not possible with the columns chosen now. */
export function keyOptions(targets: readonly ColumnTarget[]): readonly KeyOption[] {
  return (Object.keys(keyNeeds) as KeyKind[]).map((kind) => {
    const missing = keyNeeds[kind].filter((target) => !targets.includes(target)).map(targetLabel);
    const why = missing.length === 0 ? undefined : `No column is ${missing.join(" or ")}.`;
    return { kind, label: keyLabelsByKind[kind], why };
  });
}

type Connections = readonly { readonly id: ConnectionId }[];

/** The draft as main has the columns: as proposed, or as they were checked. */
export function mainsDraft(batch: BatchDetail, connections: Connections): ColumnDraft {
  const targets = batch.columns.map((column) => column.target);
  const possible = keyOptions(targets).filter((option) => option.why === undefined);
  return {
    targets,
    units: batch.columns.map((column) => (column.unit === "ask" ? undefined : column.unit)),
    key: batch.key ?? possible[0]?.kind,
    connectionId: batch.connectionId ?? (connections.length === 1 ? connections[0]?.id : undefined),
    saveMapAs: undefined,
  };
}

/** The draft a person goes on with: what they left unchecked, or else the columns as main has them. */
export function draftOf(batch: BatchDetail, connections: Connections): ColumnDraft {
  const { columnDraft: kept } = batch;
  const draft = mainsDraft(batch, connections);
  if (kept === undefined) return draft;
  const chosen = new Map(kept.columns.map((column) => [column.index, column]));
  return {
    targets: batch.columns.map(({ index }) => chosen.get(index)?.target ?? "ignore"),
    units: batch.columns.map(({ index }, at) => chosen.get(index)?.unit ?? draft.units[at]),
    key: kept.key,
    connectionId: kept.connectionId ?? draft.connectionId,
    saveMapAs: kept.saveMapAs,
  };
}

/** The draft as main keeps it, however much of it is missing or wrong. */
export function keptDraft(batch: Pick<BatchDetail, "columns">, draft: ColumnDraft): KeptDraft {
  const { key, connectionId, saveMapAs } = draft;
  return {
    columns: batch.columns.map(({ index }, at) => {
      const target = draft.targets[at] ?? "ignore";
      const unit = draft.units[at];
      return { index, target, ...(isAmount(target) && unit !== undefined ? { unit } : {}) };
    }),
    ...(key === undefined ? {} : { key }),
    ...(connectionId === undefined ? {} : { connectionId }),
    ...(saveMapAs === undefined ? {} : { saveMapAs }),
  };
}

/** Whether the rows were checked with other columns than those chosen now. */
export function mustCheckAgain(
  batch: Pick<BatchDetail, "state" | "columns" | "key" | "connectionId">,
  pending: KeptDraft | undefined,
): boolean {
  return batch.state === "compare" && pending !== undefined && draftDiffers(pending, batch);
}

export function withTarget(draft: ColumnDraft, index: number, target: ColumnTarget): ColumnDraft {
  const targets = draft.targets.map((before, at) => (at === index ? target : before));
  const keyStays = keyOptions(targets).some((option) => option.kind === draft.key && option.why === undefined);
  const first = keyOptions(targets).find((option) => option.why === undefined);
  return { ...draft, targets, key: keyStays ? draft.key : first?.kind };
}

export function withUnit(draft: ColumnDraft, index: number, unit: Unit): ColumnDraft {
  return { ...draft, units: draft.units.map((before, at) => (at === index ? unit : before)) };
}

export interface DraftProblem {
  /** The name of the field at fault: "column-3", "key", "connection". */
  readonly field: string;
  readonly message: string;
}

const noUpdate: ReadonlySet<ColumnTarget> = new Set([
  "customerUID",
  "accountUID",
  "last4",
  "authorisationRef",
  "reason",
  "ignore",
]);

/** What must be put right before the rows can be checked; empty when nothing is. */
export function draftProblems(
  draft: ColumnDraft,
  { columns, savedMap }: Pick<BatchDetail, "columns" | "savedMap">,
): readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  const first = new Map<ColumnTarget, number>();
  draft.targets.forEach((target, at) => {
    const header = columns[at]?.header ?? "";
    const before = first.get(target);
    if (target !== "ignore" && before !== undefined) {
      const other = columns[before]?.header ?? "";
      problems.push({
        field: `column-${String(at)}`,
        message: `“${other}” and “${header}” are both ${targetLabel(target)}. Ignore one of them.`,
      });
    }
    if (target !== "ignore" && before === undefined) first.set(target, at);
    if (isAmount(target) && draft.units[at] === undefined) {
      problems.push({ field: `unit-${String(at)}`, message: `Say whether “${header}” is in dollars or in cents.` });
    }
  });
  if (draft.targets.every((target) => noUpdate.has(target))) {
    problems.push({ field: "", message: "No column changes anything. Choose at least one field of the account." });
  }
  const key = keyOptions(draft.targets).find((option) => option.kind === draft.key);
  if (key === undefined) problems.push({ field: "key", message: "Choose how an account is found." });
  else if (key.why !== undefined)
    problems.push({ field: "key", message: `${key.label} cannot find the accounts. ${key.why}` });
  if (draft.connectionId === undefined)
    problems.push({ field: "connection", message: "Choose the connection the changes go to." });
  if (savedMap !== undefined && draft.saveMapAs?.trim() === "") {
    problems.push({ field: "saveMapAs", message: "Give the saved map a name, or leave it as it is." });
  }
  return problems;
}

/** The call that takes a draft; undefined while it has no key or connection. */
export function setColumnsInput(batch: BatchDetail, draft: ColumnDraft): InputOf<"batches.setColumns"> | undefined {
  const { key, connectionId } = draft;
  if (key === undefined || connectionId === undefined) return undefined;
  const saveMapAs = draft.saveMapAs?.trim() ?? "";
  const { columns } = keptDraft(batch, draft);
  const remembers = saveMapAs !== "" && hasHeadings(batch);
  return { id: batch.id, revision: batch.revision, columns, key, connectionId, ...(remembers ? { saveMapAs } : {}) };
}

/** "“Branch”, “Officer” and 3 more are not read." */
export function ignoredSentence(draft: ColumnDraft, columns: readonly BatchColumn[]): string {
  const ignored = columns.filter((_column, at) => draft.targets[at] === "ignore").map((column) => `“${column.header}”`);
  if (ignored.length === 0) return "Every column is used.";
  const shown = ignored.slice(0, 6);
  const more = ignored.length - shown.length;
  const names =
    more > 0
      ? `${shown.join(", ")} and ${String(more)} more`
      : shown.length === 1
        ? shown.join("")
        : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
  return `Ignored: ${names}. ${ignored.length === 1 ? "It stays" : "They stay"} in the result file, untouched.`;
}

/** How a column was recognised, in words. */
export const matchedWords: Readonly<Record<BatchColumn["matchedBy"], string>> = {
  exact: "same name",
  "provider-name": "Finzly’s name",
  label: "label",
  synonym: "usual word",
  "saved-map": "saved map",
  person: "chosen by you",
  none: "not recognised",
};
