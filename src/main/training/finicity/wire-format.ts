import { parse, stringify } from "lossless-json";
import type { Answer } from "../shared/answers.ts";
import { readFlatXml, writeXml, type XmlElement } from "./xml.ts";

export type WireFormat = "json" | "xml";

const formatOf: Readonly<Record<string, WireFormat>> = { "application/json": "json", "application/xml": "xml" };

function mediaTypes(header: string): readonly string[] {
  return header.split(",").map((part) => (part.split(";")[0] ?? "").trim().toLowerCase());
}

/** The format an Accept header asks for: the first it names of the served ones. A wildcard asks for none. */
export function acceptedFormat(accept: string | undefined, served: readonly WireFormat[]): WireFormat | undefined {
  const wanted = mediaTypes(accept ?? "").flatMap((type) => formatOf[type] ?? []);
  return wanted.find((format) => served.includes(format));
}

/** The format a Content-Type names; undefined for any other. */
export function sentFormat(contentType: string | undefined): WireFormat | undefined {
  return formatOf[mediaTypes(contentType ?? "")[0] ?? ""];
}

/** One document in both formats; only the one that is asked for is built. */
export interface WireDocument {
  json(): unknown;
  xml(): XmlElement;
}

/** Writes a document into an answer, without an XML declaration, as the provider's documents print it. */
export function documentAnswer(
  status: number,
  format: WireFormat,
  document: WireDocument,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  if (format === "xml") return { status, contentType: "application/xml", headers, body: writeXml(document.xml()) };
  return { status, contentType: "application/json", headers, body: stringify(document.json()) ?? "null" };
}

export type FlatBody = Readonly<Record<string, string>>;

function flatJson(text: string, known: readonly string[]): FlatBody | string {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return "the body is not valid JSON";
    throw error;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "the body must be an object";
  return flatFields(Object.entries(value), known);
}

function flatFields(entries: readonly (readonly [string, unknown])[], known: readonly string[]): FlatBody | string {
  const fields: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (!known.includes(name)) return `unknown field ${name.slice(0, 40)}`;
    if (Object.hasOwn(fields, name)) return `${name} is given twice`;
    if (typeof value !== "string" || value.trim() === "") return `${name} must be a text that is not empty`;
    fields[name] = value;
  }
  return fields;
}

function flatXml(text: string, root: string, known: readonly string[]): FlatBody | string {
  const document = readFlatXml(text);
  if (document === undefined) return "the body is not valid XML";
  if (document.root !== root) return `the root element must be ${root}`;
  return flatFields(document.fields, known);
}

/**
 * Reads a body whose fields are all texts, in JSON or in XML under `root`. Answers in words what is wrong: not
 * readable, an unknown or repeated field, a value that is no text or empty.
 */
export function readFlatBody(
  format: WireFormat,
  text: string,
  root: string,
  known: readonly string[],
): FlatBody | string {
  return format === "json" ? flatJson(text, known) : flatXml(text, root, known);
}
