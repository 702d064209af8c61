import type { Environment, RiskClass } from "@contract";
import { plainLine } from "../../ui/format.ts";
import type { SaveState } from "../../bridge/autosave.ts";

const environmentWords: Readonly<Record<Environment, string>> = {
  training: "TRAINING",
  sandbox: "SANDBOX",
  production: "PRODUCTION",
};

export function environmentWord(environment: Environment): string {
  return environmentWords[environment];
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** The primary button: verb, count, object, and for a write the environment. */
export function sendLabel(
  fields: number,
  provider: string,
  environment: Environment,
  needsSecondPerson: boolean,
): string {
  const what = countOf(fields, "field");
  if (fields === 0) return needsSecondPerson ? "Submit for approval" : `Send to ${provider} ${environmentWord(environment)}`;
  return needsSecondPerson ? `Submit ${what} for approval` : `Send ${what} to ${provider} ${environmentWord(environment)}`;
}

/** The line under the buttons: where the draft is, and what has not happened. */
export function draftSentence(
  save: SaveState,
  savedAt: string | undefined,
  environment: Environment,
  needsSecondPerson: boolean,
): string {
  const before = needsSecondPerson ? "before approval" : "before you send";
  const nothing = `Nothing reaches ${environmentWord(environment)} ${before}.`;
  if (save.kind === "waiting" || save.kind === "saving") return `Saving the draft. ${nothing}`;
  if (save.kind === "failed") return `The draft is not saved. ${nothing}`;
  if (savedAt !== undefined) return `Draft saved ${savedAt}. ${nothing}`;
  return `No draft yet; it saves as you type. ${nothing}`;
}

/** What a person agrees to before a High risk send. */
export function confirmWords(
  accountName: string,
  customerName: string,
  fields: number,
  provider: string,
  environment: Environment,
  needsSecondPerson: boolean,
): { readonly title: string; readonly effect: string } {
  const what = countOf(fields, "field");
  return needsSecondPerson
    ? {
        title: `Submit ${what} of ${accountName} for approval?`,
        effect: `${plainLine(customerName)}. Nothing is sent until another person approves it.`,
      }
    : {
        title: `Send ${what} of ${accountName} to ${provider} ${environmentWord(environment)}?`,
        effect: `${plainLine(customerName)}. The account changes at ${provider} ${environmentWord(environment)} as soon as it accepts.`,
      };
}

export interface ApprovalNeed {
  readonly who: string;
  readonly why: string;
}

/** The reasons of the gravest class, each once. */
export function gravestReasons(risks: readonly { class: RiskClass; reason: string }[]): readonly string[] {
  const highest = (["high", "medium", "low"] as const).find((level) => risks.some((risk) => risk.class === level));
  return [...new Set(risks.filter((risk) => risk.class === highest).map((risk) => risk.reason))];
}

const riskWords: Readonly<Record<RiskClass, string>> = { low: "Low risk.", medium: "Medium risk.", high: "High risk." };

/** Who must look at it before it leaves, and why. */
export function approvalNeeds(needsSecondPerson: boolean, risks: readonly { class: RiskClass; reason: string }[]): ApprovalNeed[] {
  const highest = (["high", "medium", "low"] as const).find((level) => risks.some((risk) => risk.class === level));
  if (highest === undefined) return [{ who: "Nothing", why: "changes yet." }];
  return [
    needsSecondPerson
      ? { who: "A checker", why: "other than you must approve it." }
      : { who: "No second person", why: "by this workspace’s rule." },
    { who: riskWords[highest], why: gravestReasons(risks).join(" ") },
  ];
}

/** Why a change is made: the first word an auditor reads. */
export const reasonCategories: readonly string[] = [
  "Customer request",
  "Annual limit review",
  "Temporary, seasonal",
  "Risk or credit decision",
  "Onboarding",
  "Correction of an error",
  "Bank or routing change",
  "Regulatory or audit",
  "Other",
];
