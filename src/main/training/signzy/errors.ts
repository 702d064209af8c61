import { jsonAnswer, type Answer } from "../shared/answers.ts";

/** The forms an error body is known to take: as documented, two older ones, and a gateway's. */
export const errorShapes = ["documented", "with-details", "status-text", "message-only"] as const;
export type ErrorShape = (typeof errorShapes)[number];

export interface ProviderError {
  readonly status: number;
  readonly message: string;
  readonly reason?: string;
}

const types: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  422: "Unprocessable Entity",
  500: "Internal Server Error",
  502: "Bad Gateway",
  504: "Gateway Timeout",
};

/** An error in one of the provider's forms; the documented one unless another is asked for. */
export function errorAnswer(error: ProviderError, shape: ErrorShape = "documented"): Answer {
  const { status, message } = error;
  const reason = error.reason ?? message;
  switch (shape) {
    case "documented":
      return jsonAnswer(status, {
        error: { name: "Error", message, status, reason, type: types[status] ?? "Error", statusCode: status },
      });
    case "with-details":
      return jsonAnswer(status, { error: { statusCode: status, name: "Error", message, details: {} } });
    case "status-text":
      return jsonAnswer(status, { error: { name: "Error", status: String(status), message } });
    case "message-only":
      return jsonAnswer(status, { message });
  }
}
