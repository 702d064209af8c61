import { LosslessNumber } from "lossless-json";
import type { HttpAnswer } from "./exchange.ts";

/** Why an answer's body is not JSON to rely on. */
export type JsonFault = "empty" | "content-type" | "encoding" | "syntax" | "duplicate-key";
export type JsonAnswer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: JsonFault };

const jsonType = /^application\/(?:json|[a-z0-9.+-]+\+json)\s*(?:;|$)/iu;
const maxDepth = 100;

function textOf(body: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function keysIn(value: unknown): number {
  if (typeof value !== "object" || value === null || value instanceof LosslessNumber) return 0;
  const inner = Object.values(value).reduce((sum: number, item: unknown) => sum + keysIn(item), 0);
  return Array.isArray(value) ? inner : inner + Object.keys(value).length;
}

interface Shape {
  /** Outside strings every colon stands after one key, so there are as many as keys were written. */
  readonly colons: number;
  readonly deepest: number;
}

/** One pass, whatever the length: a pattern over a string of megabytes runs out of stack. */
function shapeOf(text: string): Shape {
  let [colons, depth, deepest] = [0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === ":") colons += 1;
    else if (sign === "{" || sign === "[") deepest = Math.max(deepest, (depth += 1));
    else if (sign === "}" || sign === "]") depth -= 1;
  }
  return { colons, deepest };
}

/** Where the string that begins at `from` ends; the text's end when it does not. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}

/** A number as the text it was written in; the engine hands that text to a reviver. */
const asWritten = (_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown =>
  typeof value === "number" ? new LosslessNumber(source ?? String(value)) : value;

/**
 * Reads JSON text strictly; numbers stay `LosslessNumber`, exactly as written. A key that stands twice in one object
 * is a fault even when both values are the same.
 */
export function parseJson(text: string): JsonAnswer {
  if (text.trim() === "") return { ok: false, fault: "empty" };
  const { colons, deepest } = shapeOf(text);
  if (deepest > maxDepth) return { ok: false, fault: "syntax" };
  try {
    const value: unknown = JSON.parse(text, asWritten);
    return keysIn(value) === colons ? { ok: true, value } : { ok: false, fault: "duplicate-key" };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, fault: "syntax" };
    throw error;
  }
}

/** The JSON of an answer: its content type must say so and its bytes must be UTF-8. */
export function jsonOf(answer: HttpAnswer): JsonAnswer {
  if (answer.body.length === 0) return { ok: false, fault: "empty" };
  const encoding = answer.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") return { ok: false, fault: "encoding" };
  if (!jsonType.test(answer.headers["content-type"] ?? "")) return { ok: false, fault: "content-type" };
  const text = textOf(answer.body);
  return text === undefined ? { ok: false, fault: "encoding" } : parseJson(text);
}
