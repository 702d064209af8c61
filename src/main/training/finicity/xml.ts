/** An element with text or with child elements. */
export interface XmlElement {
  readonly name: string;
  readonly content: string | readonly XmlElement[];
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Writes an element with its children indented by two spaces each, as the provider's documents print it. */
export function writeXml({ name, content }: XmlElement, indent = ""): string {
  if (typeof content === "string") {
    return `${indent}<${name}>${content.replace(/[&<>"]/g, (mark) => escapes[mark] ?? mark)}</${name}>`;
  }
  const children = content.map((child) => writeXml(child, `${indent}  `));
  return [`${indent}<${name}>`, ...children, `${indent}</${name}>`].join("\n");
}

export interface FlatXml {
  readonly root: string;
  readonly fields: readonly (readonly [name: string, text: string])[];
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function plainText(escaped: string): string | undefined {
  let isPlain = true;
  const text = escaped.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g, (_all, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    const known = name === undefined ? undefined : named[String(name)];
    if (known !== undefined) return known;
    if (Number.isInteger(code) && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    isPlain = false;
    return "";
  });
  return isPlain ? text : undefined;
}

/**
 * Reads a document of one root whose children hold only text. Undefined for anything else: attributes, DTDs, comments,
 * unknown entities, deeper nesting, unclosed elements.
 */
export function readFlatXml(source: string): FlatXml | undefined {
  const body = source.trim().replace(/^<\?xml [^<>?]*\?>\s*/, "");
  const root = /^<([A-Za-z][\w.-]*)>([\s\S]*)<\/\1>$/.exec(body);
  const empty = /^<([A-Za-z][\w.-]*)\s*\/>$/.exec(body);
  if (root === null) return empty === null ? undefined : { root: empty[1] ?? "", fields: [] };
  const fields: (readonly [string, string])[] = [];
  const inner = (root[2] ?? "").trim();
  const child = /<([A-Za-z][\w.-]*)(?:\s*\/>|>([^<]*)<\/\1>)\s*/y;
  while (child.lastIndex < inner.length) {
    const found = child.exec(inner);
    const text = found === null ? undefined : plainText(found[2] ?? "");
    if (found === null || text === undefined) return undefined;
    fields.push([found[1] ?? "", text]);
  }
  return { root: root[1] ?? "", fields };
}
