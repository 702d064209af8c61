import type { Aggregator, LoginOutcome } from "../aggregator/index.ts";
import { jsonAnswer, type Answer } from "../shared/answers.ts";
import { listedShape, refreshedShape } from "./account-shape.ts";
import { errorAnswer, type ProviderError } from "./errors.ts";

/** The forms in which the account list is known to come. */
export type AccountsForm = "array" | "accounts" | "result" | "result-accounts";

export interface Workings {
  readonly aggregator: Aggregator;
  readonly accountsForm: AccountsForm;
  /** True: an error of a refresh names the aggregation code as its reason. */
  readonly forwardsCodes: boolean;
  /** Told at the moment a refresh starts. */
  applied(): void;
}

const unknownCustomer: ProviderError = { status: 404, message: "Customer not found" };

function inForm(form: AccountsForm, accounts: readonly unknown[]): unknown {
  if (form === "array") return accounts;
  if (form === "accounts") return { accounts };
  return { result: form === "result" ? accounts : { accounts } };
}

/** Lists a customer's accounts as they stand, without asking the bank. */
export function answerAccounts(workings: Workings, customerId: string): Answer {
  const { aggregator, accountsForm } = workings;
  if (aggregator.customer(customerId) === undefined) return errorAnswer(unknownCustomer);
  return jsonAnswer(200, inForm(accountsForm, aggregator.accountsOf(customerId).map(listedShape)));
}

function failed(workings: Workings, outcomes: readonly LoginOutcome[]): ProviderError | undefined {
  const [first] = outcomes;
  if (first === undefined || outcomes.some(({ code }) => code === 0)) return undefined;
  const reason = workings.forwardsCodes ? String(first.code) : "AGGREGATION_FAILED";
  return { status: 500, message: "The accounts could not be refreshed at the institution", reason };
}

/**
 * Starts a refresh of all of a customer's logins and answers when it has ended: 200 with the accounts when any login
 * let the aggregator in, else 500. One that runs already gives 500 and starts nothing.
 */
export function answerRefresh(
  workings: Workings,
  customerId: string,
  neverEnds: boolean,
  done: (answer: Answer) => void,
): void {
  const { aggregator } = workings;
  if (aggregator.customer(customerId) === undefined) return done(errorAnswer(unknownCustomer));
  const started = aggregator.startRefresh({ customerId, neverEnds }, (outcomes) => {
    const error = failed(workings, outcomes);
    if (error !== undefined) return done(errorAnswer(error));
    done(jsonAnswer(200, { accounts: aggregator.accountsOf(customerId).map(refreshedShape) }));
  });
  if (started === "started") return workings.applied();
  const reason = workings.forwardsCodes ? "325" : "AGGREGATION_IN_PROGRESS";
  done(errorAnswer({ status: 500, message: "The accounts are being aggregated", reason }));
}
