import { VostroFailure } from "../../core/failures.ts";
import type { HttpAnswer } from "../../http/client.ts";
import type { RefreshAnswer } from "../aggregator.ts";
import { busyOutcome, busyReadFailure, maybeApplied as maybe, refreshGoesOn as goesOn } from "../outcomes.ts";
import type { WriteOutcome } from "../provider.ts";
import { onlyTheCustomerClears, runsAlready } from "../refresh-codes.ts";
import { documentOf, recordsOf, wordsOf, type FinicityWords } from "./wire.ts";

const tokenCodes: ReadonlySet<string> = new Set(["10022", "10023"]);

const refusals: ReadonlyMap<number, string> = new Map([
  [400, "Finicity refused the request as invalid (400)."],
  [401, "Finicity does not authorise this for our sign-in (401)."],
  [403, "Finicity does not allow this for our sign-in, or not from this country (403)."],
  [404, "Finicity does not know this record (404)."],
  [405, "Finicity does not offer this at this address (405)."],
  [406, "Finicity does not offer this form of answer (406)."],
  [409, "Finicity refused the request as conflicting (409)."],
  [411, "Finicity refused the form of the request (411)."],
  [415, "Finicity does not take this form of request (415)."],
  [422, "Finicity refused the values (422)."],
]);

const said = ({ message, code }: FinicityWords): string => {
  if (message === undefined) return code === undefined ? "" : ` Finicity gives the code ${code}.`;
  return ` Finicity says: ${message}${code === undefined ? "" : ` (${code})`}`;
};
const coded = ({ code }: FinicityWords): { readonly code?: string } => (code === undefined ? {} : { code });

/** Whether a 401 speaks of the token alone: a fresh one is fetched, once. */
export function isTokenRefusal(answer: HttpAnswer): boolean {
  return answer.status === 401 && tokenCodes.has(wordsOf(answer).code ?? "");
}

/** An aggregation code in a 500: a bank or a customer is in the way, the service is up (reference §2.3). */
const aggregationCode = (status: number, { code }: FinicityWords): string | undefined =>
  status === 500 && code !== undefined && /^\d{3,4}$/u.test(code) ? code : undefined;

/**
 * What the complete answer to a modification or a deletion means: only 204 accepts, as the documents have it; a 200 may be
 * the page of a proxy. All doubt is `unknown`.
 */
export function writeOutcomeOf(answer: HttpAnswer, nowMs: number): WriteOutcome {
  const httpStatus = answer.status;
  if (httpStatus === 204) return { kind: "accepted", httpStatus };
  if (isTokenRefusal(answer))
    return { kind: "unauthorized", httpStatus, message: "Finicity did not accept our token." };
  if (httpStatus === 429 || httpStatus === 503) return busyOutcome("Finicity", answer, nowMs);
  const words = wordsOf(answer);
  const refusal = refusals.get(httpStatus);
  if (refusal !== undefined)
    return { kind: "refused", httpStatus, message: words.message ?? refusal, ...coded(words) };
  const what = httpStatus < 400 ? `answered with status ${httpStatus}` : `failed (${httpStatus})`;
  return { kind: "unknown", httpStatus, message: `Finicity ${what}. ${maybe}${said(words)}` };
}

function readFailureOf(answer: HttpAnswer, nowMs: number): VostroFailure {
  const { status } = answer;
  const words = wordsOf(answer);
  const ended = `Nothing was read.${said(words)}`;
  const details = words.code === undefined ? {} : { providerCode: words.code };
  if (isTokenRefusal(answer))
    return new VostroFailure("sign-in-needed", `Finicity did not accept our token. ${ended}`, details);
  if (status === 429 || status === 503) return busyReadFailure(busyOutcome("Finicity", answer, nowMs), details);
  if (status === 404)
    return new VostroFailure("not-found", `Finicity does not know this record. ${ended}`, details);
  const refusal = refusals.get(status);
  if (refusal !== undefined) return new VostroFailure("provider-rejected", `${refusal} ${ended}`, details);
  if (status === 500 && runsAlready(words.code ?? ""))
    return new VostroFailure("provider-busy", `Finicity is reading these accounts at the bank. ${ended}`, {
      ...details,
      retryable: true,
    });
  if (aggregationCode(status, words) !== undefined)
    return new VostroFailure("provider-rejected", `Finicity answers with a code of the aggregation. ${ended}`, details);
  if (status >= 500 || status === 408)
    return new VostroFailure("provider-down", `Finicity failed (${status}). ${ended}`, { ...details, retryable: true });
  return new VostroFailure("provider-changed", `Finicity answered the read with status ${status}. ${ended}`, details);
}

