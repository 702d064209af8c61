import type { FinzlyUpdate } from "../field-types.ts";
import { lastFour } from "../finzly-fields.ts";

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string): string => text.replace(/[&<>]/gu, (mark) => marks[mark] ?? mark);

/** What Modify Customer Account takes of a change: a number, a name. `mask` leaves the last four of the number. */
export function modificationOf(update: FinzlyUpdate, options: { readonly mask?: boolean } = {}): Record<string, string> {
  const { accountName, accountNumber } = update;
  const shown = (number: string): string => (options.mask === true ? `••••${lastFour(number)}` : number);
  return {
    ...(typeof accountNumber === "string" ? { number: shown(accountNumber) } : {}),
    ...(typeof accountName === "string" ? { name: accountName } : {}),
  };
}

/** A body whose fields are all texts, in JSON or in XML under `root`. */
export function aggregatorBody(
  wire: "json" | "xml",
  root: string,
  fields: Readonly<Record<string, string>>,
  options: { readonly pretty?: boolean } = {},
): string {
  const isPretty = options.pretty === true;
  if (wire === "json") return JSON.stringify(fields, undefined, isPretty ? 2 : undefined);
  const inside = Object.entries(fields).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  return isPretty
    ? [`<${root}>`, ...inside.map((line) => `  ${line}`), `</${root}>`].join("\n")
    : `<${root}>${inside.join("")}</${root}>`;
}

/** Where an account is changed and deleted, under the connection's address. Ids as they are. */
export const modificationPath = (customerUid: string, accountUid: string): string =>
  `/aggregation/v1/customers/${customerUid}/accounts/${accountUid}`;
