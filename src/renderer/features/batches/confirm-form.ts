import { highRiskWithout, type BatchDetail, type Bucket, type InputOf } from "@contract";
import { counted, countText } from "../../ui/index.ts";

export interface ConfirmForm {
  readonly reasonCategory: string;
  readonly reason: string;
  readonly authorisationRef: string;
  readonly stops: boolean;
  readonly stopAfter: string;
  readonly typedCount: string;
}

type Approving = Pick<BatchDetail, "totals" | "approvals" | "environment" | "connectionName">;

const typeAbove = 100;

export function confirmFormOf(batch: BatchDetail): ConfirmForm {
  return {
    reasonCategory: batch.reasonCategory,
    reason: batch.reason,
    authorisationRef: batch.authorisationRef,
    stops: batch.stopAfterRefusals !== undefined,
    stopAfter: String(batch.stopAfterRefusals ?? 10),
    typedCount: "",
  };
}

export function isHighRisk(batch: Pick<BatchDetail, "totals">): boolean {
  return batch.totals.risk.high > 0;
}

/** Whether the count has to be typed: more than 100 rows, or any of High risk. */
export function mustTypeCount(batch: Pick<BatchDetail, "totals">): boolean {
  return batch.totals.chosen > typeAbove || isHighRisk(batch);
}

/** "Send 1,284 changes to Finzly TRAINING", "Submit 1,284 changes for approval", or both where only some need it. */
export function confirmLabel({ totals, approvals, environment }: Approving): string {
  const { chosen } = totals;
  if (chosen > 0 && approvals >= chosen) return `Submit ${counted(chosen, "change")} for approval`;
  const send = `Send ${counted(chosen - approvals, "change")} to Finzly ${(environment ?? "training").toUpperCase()}`;
  return approvals === 0 ? send : `${send}, submit ${countText(approvals)} for approval`;
}

/** What happens when it is confirmed. */
export function effectSentence({ totals, approvals, environment, connectionName }: Approving): string {
  const where = `${connectionName ?? "Finzly"}, ${(environment ?? "training").toUpperCase()}`;
  const sent =
    `Each account is changed at ${where} as soon as Finzly accepts it. ` +
    "Each row is compared once more before it leaves.";
  if (approvals === 0) return sent;
  if (approvals >= totals.chosen)
    return `Nothing is sent until another person approves it. Then each account is changed at ${where}.`;
  const wait = counted(approvals, "change waits", "changes wait");
  return `${sent} ${wait} for another person; the others do not wait for them.`;
}

/** Why some rows wait: "This workspace’s rule asks a second person for High risk." */
export function approvalReason({ totals, approvals }: Pick<Approving, "totals" | "approvals">): string {
  if (approvals === 0) return "This workspace’s rule asked a second person when they were confirmed.";
  const { high, medium, low } = totals.risk;
  const all: readonly (readonly [string, number])[] = [
    ["High", high],
    ["Medium", medium],
    ["Low", low],
  ];
  const word = all.find(([, count]) => count === approvals)?.[0];
  const what = word === undefined ? "these classes of risk" : `${word} risk`;
  return `This workspace’s rule asks a second person for ${what}.`;
}

/** "490 blocked, 98 with a duplicate key, 49 not found": the rows of other kinds. */
export function notSentWords({ counts }: Pick<BatchDetail, "counts">): string {
  const kinds: readonly (readonly [Bucket, string])[] = [
    ["blocked", "blocked"],
    ["not-found", "not found"],
    ["duplicate-key", "with a duplicate key"],
    ["conflict", "in conflict"],
    ["no-change", "already so"],
  ];
  const words = kinds.flatMap(([bucket, word]) => {
    const count = counts[bucket] ?? 0;
    return count === 0 ? [] : [`${countText(count)} ${word}`];
  });
  return words.length === 0 ? "none" : words.join(", ");
}

type Evidence = keyof BatchDetail["totals"]["brings"];

const evidence: readonly (readonly [Evidence, string])[] = [
  ["reason", "a reason"],
  ["authorisationRef", "an authorisation reference"],
];

/** Whether some High-risk row brings none of its own. */
export function mustType({ totals }: Pick<BatchDetail, "totals">, field: Evidence): boolean {
  return highRiskWithout(totals, field) > 0;
}

function withoutOwn({ totals }: Pick<BatchDetail, "totals">, field: Evidence): string {
  if (totals.brings[field].rows === 0) return "";
  return `: ${counted(highRiskWithout(totals, field), "row brings none of its own", "rows bring none of their own")}`;
}

/** "12 rows bring their own; the other 26 take this one."; undefined where no row brings any. */
export function broughtWords({ totals }: Pick<BatchDetail, "totals">, field: Evidence): string | undefined {
  const own = totals.brings[field].rows;
  const others = totals.chosen - own;
  if (own === 0) return undefined;
  if (others <= 0) return "Every row brings its own; this one is not used.";
  const rows = counted(own, "row brings its own", "rows bring their own");
  return `${rows}; the other ${others === 1 ? "takes" : `${countText(others)} take`} this one.`;
}

export interface ConfirmProblem {
  readonly field: "reasonCategory" | "reason" | "authorisationRef" | "stopAfter" | "typedCount" | "";
  readonly message: string;
}

/** The whole number a text is, from 1; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
  const plain = text.trim().replace(/,/gu, "");
  if (!/^\d{1,7}$/u.test(plain)) return undefined;
  const value = Number(plain);
  return value >= 1 ? value : undefined;
}

/** What must be put right before it can be sent. */
export function confirmProblems(batch: BatchDetail, form: ConfirmForm): readonly ConfirmProblem[] {
  const problems: ConfirmProblem[] = [];
  const { chosen } = batch.totals;
  if (chosen === 0)
    problems.push({ field: "", message: "No row is chosen. Go back to Compare and tick what shall be sent." });
  if (Array.from(form.reason).length > 255)
    problems.push({ field: "reason", message: "A reason has at most 255 characters." });
  for (const [field, needed] of evidence) {
    if (form[field].trim() === "" && mustType(batch, field)) {
      problems.push({ field, message: `High-risk changes need ${needed}${withoutOwn(batch, field)}.` });
    }
  }
  if (form.stops && wholeNumber(form.stopAfter) === undefined) {
    problems.push({
      field: "stopAfter",
      message: "Give the number of refusals after which the batch stops, 1 or more.",
    });
  }
  if (mustTypeCount(batch) && wholeNumber(form.typedCount) !== chosen) {
    problems.push({ field: "typedCount", message: `Type ${countText(chosen)}, the number of changes.` });
  }
  return problems;
}

export function confirmInput(batch: BatchDetail, form: ConfirmForm): InputOf<"batches.confirm"> {
  const stopAfter = form.stops ? wholeNumber(form.stopAfter) : undefined;
  const typed = wholeNumber(form.typedCount);
  return {
    id: batch.id,
    revision: batch.revision,
    reasonCategory: form.reasonCategory,
    reason: form.reason,
    authorisationRef: form.authorisationRef,
    ...(mustTypeCount(batch) && typed !== undefined ? { typedCount: typed } : {}),
    ...(stopAfter === undefined ? {} : { stopAfterRefusals: stopAfter }),
  };
}