/** What `take` finds in a read that succeeded. Throws `VostroFailure` for everything else. */
export function readDocument<T>(answer: HttpAnswer, nowMs: number, take: (document: unknown) => T | undefined): T {
  if (answer.status !== 200) throw readFailureOf(answer, nowMs);
  const taken = take(documentOf(answer));
  if (taken !== undefined) return taken;
  throw new VostroFailure(
    "provider-changed",
    "Finicity answered the read in a shape Vostro does not know. Nothing was read.",
  );
}

/**
 * What the complete answer to a refresh means (reference §2.3). A 2xx that cannot be read, 202, 204, 408, 504, the codes
 * 325 and 5006 and every doubtful answer are `still-running`; 203 and codes that only the customer clears are
 * `needs-customer`; any other aggregation code is `ended-with-code`: the bank was asked, so this is no refusal.
 */
export function refreshAnswerOf(answer: HttpAnswer, customerId: string): RefreshAnswer {
  const httpStatus = answer.status;
  const words = wordsOf(answer);
  if (httpStatus === 203) {
    const message = "The customer's bank asks the customer a question (203). A refresh cannot answer it.";
    return { kind: "needs-customer", httpStatus, message, ...coded(words) };
  }
  if (httpStatus === 202 || httpStatus === 204) {
    const message = `Finicity took the refresh and goes on with it (${httpStatus}).`;
    return { kind: "still-running", httpStatus, message };
  }
  if (httpStatus >= 200 && httpStatus < 300) {
    const records = recordsOf(documentOf(answer), customerId);
    if (records !== undefined) return { kind: "answered", httpStatus, records };
    const message = `Finicity's answer could not be read (${httpStatus}). ${goesOn}`;
    return { kind: "still-running", httpStatus, message };
  }
  if (httpStatus >= 500 && runsAlready(words.code ?? "")) {
    const message = `A refresh of these accounts is already running at Finicity.${said(words)}`;
    return { kind: "still-running", httpStatus, message, ...coded(words) };
  }
  if (httpStatus === 331 || words.code === "331" || onlyTheCustomerClears(words.code ?? "")) {
    const message = `The customer must act at the bank.${said(words)}`;
    return { kind: "needs-customer", httpStatus, message, ...coded(words) };
  }
  const code = aggregationCode(httpStatus, words);
  if (code !== undefined) {
    const message = `The refresh ended with code ${code}.${said(words)}`;
    return { kind: "ended-with-code", httpStatus, message, code };
  }
  const refusal = refusals.get(httpStatus) ?? (httpStatus === 429 || httpStatus === 503 ? busyOutcome("Finicity", answer, 0).message : "");
  if (refusal !== "") {
    const message = `${refusal.replace(" Nothing was applied.", "")} Nothing was refreshed.${said(words)}`;
    return { kind: "refused", httpStatus, message, ...coded(words) };
  }
  if (httpStatus < 400) {
    const message = `Finicity sent us to another address (${httpStatus}). Nothing was refreshed.`;
    return { kind: "refused", httpStatus, message };
  }
  const what = httpStatus === 408 || httpStatus === 504 ? "gave up waiting" : "answered with an error";
  const message = `Finicity ${what} (${httpStatus}). ${goesOn}${said(words)}`;
  return { kind: "still-running", httpStatus, message, ...coded(words) };
}
