import type { WireForm } from "./parts.ts";

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string): string => text.replace(/[&<>]/gu, (mark) => marks[mark] ?? mark);

/** A body whose fields are all texts, in JSON or in XML under `root`. */
export function bodyOf(wire: WireForm, root: string, fields: Readonly<Record<string, string>>): string {
  if (wire === "json") return JSON.stringify(fields);
  const inside = Object.entries(fields).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  return `<${root}>${inside.join("")}</${root}>`;
}
