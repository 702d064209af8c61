import { lineIssues } from "../finzly-update.ts";
import type { Risk } from "../risk.ts";

/** A deletion at an aggregator cannot be taken back from here. */
export const deletionRisk: Risk = { class: "high", reason: "The account is deleted at Finicity. This cannot be undone." };

/** The one line a deletion has in lists. */
export const deletionSummary = "Delete the account at Finicity";

/** What a person types to name the account they mean. */
export interface NamedAccount {
  readonly last4?: string | undefined;
  readonly accountName: string;
}

const plain = (text: string): string => text.normalize("NFC").replace(/\s+/gu, " ").trim().toLowerCase();

/** Whether what was typed is the account's last four or its whole name; case and blanks do not count. */
export function namesAccount(typed: string, { last4, accountName }: NamedAccount): boolean {
  const said = plain(typed);
  return said !== "" && [last4 ?? "", accountName].some((name) => plain(name) === said);
}

export interface DeletionWords {
  readonly reason: string;
  readonly authorisationRef: string;
  readonly typed: string;
}

/** Why the account may not be deleted on these words, each at the field to put right; empty when it may. */
export function checkDeletion(
  { reason, authorisationRef, typed }: DeletionWords,
  account: NamedAccount,
): readonly { readonly path: keyof DeletionWords; readonly message: string }[] {
  const named = account.last4 === undefined ? "the account's name" : "the last four digits of its number, or its name";
  const said = { reason: "A deletion needs a reason.", authorisationRef: "A deletion needs an authorisation reference." };
  const stray = [
    ...lineIssues("reason", "The reason", reason).map(({ message }) => ({ path: "reason" as const, message })),
    ...lineIssues("authorisationRef", "The authorisation reference", authorisationRef).map(({ message }) => ({
      path: "authorisationRef" as const,
      message,
    })),
  ];
  return [
    ...(reason.trim() === "" ? [{ path: "reason" as const, message: said.reason }] : []),
    ...(authorisationRef.trim() === "" ? [{ path: "authorisationRef" as const, message: said.authorisationRef }] : []),
    ...stray,
    ...(namesAccount(typed, account)
      ? []
      : [{ path: "typed" as const, message: `Type ${named} to say which one is meant.` }]),
  ];
}
