import type { StatusMeaning } from "./status-meaning.ts";

/** What a next step names the account by: never more than the last four characters of its number. */
export interface NextStepFacts {
  readonly last4?: string | undefined;
  readonly accountName?: string | undefined;
  readonly customerId: string;
  readonly accountId: string;
  readonly institutionId?: string | undefined;
  readonly institutionLoginId?: string | undefined;
}

function named({ last4, accountName }: NextStepFacts): string {
  if (last4 !== undefined && last4 !== "") return `the account ending in ${last4}`;
  return accountName === undefined || accountName === "" ? "your account" : `the account “${accountName}”`;
}

function identifiers(facts: NextStepFacts): string {
  const parts = [
    `customer ${facts.customerId}`,
    `account ${facts.accountId}`,
    ...(facts.institutionId === undefined ? [] : [`institution ${facts.institutionId}`]),
    ...(facts.institutionLoginId === undefined ? [] : [`institution login ${facts.institutionLoginId}`]),
  ];
  return parts.join(", ");
}

/** Whom a next step is for, as its heading: "Tell the customer". */
export function nextStepHeading({ act }: StatusMeaning): string {
  switch (act) {
    case "customer":
      return "Tell the customer";
    case "operations":
      return "For operations";
    case "provider":
      return "For the provider's support";
    case "wait":
    case "nobody":
      return "Next step";
  }
}

/**
 * The next step as text to copy: a message to the customer without any internal identifier, or a note for operations or
 * the provider's support with the code and the provider's identifiers.
 */
export function nextStepText(meaning: StatusMeaning, facts: NextStepFacts): string {
  const code = meaning.code === undefined ? "No code" : `Aggregation code ${String(meaning.code)}`;
  switch (meaning.act) {
    case "nobody":
      return "Nothing to do: the last aggregation succeeded.";
    case "customer":
      return (meaning.tell ?? `Your bank needs you before it shares {account}: ${meaning.because}.`).replaceAll(
        "{account}",
        () => named(facts),
      );
    case "wait":
      return `${meaning.meaning} Nobody needs to act: wait, then read the accounts again.`;
    case "operations":
    case "provider":
      return `${code}: ${meaning.meaning} ${meaning.doing}. It concerns ${identifiers(facts)}.`;
  }
}
