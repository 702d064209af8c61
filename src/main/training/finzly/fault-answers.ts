import { emptyAnswer, htmlAnswer, jsonAnswer, type Answer } from "../shared/answers.ts";
import { plainFaultAnswer } from "../shared/plain-faults.ts";
import { failureAnswer, serverErrorAnswer } from "./answers.ts";
import { refuse } from "./endpoints.ts";
import type { ActiveFault } from "./fault-panel.ts";
import type { FinzlyRoute } from "./routes.ts";

function refusedAs(status: 200 | 400 | 403 | 404 | 409 | 422, fault: ActiveFault, route: FinzlyRoute): Answer {
  if (fault.body === "empty") return emptyAnswer(status);
  if (fault.body === "html") return htmlAnswer(status, "The request was refused");
  if (route === "token") return jsonAnswer(status, { error: "access_denied", error_description: "Refused" });
  if (fault.message !== undefined) return failureAnswer(status, fault.code ?? "ACC001", fault.message);
  return refuse(route, status, "refused by the training panel", fault.code);
}

function unauthorized(route: FinzlyRoute): Answer {
  if (route !== "token") return emptyAnswer(401, { "WWW-Authenticate": "Bearer" });
  const error_description = "Invalid client or Invalid client credentials";
  return jsonAnswer(401, { error: "invalid_client", error_description });
}

/** The answer that a fault gives in place of the real one; undefined for faults that send the real answer. */
export function cannedAnswer(fault: ActiveFault, route: FinzlyRoute): Answer | undefined {
  switch (fault.kind) {
    case "unauthorized":
      return unauthorized(route);
    case "server-error-array":
    case "server-error-array-after":
      return serverErrorAnswer();
    case "failure-200":
      return refusedAs(200, fault, route);
    case "refused-400":
      return refusedAs(400, fault, route);
    case "refused-403":
      return refusedAs(403, fault, route);
    case "refused-404":
      return refusedAs(404, fault, route);
    case "refused-409":
      return refusedAs(409, fault, route);
    case "refused-422":
      return refusedAs(422, fault, route);
    default:
      return plainFaultAnswer(fault);
  }
}
