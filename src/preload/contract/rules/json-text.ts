/** A JSON value with its numbers kept as written, so that nothing is rounded on the way through. */
export type JsonNode =
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: string, value: JsonNode])[] }
  | { readonly kind: "array"; readonly items: readonly JsonNode[] }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly literal: string }
  | { readonly kind: "word"; readonly word: "true" | "false" | "null" };

export type ParsedJson =
  | { readonly ok: true; readonly node: JsonNode }
  | { readonly ok: false; readonly fault: "syntax" | "duplicate" | "number" | "depth"; readonly message: string };

interface Fault {
  readonly fault: "syntax" | "duplicate" | "number" | "depth";
  readonly message: string;
}
type Step = { readonly node: JsonNode; readonly at: number } | Fault;

const maxDepth = 50;
const stringToken = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const wordToken = /true|false|null/uy;
const blankToken = /[ \t\r\n]*/uy;

function tokenAt(token: RegExp, text: string, at: number): string | undefined {
  token.lastIndex = at;
  return token.exec(text)?.[0];
}

function afterBlanks(text: string, at: number): number {
  return at + (tokenAt(blankToken, text, at) ?? "").length;
}

function syntaxAt(text: string, at: number): Fault {
  const where = at >= text.length ? "at the end" : `at character ${String(at + 1)}`;
  return { fault: "syntax", message: `This is not valid JSON; reading stops ${where}.` };
}

function decimalParts(literal: string): { digits: string; exponent: bigint } {
  const [, whole = "", fraction = "", exponent = "0"] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/u.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/u, "");
  const kept = digits.replace(/0+$/u, "");
  const shift = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - kept.length);
  return { digits: kept, exponent: kept === "" ? 0n : shift };
}

/** Whether a JSON reader that keeps numbers as doubles gives back exactly the number this literal writes. */
export function isExactNumber(literal: string): boolean {
  const asDouble = Number(literal);
  if (!Number.isFinite(asDouble)) return false;
  if (Number.isInteger(asDouble) && !Number.isSafeInteger(asDouble)) return false;
  const written = decimalParts(literal);
  const read = decimalParts(String(asDouble));
  return written.digits === read.digits && written.exponent === read.exponent;
}

function readValue(text: string, start: number, depth: number): Step {
  if (depth > maxDepth) return { fault: "depth", message: "The JSON is nested too deeply." };
  const at = afterBlanks(text, start);
  const first = text[at];
  if (first === "{") return readObject(text, at, depth);
  if (first === "[") return readArray(text, at, depth);
  const quoted = tokenAt(stringToken, text, at);
  if (quoted !== undefined) return { node: { kind: "string", text: parsedString(quoted) }, at: at + quoted.length };
  const literal = tokenAt(numberToken, text, at);
  if (literal !== undefined) {
    if (!isExactNumber(literal)) {
      return { fault: "number", message: `The number at character ${String(at + 1)} would not be kept exactly.` };
    }
    return { node: { kind: "number", literal }, at: at + literal.length };
  }
  const word = tokenAt(wordToken, text, at);
  if (word !== "true" && word !== "false" && word !== "null") return syntaxAt(text, at);
  return { node: { kind: "word", word }, at: at + word.length };
}

function parsedString(quoted: string): string {
  const value: unknown = JSON.parse(quoted);
  return typeof value === "string" ? value : "";
}

function readArray(text: string, open: number, depth: number): Step {
  const items: JsonNode[] = [];
  let at = afterBlanks(text, open + 1);
  if (text[at] === "]") return { node: { kind: "array", items }, at: at + 1 };
  for (;;) {
    const item = readValue(text, at, depth + 1);
    if ("fault" in item) return item;
    items.push(item.node);
    at = afterBlanks(text, item.at);
    if (text[at] === "]") return { node: { kind: "array", items }, at: at + 1 };
    if (text[at] !== ",") return syntaxAt(text, at);
    at += 1;
  }
}

function readObject(text: string, open: number, depth: number): Step {
  const entries: (readonly [string, JsonNode])[] = [];
  const seen = new Set<string>();
  let at = afterBlanks(text, open + 1);
  if (text[at] === "}") return { node: { kind: "object", entries }, at: at + 1 };
  for (;;) {
    at = afterBlanks(text, at);
    const quoted = tokenAt(stringToken, text, at);
    if (quoted === undefined) return syntaxAt(text, at);
    const key = parsedString(quoted);
    const twice = `The key “${key.slice(0, 60)}” stands twice in one object.`;
    if (seen.has(key)) return { fault: "duplicate", message: twice };
    seen.add(key);
    at = afterBlanks(text, at + quoted.length);
    if (text[at] !== ":") return syntaxAt(text, at);
    const value = readValue(text, at + 1, depth + 1);
    if ("fault" in value) return value;
    entries.push([key, value.node]);
    at = afterBlanks(text, value.at);
    if (text[at] === "}") return { node: { kind: "object", entries }, at: at + 1 };
    if (text[at] !== ",") return syntaxAt(text, at);
    at += 1;
  }
}

/**
 * Reads JSON strictly: refuses duplicate keys, numbers a double cannot carry exactly and nesting beyond 50 levels.
 * Key order and number literals are kept as written.
 */
export function parseJsonText(text: string): ParsedJson {
  const read = readValue(text, 0, 0);
  if ("fault" in read) return { ok: false, ...read };
  const end = afterBlanks(text, read.at);
  return end === text.length ? { ok: true, node: read.node } : { ok: false, ...syntaxAt(text, end) };
}

/** The node as compact JSON (or indented by `indent` from column `margin`), numbers exactly as they were written. */
export function writeJson(node: JsonNode, indent = "", margin = ""): string {
  if (node.kind === "string") return JSON.stringify(node.text);
  if (node.kind === "number") return node.literal;
  if (node.kind === "word") return node.word;
  const inner = margin + indent;
  const parts =
    node.kind === "array"
      ? node.items.map((item) => writeJson(item, indent, inner))
      : node.entries.map(([key, value]) => `${JSON.stringify(key)}:${indent && " "}${writeJson(value, indent, inner)}`);
  const [open, close] = node.kind === "array" ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  if (indent === "") return open + parts.join(",") + close;
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${margin}${close}`;
}

/** A form in which two texts are equal exactly when they mean the same: keys sorted, numbers by value. */
export function canonicalJson(node: JsonNode): string {
  if (node.kind === "object") {
    const sorted = node.entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`).join(",")}}`;
  }
  if (node.kind === "array") return `[${node.items.map(canonicalJson).join(",")}]`;
  if (node.kind === "number") {
    const { digits, exponent } = decimalParts(node.literal);
    return digits === "" ? "0" : `${node.literal.startsWith("-") ? "-" : ""}${digits}e${String(exponent)}`;
  }
  return writeJson(node);
}
