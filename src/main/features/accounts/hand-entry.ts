import {
  finzlyFieldNames,
  type FieldValue,
  type FinzlyFieldName,
  type ParsedInputOf,
  type ProposedFields,
} from "@contract";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { VostroFailure } from "../../core/failures.ts";

type HandInput = ParsedInputOf<"accounts.addByHand">;

/** The typed values as Vostro keeps them. Failure input-invalid names every field a rule finds wrong. */
export function handEnteredValues({ known: typed }: HandInput): { readonly [F in FinzlyFieldName]?: FieldValue } {
  const { reason: _reason, ...rest } = typed;
  const proposed: ProposedFields = rest;
  const money = finzlyFieldNames.filter(
    (field) => finzlyFields[field].kind === "money" && proposed[field] !== undefined,
  );
  const faults = checkUpdate({ known: {}, proposed })
    .issues.filter((issue) => issue.severity === "error")
    .map(({ path, message }) => ({ path: `known.${path}`, message }));
  if (money.length > 0 && (proposed.currency ?? "").trim() === "") {
    faults.push({ path: "known.currency", message: "Enter the currency; without it the amounts cannot be read." });
  }
  if (faults.length > 0) {
    throw new VostroFailure("input-invalid", faults[0]?.message ?? "Some values are wrong.", { fields: faults });
  }
  return checkUpdate({ known: {}, proposed }).update;
}
