import { emptyAnswer, htmlAnswer, type Answer } from "../shared/answers.ts";
import {
  createFaultBoard as createBoard,
  type FaultBoardOf,
  type FaultCount,
  type FaultOrder,
  type FaultPanelOf,
} from "../shared/fault-board.ts";
import { plainFaultAnswer } from "../shared/plain-faults.ts";
import { errorAnswer, errorShapes, type ErrorShape } from "./errors.ts";
import { signzyFaultKinds, type FaultKind } from "./fault-kinds.ts";
import { signzyRoutes, type SignzyRoute } from "./routes.ts";

/** A fault to switch on; JSON-serialisable. */
export interface FaultSpec extends FaultOrder<SignzyRoute, FaultKind> {
  readonly match?: { readonly customerId?: string };
  readonly message?: string;
  /** The form of the error body; the documented one when absent. */
  readonly shape?: ErrorShape;
  /** What a refusal carries: an error body, nothing, or a web page; the error body when absent. */
  readonly body?: "error" | "empty" | "html";
}

export type ActiveFault = FaultSpec & FaultCount;
export type FaultPanel = FaultPanelOf<FaultSpec>;
export type FaultBoard = FaultBoardOf<SignzyRoute, FaultSpec>;

/** Creates an empty panel and the board that counts requests against it. */
export function createFaultBoard(): FaultBoard {
  return createBoard<SignzyRoute, FaultSpec>({
    texts: signzyFaultKinds,
    routesOf: { all: signzyRoutes, api: ["refresh", "accounts"], refreshes: ["refresh"] },
    signIn: ["login", "logout"],
    specFault: ({ shape }) =>
      shape === undefined || errorShapes.includes(shape) ? undefined : "shape must be one of the error forms",
  });
}

const statusOf: Readonly<Record<string, number>> = {
  unauthorized: 401,
  "refused-400": 400,
  "refused-403": 403,
  "refused-404": 404,
  "refused-409": 409,
  "refused-422": 422,
  "server-error": 500,
  "server-error-after": 500,
  "bad-gateway": 502,
  "gateway-timeout": 504,
};
const emptyStatusOf: Readonly<Record<string, number>> = { accepted: 202, "no-content": 204, "request-timeout": 408 };

/** The answer that a fault gives in place of the real one; undefined for faults that send the real answer or none. */
export function cannedAnswer(fault: ActiveFault): Answer | undefined {
  const emptyStatus = emptyStatusOf[fault.kind];
  if (emptyStatus !== undefined) return emptyAnswer(emptyStatus);
  const status = statusOf[fault.kind];
  if (status === undefined) return plainFaultAnswer(fault);
  if (fault.body === "empty") return emptyAnswer(status);
  if (fault.body === "html") return htmlAnswer(status, "The request was refused");
  const usual = fault.kind === "unauthorized" ? "Authorization required" : "Refused by the training panel";
  return errorAnswer({ status, message: fault.message ?? usual }, fault.shape);
}
