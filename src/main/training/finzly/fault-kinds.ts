import { faultTexts, type FaultKindText as KindText } from "../shared/fault-kinds.ts";

export type { FaultApplies } from "../shared/fault-kinds.ts";
export type FaultParameter = "delayMs" | "retryAfter" | "field" | "value" | "code" | "message" | "body";
/** Where a fault makes sense: on every endpoint, on every endpoint but the token's, on writes, on updates. */
export type FaultScope = "all" | "api" | "writes" | "updates";
export type FaultKindText = KindText<FaultScope, FaultParameter>;

/** Every fault the simulated provider can show, in plain words for a panel. */
export const finzlyFaultKinds = [
  faultTexts.latency,
  faultTexts.unauthorized,
  faultTexts["too-many-requests"],
  faultTexts.unavailable,
  {
    kind: "server-error-array",
    label: "500 with a list of errors, not applied",
    sentence: "Fails before it applies anything and answers with the documented list of errors.",
    applies: "never",
    scope: "all",
    parameters: [],
  },
  {
    kind: "server-error-array-after",
    label: "500 with a list of errors, applied",
    sentence: "Applies the request, then fails and answers with the documented list of errors.",
    applies: "as-usual",
    scope: "all",
    parameters: [],
  },
  faultTexts["server-error-html"],
  faultTexts["server-error-html-after"],
  faultTexts["empty-body"],
  faultTexts["empty-body-after"],
  faultTexts["html-body"],
  faultTexts["html-body-after"],
  {
    kind: "failure-200",
    label: "200 with Failure",
    sentence: "Refuses the request with HTTP 200 and the status Failure.",
    applies: "never",
    scope: "api",
    parameters: ["code", "message"],
  },
  faultTexts["refused-400"],
  faultTexts["refused-403"],
  faultTexts["refused-404"],
  faultTexts["refused-409"],
  faultTexts["refused-422"],
  faultTexts["hang-before"],
  faultTexts["hang-after"],
  faultTexts["reset-before"],
  faultTexts["reset-after"],
  faultTexts["late-apply"],
  faultTexts["truncated-json"],
  faultTexts["truncated-chunked"],
  faultTexts["wrong-content-type"],
  faultTexts["slow-body"],
  faultTexts["huge-body"],
  faultTexts["duplicate-keys"],
  faultTexts["ignore-field"],
  faultTexts["alter-field"],
] as const satisfies readonly FaultKindText[];

export type FaultKind = (typeof finzlyFaultKinds)[number]["kind"];
