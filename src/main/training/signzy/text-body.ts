import { parse } from "lossless-json";
import type { ProviderError } from "./errors.ts";

export type TextBody = Readonly<Record<string, string>>;

/**
 * Reads a JSON object with exactly the given fields, all texts: 422 for bad JSON or a missing field, 400 for one that
 * is no text, empty or unknown.
 */
export function readTextBody(text: string, names: readonly string[]): TextBody | ProviderError {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 422, message: "The body is not valid JSON" };
    throw error;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { status: 422, message: "The body must be a JSON object" };
  }
  const fields: Record<string, string> = {};
  for (const [name, given] of Object.entries(value)) {
    if (!names.includes(name)) return { status: 400, message: `${name.slice(0, 40)} is not allowed` };
    if (typeof given !== "string" || given === "") return { status: 400, message: `${name} must be a string` };
    fields[name] = given;
  }
  const absent = names.find((name) => fields[name] === undefined);
  return absent === undefined ? fields : { status: 422, message: `${absent} is required` };
}

export function isRefused(body: TextBody | ProviderError): body is ProviderError {
  return typeof body["status"] === "number";
}
