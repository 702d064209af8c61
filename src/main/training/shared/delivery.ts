import type { ServerResponse } from "node:http";
import type { Answer } from "./answers.ts";
import type { Timers } from "../shared/timers.ts";

const hugeBodyBytes = 11 * 1024 * 1024;
const shortestPauseMs = 2;

/** Drops the connection with a TCP reset. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function headersOf(answer: Answer): Record<string, string> {
  const type = answer.contentType === undefined ? {} : { "Content-Type": answer.contentType };
  return { ...type, ...answer.headers };
}

/** Sends the whole answer as it is. */
export function deliver(response: ServerResponse, answer: Answer): void {
  const body = answer.body ?? "";
  response.writeHead(answer.status, { ...headersOf(answer), "Content-Length": String(Buffer.byteLength(body)) });
  response.end(body);
}

function cutShort(response: ServerResponse, answer: Answer, framing: Readonly<Record<string, string>>): void {
  const bytes = Buffer.from(answer.body ?? "");
  response.writeHead(answer.status, { ...headersOf(answer), ...framing });
  response.write(bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2))), () => response.socket?.destroy());
}

function drip(response: ServerResponse, answer: Answer, totalMs: number, timers: Timers): void {
  const bytes = Buffer.from(answer.body ?? "");
  const pieces = Math.max(1, Math.min(bytes.length, Math.floor(totalMs / shortestPauseMs)));
  const pieceBytes = Math.max(1, Math.ceil(bytes.length / pieces));
  const pauseMs = totalMs / pieces;
  response.writeHead(answer.status, { ...headersOf(answer), "Content-Length": String(bytes.length) });
  response.flushHeaders();
  const send = (from: number): void => {
    if (response.destroyed) return;
    if (from >= bytes.length) {
      response.end();
      return;
    }
    response.write(bytes.subarray(from, from + pieceBytes));
    timers.after(pauseMs, () => send(from + pieceBytes));
  };
  timers.after(pauseMs, () => send(0));
}

function withDuplicateKey(answer: Answer): Answer {
  const body = answer.body ?? "";
  return { ...answer, body: body.replace(/^(\[?\{)("[^"]+":)/, '$1$2"duplicated",$2') };
}

function inflated(answer: Answer): Answer {
  return { ...answer, body: `${answer.body ?? ""}${" ".repeat(hugeBodyBytes)}` };
}

/**
 * Sends an answer the way a fault wants it sent: cut short, dripping over `delayMs`, mislabelled, too big, with a key
 * twice. Other faults send it whole.
 */
export function deliverFaulty(
  response: ServerResponse,
  answer: Answer,
  fault: { readonly kind: string; readonly delayMs?: number },
  timers: Timers,
): void {
  switch (fault.kind) {
    case "truncated-json":
      return cutShort(response, answer, { "Content-Length": String(Buffer.byteLength(answer.body ?? "") + 64) });
    case "truncated-chunked":
      return cutShort(response, answer, { "Transfer-Encoding": "chunked" });
    case "wrong-content-type":
      return deliver(response, { ...answer, contentType: "text/plain" });
    case "slow-body":
      return drip(response, answer, fault.delayMs ?? 5000, timers);
    case "huge-body":
      return deliver(response, inflated(answer));
    case "duplicate-keys":
      return deliver(response, withDuplicateKey(answer));
    default:
      return deliver(response, answer);
  }
}
