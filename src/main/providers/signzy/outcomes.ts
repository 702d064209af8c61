import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { HttpAnswer } from "../../http/client.ts";
import type { HttpFailure } from "../../http/http-failure.ts";
import { jsonOf } from "../../http/json-answer.ts";
import { retryAfterMs } from "../../http/retry-after.ts";
import type { RefreshAnswer } from "../aggregator.ts";
import { refreshGoesOn as goesOn } from "../outcomes.ts";
import { onlyTheCustomerClears, runsAlready } from "../refresh-codes.ts";
import { recordsOf, wordsOf, type SignzyWords } from "./wire.ts";

const said = ({ message, code }: SignzyWords): string => {
  if (message === undefined) return code === undefined ? "" : ` Signzy gives the code ${code}.`;
  return ` Signzy says: ${message}${code === undefined ? "" : ` (${code})`}`;
};

const refusals: ReadonlyMap<number, string> = new Map([
  [400, "Signzy refused the request as invalid (400)."],
  [401, "Signzy did not accept our sign-in (401)."],
  [403, "Signzy does not allow this for our sign-in, or its request limit is reached (403)."],
  [404, "Signzy does not know this customer, or nothing is at this address (404)."],
  [405, "Signzy does not offer this at this address (405)."],
  [409, "Signzy refused the request as conflicting (409)."],
  [422, "Signzy found the request incomplete (422)."],
  [429, "Signzy asks us to send more slowly (429)."],
  [503, "Signzy is out of service for now (503)."],
]);

function stillRunning(httpStatus: number, message: string, code: string | undefined): RefreshAnswer {
  return { kind: "still-running", httpStatus, message, ...(code === undefined ? {} : { code }) };
}

/**
 * What the complete answer to a refresh means (reference §3; Finicity's rules of §2.3 hold below Signzy). Statuses that
 * deny it are `refused`; a 2xx that cannot be read, any other 5xx and every answer of doubt is `still-running`.
 */
export function refreshAnswerOf(answer: HttpAnswer, customerId: string): RefreshAnswer {
  const httpStatus = answer.status;
  const json = jsonOf(answer);
  const words = json.ok ? wordsOf(json.value) : {};
  const { code } = words;
  const coded = code === undefined ? {} : { code };
  if (httpStatus === 203) {
    const message = `The customer's bank asks the customer a question (203). A refresh cannot answer it.${said(words)}`;
    return { kind: "needs-customer", httpStatus, message, ...coded };
  }
  if (httpStatus === 202 || httpStatus === 204)
    return stillRunning(httpStatus, `Signzy took the refresh and goes on with it (${httpStatus}).`, code);
  if (httpStatus >= 200 && httpStatus < 300) {
    const records = json.ok ? recordsOf(json.value, customerId) : undefined;
    if (records !== undefined) return { kind: "answered", httpStatus, records };
    return stillRunning(httpStatus, `Signzy's answer could not be read (${httpStatus}). ${goesOn}`, code);
  }
  if (httpStatus >= 500 && code !== undefined && runsAlready(code))
    return stillRunning(httpStatus, `A refresh of this customer is already running at Signzy.${said(words)}`, code);
  if (httpStatus >= 500 && code !== undefined && onlyTheCustomerClears(code)) {
    const message = `The customer must act at the bank (code ${code}).${said(words)}`;
    return { kind: "needs-customer", httpStatus, message, ...coded };
  }
  const refusal = refusals.get(httpStatus);
  if (refusal !== undefined)
    return { kind: "refused", httpStatus, message: `${refusal} Nothing was refreshed.${said(words)}`, ...coded };
  if (httpStatus < 400) {
    const message = `Signzy sent us to another address (${httpStatus}). Nothing was refreshed.`;
    return { kind: "refused", httpStatus, message };
  }
  const what = httpStatus === 408 || httpStatus === 504 ? "gave up waiting" : "answered with an error";
  return stillRunning(httpStatus, `Signzy ${what} (${httpStatus}). ${goesOn}${said(words)}`, code);
}

/** A read's broken exchange as the failure a person sees. */
export function readFailureOf(failure: HttpFailure): VostroFailure {
  const before = failure.phase === "before-send";
  const words = before ? failure.message : "Signzy gave no complete answer.";
  const code =
    failure.kind === "offline" ? "offline" : failure.kind === "too-large" ? "provider-changed" : "provider-down";
  const retryable = code !== "provider-changed";
  return new VostroFailure(code, `${words} Nothing was read.`, { retryable, cause: failure });
}

/** The records of a read. Throws `VostroFailure` for everything that is not a readable list. */
export function readRecordsOf(answer: HttpAnswer, customerId: string, nowMs: number): readonly AggregatedRecord[] {
  const { status } = answer;
  const json = jsonOf(answer);
  if (status === 200 && json.ok) {
    const records = recordsOf(json.value, customerId);
    if (records !== undefined) return records;
  }
  const words = json.ok ? wordsOf(json.value) : {};
  const ended = ` Nothing was read.${said(words)}`;
  const coded = words.code === undefined ? {} : { providerCode: words.code };
  if (status === 401)
    throw new VostroFailure("sign-in-needed", "Signzy did not accept our sign-in. Nothing was read.", coded);
  if (status === 404)
    throw new VostroFailure(
      "not-found",
      `Signzy does not know this customer, or nothing is at this address.${ended}`,
      coded,
    );
  if (status === 429 || status === 503) {
    const wait = retryAfterMs(answer.headers["retry-after"], nowMs);
    const details = { ...coded, retryable: true, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
    throw new VostroFailure("provider-busy", `${refusals.get(status) ?? ""}${ended}`, details);
  }
  if (status >= 500 || status === 408)
    throw new VostroFailure("provider-down", `Signzy failed (${status}).${ended}`, { ...coded, retryable: true });
  if (status >= 400)
    throw new VostroFailure(
      "provider-rejected",
      `${refusals.get(status) ?? `Signzy refused (${status}).`}${ended}`,
      coded,
    );
  const what = json.ok || status !== 200 ? "in a shape Vostro does not know" : "with something that cannot be read";
  throw new VostroFailure("provider-changed", `Signzy answered ${what} (${status}). Nothing was read.`);
}
