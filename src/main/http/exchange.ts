import type { Dispatcher } from "undici";
import { errorCode } from "./connector.ts";
import { HttpFailure, type HttpFailureKind } from "./http-failure.ts";

export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; a header given more than once is joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly elapsedMs: number;
}

export interface ExchangeLimits {
  readonly bodyTimeoutMs: number;
  readonly maxBodyBytes: number;
}

const kindsByCode: ReadonlyMap<string, HttpFailureKind> = new Map([
  ["UND_ERR_HEADERS_TIMEOUT", "no-answer"],
  ["UND_ERR_BODY_TIMEOUT", "slow-body"],
  ["UND_ERR_RES_EXCEEDED_MAX_SIZE", "too-large"],
]);

const sentences: Readonly<Record<"no-answer" | "slow-body" | "too-large" | "reset", string>> = {
  "no-answer": "The other side did not answer in time.",
  "slow-body": "The answer did not end in time.",
  "too-large": "The answer was larger than allowed and was not read.",
  reset: "The connection broke before the answer was complete.",
};

function flatHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

/**
 * One request, one answer, never sent twice: a transport that wanted to write the request again is stopped before the
 * first byte. A redirect is an answer like any other. Rejects with `HttpFailure`; its phase is before-send exactly when
 * the request was never handed to a connected socket. `bodyTimeoutMs` counts from the headers to the end of the body.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now();
    const chunks: Buffer[] = [];
    let controller: Dispatcher.DispatchController | undefined;
    let bodyTimer: NodeJS.Timeout | undefined;
    let status: number | undefined;
    let headers: Record<string, string> = {};
    let received = 0;
    let settled = false;

    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(bodyTimer);
      signal.removeEventListener("abort", cancel);
      finish();
    };
    const fail = (kind: HttpFailureKind, message: string, cause?: unknown): void => {
      const phase = controller === undefined ? "before-send" : "after-send";
      const failure = new HttpFailure(kind, phase, message, { cause, ...(status === undefined ? {} : { status }) });
      settle(() => reject(failure));
      controller?.abort(failure);
    };
    function cancel(): void {
      fail("cancelled", "The request was given up.", signal.reason);
    }

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (given) => {
        if (settled || controller !== undefined) {
          given.abort(new Error("A request is sent once."));
          if (!settled) fail("reset", sentences.reset);
          return;
        }
        controller = given;
      },
      onResponseStart: (_given, code, rawHeaders) => {
        if (code < 200) return;
        status = code;
        headers = flatHeaders(rawHeaders);
        bodyTimer = setTimeout(() => fail("slow-body", sentences["slow-body"]), limits.bodyTimeoutMs);
      },
      onResponseData: (_given, chunk) => {
        received += chunk.length;
        if (received > limits.maxBodyBytes) fail("too-large", sentences["too-large"]);
        else chunks.push(chunk);
      },
      onResponseEnd: () => {
        const finalStatus = status;
        if (finalStatus === undefined) return fail("reset", sentences.reset);
        const elapsedMs = performance.now() - startedAtMs;
        settle(() => resolve({ status: finalStatus, headers, body: Buffer.concat(chunks), elapsedMs }));
      },
      onResponseError: (_given, error) => {
        if (error instanceof HttpFailure) {
          settle(() => reject(error));
          return;
        }
        if (controller === undefined) return fail("unreachable", "The connection could not be made.", error);
        const kind = kindsByCode.get(errorCode(error)) ?? "reset";
        fail(
          kind,
          sentences[kind === "no-answer" || kind === "slow-body" || kind === "too-large" ? kind : "reset"],
          error,
        );
      },
    };

    if (signal.aborted) return cancel();
    signal.addEventListener("abort", cancel, { once: true });
    dispatcher.dispatch(request, handler);
  });
}
