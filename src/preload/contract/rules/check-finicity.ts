import type { Check, CheckContext } from "./check-context.ts";
import { finzlyFieldNames, type FinzlyFieldName, type RuleIssue } from "./field-types.ts";
import { finzlyFields } from "./finzly-fields.ts";
import { finding } from "./rule-codes.ts";

/** What Finicity's Modify Customer Account takes (seed), and the reason, which stays with Vostro. */
export const finicityFieldNames: readonly FinzlyFieldName[] = ["accountName", "accountNumber", "reason"];

const maskMarks = /[xX*•#]{2,}/u;
const bare = (text: string): string => text.replace(/[^A-Za-z0-9]/gu, "").replace(/[xX]{2,}/gu, "");

/** Whether a number is what the provider shows in place of the real one, or looks like it: it would replace that. */
function isShown(number: string, shownNumbers: readonly string[]): boolean {
  if (maskMarks.test(number)) return true;
  const typed = bare(number);
  const ending = /^[xX](?<rest>.+)$/u.exec(typed)?.groups?.rest;
  return shownNumbers
    .map(bare)
    .some((shown) => shown !== "" && (shown === typed || (ending !== undefined && shown.endsWith(ending))));
}

function numberIssues({ changed, finicity }: CheckContext): readonly RuleIssue[] {
  const number = changed.accountNumber;
  if (typeof number !== "string" || !isShown(number, finicity?.shownNumbers ?? [])) return [];
  const message = "This is the number as Finicity shows it, with most digits hidden. Type the whole account number.";
  return [finding("FC-NUMBER-MASKED", "accountNumber", message)];
}

/** The rules of an account at Finicity: two fields, and never the masked number. Silent for any other account. */
export const checkFinicity: Check = (context) => {
  if (context.finicity === undefined) return [];
  const others = finzlyFieldNames.filter(
    (field) => context.changed[field] !== undefined && !finicityFieldNames.includes(field),
  );
  return [
    ...others.map((field) =>
      finding("FC-FIELD", field, `Finicity takes only a name and a number, not “${finzlyFields[field].label}”.`),
    ),
    ...numberIssues(context),
  ];
};
