import { finzlyFieldNames, type FieldValue, type FinzlyFieldName, type FinzlyUpdate } from "./field-types.ts";
import { finzlyFields, lastFour } from "./finzly-fields.ts";
import { parseJsonText, writeJson } from "./json-text.ts";
import { moneyLiteral } from "./money.ts";

export interface EncodeOptions {
  /** Account numbers as "••••4444": for the screen, never for the wire. */
  readonly mask?: boolean;
  /** Indented by two spaces: for the screen. */
  readonly pretty?: boolean;
}

function embedded(json: string, pretty: boolean): string {
  const parsed = parseJsonText(json);
  if (!parsed.ok) throw new TypeError(`A value cannot be encoded: ${parsed.message}`);
  return writeJson(parsed.node, pretty ? "  " : "", pretty ? "  " : "");
}

function encodeValue(field: FinzlyFieldName, value: FieldValue, currency: string, options: EncodeOptions): string {
  const { kind, masked } = finzlyFields[field];
  const pretty = options.pretty === true;
  if (kind === "money" && typeof value === "number") return moneyLiteral(value, currency);
  if (kind === "features" && typeof value === "string") return embedded(value, pretty);
  if (masked && options.mask === true && typeof value === "string") return JSON.stringify(`••••${lastFour(value)}`);
  return kind === "attributes" ? embedded(JSON.stringify(value), pretty) : JSON.stringify(value);
}

/**
 * The update as the exact JSON body to send, fields in the provider's printed order. Money is written from its minor
 * units as decimal text with the currency's full minor digits, never through a float; `accountFeatures` keeps its
 * number literals. Throws on a value `checkUpdate` would refuse (unreadable features, unknown currency, unsafe number).
 */
export function encodeUpdate(update: FinzlyUpdate, currency: string, options: EncodeOptions = {}): string {
  const parts = finzlyFieldNames.flatMap((field) => {
    const value = update[field];
    if (value === undefined) return [];
    const encoded = encodeValue(field, value, currency, options);
    return [options.pretty === true ? `  ${JSON.stringify(field)}: ${encoded}` : `${JSON.stringify(field)}:${encoded}`];
  });
  if (options.pretty !== true) return `{${parts.join(",")}}`;
  return parts.length === 0 ? "{}" : `{\n${parts.join(",\n")}\n}`;
}
