import { emptyAnswer, htmlAnswer, type Answer } from "./answers.ts";

/** The answers of faults that look the same at every provider; undefined for all others. */
export function plainFaultAnswer(fault: {
  readonly kind: string;
  readonly retryAfter?: number | string;
}): Answer | undefined {
  const retryHeader = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
  switch (fault.kind) {
    case "too-many-requests":
      return emptyAnswer(429, retryHeader);
    case "unavailable":
      return emptyAnswer(503, retryHeader);
    case "server-error-html":
    case "server-error-html-after":
      return htmlAnswer(500, "Internal Server Error");
    case "empty-body":
    case "empty-body-after":
      return emptyAnswer(200);
    case "html-body":
    case "html-body-after":
      return htmlAnswer(200, "Sign in to continue");
    default:
      return undefined;
  }
}
