import { emptyAnswer, htmlAnswer, type Answer } from "../shared/answers.ts";
import { plainFaultAnswer } from "../shared/plain-faults.ts";
import { errorAnswer, refusals, shapedError, type ProviderError } from "./errors.ts";
import type { ActiveFault } from "./fault-panel.ts";
import { aggregationError, challengeAnswer } from "./refreshes.ts";
import type { FinicityRoute } from "./routes.ts";
import type { WireFormat } from "./wire-format.ts";

const refusedStatus: Readonly<Record<string, number>> = {
  "refused-400": 400,
  "refused-403": 403,
  "refused-404": 404,
  "refused-409": 409,
  "refused-422": 422,
  "server-error": 500,
  "server-error-after": 500,
};
const usualCode: Readonly<Record<number, number>> = { 404: 38_003, 500: 10_100 };

function shaped(fault: ActiveFault, format: WireFormat, usual: ProviderError): Answer {
  const error = { ...usual, code: fault.code ?? usual.code, message: fault.message ?? usual.message };
  return fault.shape === undefined ? errorAnswer(format, error) : shapedError(fault.shape, error);
}

function refusedAs(status: number, fault: ActiveFault, format: WireFormat): Answer {
  if (fault.body === "empty") return emptyAnswer(status);
  if (fault.body === "html") return htmlAnswer(status, "The request was refused");
  return shaped(fault, format, { status, code: usualCode[status] ?? 14_020, message: "Refused by the training panel" });
}

/** The answer that a fault gives in place of the real one; undefined for faults that send the real answer or none. */
export function cannedAnswer(fault: ActiveFault, route: FinicityRoute, format: WireFormat): Answer | undefined {
  const status = refusedStatus[fault.kind];
  if (status !== undefined) return refusedAs(status, fault, format);
  switch (fault.kind) {
    case "unauthorized":
      return errorAnswer(format, route === "token" ? refusals.badCredentials : refusals.tokenExpired);
    case "aggregation-code":
      return shaped(fault, format, aggregationError(fault.code ?? 103, [], ""));
    case "already-running":
      return errorAnswer(format, route === "refresh.customer" ? refusals.customerBusy : refusals.loginBusy);
    case "challenge":
      return challengeAnswer(format, fault.message ?? "What is the name of your first pet?");
    case "accepted":
      return emptyAnswer(202);
    case "no-content":
      return emptyAnswer(204);
    case "request-timeout":
      return emptyAnswer(408);
    case "gateway-timeout":
      return htmlAnswer(504, "Gateway Time-out");
    default:
      return plainFaultAnswer(fault);
  }
}
