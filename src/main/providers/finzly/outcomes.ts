import { VostroFailure } from "../../core/failures.ts";
import type { HttpAnswer } from "../../http/client.ts";
import { jsonOf, type JsonAnswer } from "../../http/json-answer.ts";
import { busyOutcome, busyReadFailure, maybeApplied as maybe } from "../outcomes.ts";
import type { WriteOutcome } from "../provider.ts";
import { plainCode, plainWords } from "../scrub.ts";
import { wireEnvelope, wireErrorList, type WireEnvelope } from "./wire.ts";

const definiteRefusals: ReadonlyMap<number, string> = new Map([
  [400, "Finzly refused the request as invalid (400)."],
  [402, "Finzly took the request as valid but did not carry it out (402)."],
  [403, "Finzly does not allow this for our sign-in (403)."],
  [404, "Finzly does not know this record (404)."],
  [405, "Finzly does not offer this at this address (405)."],
  [409, "Finzly says the same request is already in progress (409)."],
  [422, "Finzly refused the values (422)."],
]);

interface Words {
  readonly code?: string;
  readonly message?: string;
}

/** The provider's code and message out of an envelope or its list of errors; nothing for any other body. */
export function providerWords(json: JsonAnswer): Words {
  if (!json.ok) return {};
  const list = wireErrorList.safeParse(json.value);
  const envelope = wireEnvelope.safeParse(json.value);
  const code = plainCode(list.success ? list.data[0]?.code : envelope.data?.code);
  const text = list.success ? list.data[0]?.description : envelope.data?.message;
  const message = typeof text === "string" && text.trim() !== "" ? plainWords(text) : undefined;
  return { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) };
}

function faultWords(json: Extract<JsonAnswer, { ok: false }>): string {
  if (json.fault === "empty") return "with nothing in it";
  if (json.fault === "content-type") return "with something that is not JSON";
  return json.fault === "duplicate-key" ? "with JSON that names a key twice" : "with JSON that cannot be read";
}

/**
 * What the complete answer to a write means (provider facts 1.3, 1.7). Only a 2xx with readable JSON and status
 * Success is accepted; only a parsed Failure or a status by which HTTP itself says no is refused; all doubt is
 * `unknown`.
 */
export function writeOutcomeOf(answer: HttpAnswer, nowMs: number): WriteOutcome {
  const httpStatus = answer.status;
  if (httpStatus === 401) return { kind: "unauthorized", httpStatus, message: "Finzly did not accept our sign-in." };
  if (httpStatus === 429 || httpStatus === 503) return busyOutcome("Finzly", answer, nowMs);
  const json = jsonOf(answer);
  const words = providerWords(json);
  const refusal = definiteRefusals.get(httpStatus);
  if (refusal !== undefined) return { kind: "refused", httpStatus, message: refusal, ...words };
  if (httpStatus < 200 || httpStatus > 299) {
    const said = httpStatus < 400 ? `sent us to another address (${httpStatus})` : `failed (${httpStatus})`;
    return { kind: "unknown", httpStatus, message: `Finzly ${said}. ${maybe}` };
  }
  if (!json.ok) return { kind: "unknown", httpStatus, message: `Finzly answered ${faultWords(json)}. ${maybe}` };
  const status = wireEnvelope.safeParse(json.value).data?.status;
  if (status === "Success") return { kind: "accepted", httpStatus, ...words };
  if (status === "Failure")
    return { kind: "refused", httpStatus, message: "Finzly refused the change without saying why.", ...words };
  return { kind: "unknown", httpStatus, message: `Finzly answered without saying Success or Failure. ${maybe}` };
}

/** The envelope of a read that succeeded. Throws `VostroFailure` for everything else, by the same table as writes. */
export function readEnvelope(answer: HttpAnswer, nowMs: number): WireEnvelope {
  const outcome = writeOutcomeOf(answer, nowMs);
  const json = jsonOf(answer);
  if (outcome.kind === "accepted" && json.ok) return wireEnvelope.parse(json.value);
  const { code, message = "" } = providerWords(json);
  const said = message === "" ? "" : ` Finzly says: ${message}${code === undefined ? "" : ` (${code})`}`;
  if (outcome.kind === "busy") throw busyReadFailure(outcome);
  if (outcome.kind === "unauthorized")
    throw new VostroFailure("sign-in-needed", "Finzly did not accept our sign-in. Nothing was read.");
  if (answer.status === 404) throw new VostroFailure("not-found", `Finzly does not know this record.${said}`);
  if (outcome.kind === "refused")
    throw new VostroFailure(
      "provider-rejected",
      `${definiteRefusals.get(answer.status) ?? "Finzly refused the read."}${said}`,
    );
  if (answer.status >= 500)
    throw new VostroFailure("provider-down", `Finzly failed (${answer.status}). Nothing was read.${said}`, {
      retryable: true,
    });
  const what = json.ok ? "in a shape Vostro does not know" : faultWords(json);
  throw new VostroFailure(
    "provider-changed",
    `Finzly answered the read ${answer.status < 300 ? what : `with status ${answer.status}`}. Nothing was read.`,
  );
}
