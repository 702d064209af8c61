import { proposedFields, type FinzlyFieldName, type RuleIssue } from "@contract/rules/field-types.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { Draft } from "./draft-form.ts";
import { countOf } from "./send-words.ts";

const code = "DRAFT-TOO-LONG";

function sentenceOf(field: FinzlyFieldName, value: unknown, path: readonly PropertyKey[], most: number): string {
  const { label } = finzlyFields[field];
  if (typeof value === "string" && path.length === 1) {
    return `${label} has ${countOf(value.length, "character")}; a draft holds at most ${most.toLocaleString("en-US")}.`;
  }
  return `${label} is more than a draft can hold. Shorten it.`;
}

/** What is longer than a draft can hold, one sentence a field: while there is any, the draft cannot be saved. */
export function draftLimits({ proposed }: Pick<Draft, "proposed">): readonly RuleIssue[] {
  const parsed = proposedFields.safeParse(proposed);
  if (parsed.success) return [];
  const found = new Map<FinzlyFieldName, RuleIssue>();
  for (const issue of parsed.error.issues) {
    const field = proposedFields.keyof().safeParse(issue.path[0]);
    if (!field.success || found.has(field.data)) continue;
    const most = issue.code === "too_big" ? Number(issue.maximum) : 0;
    const message = sentenceOf(field.data, proposed[field.data], issue.path, most);
    found.set(field.data, { code, path: field.data, severity: "error", message });
  }
  return [...found.values()];
}
