import type { FieldValue, FinzlyFieldName } from "@contract";
import { maskAccountNumbers, type QuotedNumbers } from "@contract/rules/account-number-text.ts";
import { finzlyFieldNames, finzlyFields } from "@contract/rules/index.ts";
import type { ChangePatch, ChangeRecord } from "./change-record.ts";

type Quoting = Pick<ChangeRecord, "base" | "proposed" | "customerUid" | "accountUid">;

const hiddenFields = finzlyFieldNames.filter((field) => finzlyFields[field].masked);
const legibleFields: readonly FinzlyFieldName[] = ["routingNumber", "achCompanyId"];

function textsOf({ base, proposed }: Quoting, fields: readonly FinzlyFieldName[]): string[] {
  return fields
    .flatMap((field): (FieldValue | undefined)[] => [base[field]?.value, proposed[field]])
    .filter((value): value is string => typeof value === "string" && value !== "");
}

/** What texts about a change may quote: its account's numbers, old and new, and identifiers that are none. */
export function quotedNumbers(change: Quoting): QuotedNumbers {
  return {
    hidden: textsOf(change, hiddenFields),
    legible: [change.customerUid, change.accountUid, ...textsOf(change, legibleFields)],
  };
}

/** Words of a person or a provider about a change, without a full account number. */
export function maskedText(change: Quoting, text: string): string {
  return /\d/u.test(text) ? maskAccountNumbers(text, quotedNumbers(change)) : text;
}

/** The patch with such words masked; what is sent to the provider is left alone. */
export function maskedPatch<P extends ChangePatch>(change: Quoting, patch: P): P {
  const { message, providerMessage } = patch;
  return {
    ...patch,
    ...(typeof message === "string" ? { message: maskedText(change, message) } : {}),
    ...(typeof providerMessage === "string" ? { providerMessage: maskedText(change, providerMessage) } : {}),
  };
}
