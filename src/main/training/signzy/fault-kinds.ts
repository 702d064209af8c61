import { faultTexts, type FaultKindText as KindText } from "../shared/fault-kinds.ts";

export type FaultParameter = "delayMs" | "retryAfter" | "message" | "body" | "shape";
/** Where a fault makes sense: everywhere, everywhere but at sign-in, on refreshes. */
export type FaultScope = "all" | "api" | "refreshes";
export type FaultKindText = KindText<FaultScope, FaultParameter>;

/** Every fault the simulated Signzy can show, in plain words for a panel. */
export const signzyFaultKinds = [
  faultTexts.latency,
  faultTexts.unauthorized,
  faultTexts["too-many-requests"],
  faultTexts.unavailable,
  {
    kind: "server-error",
    label: "500 with an error, not applied",
    sentence: "Fails before it applies anything and answers with an error body in the chosen form.",
    applies: "never",
    scope: "all",
    parameters: ["message", "shape"],
  },
  {
    kind: "server-error-after",
    label: "500 with an error, applied",
    sentence: "Applies the request, then answers with an error body in the chosen form.",
    applies: "as-usual",
    scope: "all",
    parameters: ["message", "shape"],
  },
  {
    kind: "bad-gateway",
    label: "502, upgrading",
    sentence: "Says that it is down or being upgraded; nothing is applied.",
    applies: "never",
    scope: "all",
    parameters: ["message", "shape"],
  },
  faultTexts["server-error-html"],
  faultTexts["server-error-html-after"],
  faultTexts["empty-body"],
  faultTexts["empty-body-after"],
  faultTexts["html-body"],
  faultTexts["html-body-after"],
  { ...faultTexts["refused-400"], parameters: ["body", "message", "shape"] },
  { ...faultTexts["refused-403"], parameters: ["body", "message", "shape"] },
  { ...faultTexts["refused-404"], parameters: ["body", "message", "shape"] },
  { ...faultTexts["refused-409"], parameters: ["body", "message", "shape"] },
  { ...faultTexts["refused-422"], parameters: ["body", "message", "shape"] },
  {
    kind: "accepted",
    label: "202, the refresh goes on",
    sentence: "Starts the refresh and answers 202 without a body while it goes on.",
    applies: "as-usual",
    scope: "refreshes",
    parameters: ["delayMs"],
  },
  {
    kind: "no-content",
    label: "204, the refresh goes on",
    sentence: "Starts the refresh and answers 204 without a body while it goes on.",
    applies: "as-usual",
    scope: "refreshes",
    parameters: ["delayMs"],
  },
  {
    kind: "request-timeout",
    label: "408, the refresh goes on",
    sentence: "Starts the refresh and answers 408 while it goes on.",
    applies: "as-usual",
    scope: "refreshes",
    parameters: ["delayMs"],
  },
  {
    kind: "gateway-timeout",
    label: "504, the refresh goes on",
    sentence: "Starts the refresh; the internal gateway answers 504 while it goes on.",
    applies: "as-usual",
    scope: "refreshes",
    parameters: ["delayMs", "shape"],
  },
  {
    kind: "never-ends",
    label: "Refresh never ends",
    sentence: "Starts a refresh that never ends and never answers.",
    applies: "as-usual",
    scope: "refreshes",
    parameters: [],
  },
  faultTexts["hang-before"],
  faultTexts["hang-after"],
  faultTexts["reset-before"],
  { ...faultTexts["reset-after"], parameters: ["delayMs"] },
  { ...faultTexts["late-apply"], scope: "refreshes" },
  faultTexts["truncated-json"],
  faultTexts["truncated-chunked"],
  faultTexts["wrong-content-type"],
  faultTexts["slow-body"],
  faultTexts["huge-body"],
  faultTexts["duplicate-keys"],
] as const satisfies readonly FaultKindText[];

export type FaultKind = (typeof signzyFaultKinds)[number]["kind"];
