import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { HttpAnswer } from "./exchange.ts";

/** Why an answer's body is not XML to rely on. */
export type XmlFault = "empty" | "content-type" | "encoding" | "syntax" | "doctype" | "too-deep" | "entity";
export type XmlAnswer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: XmlFault };

const xmlType = /^(?:application|text)\/xml\s*(?:;|$)/iu;
const maxDepth = 20;
const fault = (kind: XmlFault): XmlAnswer => ({ ok: false, fault: kind });

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
});

/** One pass over the marks, before any parser sees them: no document type, no instruction, no deep nesting. */
function faultOfMarks(text: string): XmlFault | undefined {
  let depth = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at + 1)) {
    const skipped = text.startsWith("<!--", at) ? "-->" : text.startsWith("<![CDATA[", at) ? "]]>" : undefined;
    if (skipped === undefined && text[at + 1] === "!") return "doctype";
    if (text[at + 1] === "?" && at !== 0) return "syntax";
    const end = text.indexOf(skipped ?? ">", at + 1);
    if (end === -1) return "syntax";
    if (skipped === undefined && text[at + 1] !== "?") {
      if (text[at + 1] === "/") depth -= 1;
      else if (text[end - 1] !== "/") depth += 1;
      if (depth > maxDepth) return "too-deep";
    }
    at = end;
  }
  return undefined;
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

class UnknownEntity extends Error {}

function characterOf(code: number): string {
  const allowed = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff);
  if (!allowed || (code >= 0xd800 && code <= 0xdfff)) throw new UnknownEntity();
  return String.fromCodePoint(code);
}

/** Only XML's own five names and character numbers; an entity of a document's own has no meaning here. */
function plainText(escaped: string): string {
  return escaped.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,10}));|&/giu, (_all, hex, decimal, name) => {
    if (hex !== undefined) return characterOf(Number.parseInt(String(hex), 16));
    if (decimal !== undefined) return characterOf(Number(decimal));
    const known = named[String(name)];
    if (known === undefined) throw new UnknownEntity();
    return known;
  });
}

/** Elements as objects, repeated ones as lists, leaves as text; blanks between elements are dropped. */
function plain(value: unknown): unknown {
  if (typeof value === "string") return value.trim() === "" ? "" : plainText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, item]) => name !== "#text" || (typeof item === "string" && item.trim() !== ""),
  );
  return Object.fromEntries(entries.map(([name, item]) => [name, plain(item)]));
}

/**
 * Reads XML text: elements as objects under their names, repeated ones as lists, every leaf as the text it was written
 * in; attributes are dropped. Document types, entities of one's own, deep nesting and unclosed elements are faults,
 * found before anything is expanded.
 */
export function parseXml(source: string): XmlAnswer {
  const text = source.replace(/^\uFEFF/u, "").trim();
  if (text === "") return fault("empty");
  const marks = faultOfMarks(text);
  if (marks !== undefined) return fault(marks);
  if (XMLValidator.validate(text) !== true) return fault("syntax");
  try {
    return { ok: true, value: plain(parser.parse(text)) };
  } catch (error) {
    return fault(error instanceof UnknownEntity ? "entity" : "syntax");
  }
}

/** The XML of an answer: its content type must say so and its bytes must be UTF-8. */
export function xmlOf(answer: HttpAnswer): XmlAnswer {
  if (answer.body.length === 0) return fault("empty");
  const encoding = answer.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") return fault("encoding");
  if (!xmlType.test(answer.headers["content-type"] ?? "")) return fault("content-type");
  try {
    return parseXml(new TextDecoder("utf-8", { fatal: true }).decode(answer.body));
  } catch (error) {
    if (error instanceof TypeError) return fault("encoding");
    throw error;
  }
}
