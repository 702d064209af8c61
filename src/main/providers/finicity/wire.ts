import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { LosslessNumber } from "lossless-json";
import { z } from "zod";
import type { HttpAnswer } from "../../http/client.ts";
import { jsonOf } from "../../http/json-answer.ts";
import { xmlOf } from "../../http/xml-answer.ts";
import { aggregatedRecordOf } from "../aggregated-record.ts";
import type { LoginField } from "../aggregator.ts";
import { plainCode, plainWords } from "../scrub.ts";
import { fitsHeader } from "../token-source.ts";

const literal = z.instanceof(LosslessNumber).transform((number) => number.toString());
const text = z.union([z.string(), literal]).nullish().catch(undefined);
const identifier = z.union([z.string(), literal]).transform((value) => value.trim());

/** The body of an answer in whichever of the two forms it came; `undefined` when it is neither, or damaged. */
export function documentOf(answer: HttpAnswer): unknown {
  const json = jsonOf(answer);
  if (json.ok) return json.value;
  const xml = xmlOf(answer);
  return xml.ok ? xml.value : undefined;
}

const token = z
  .union([z.object({ token: z.string() }), z.object({ access: z.object({ token: z.string() }) })])
  .transform((value) => ("access" in value ? value.access.token : value.token).trim());

/** The token of a sign-in, `{token}` or `<access><token/></access>`; undefined for anything a header cannot carry. */
export function tokenOf(document: unknown): string | undefined {
  const value = token.safeParse(document).data;
  return value !== undefined && fitsHeader(value) ? value : undefined;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
    ? (value as Fields)
    : undefined;

/** A list as JSON gives it, or the repeated elements of one name under an XML root; an empty root is an empty list. */
function listOf(value: unknown, element: string): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === "string" && value.trim() === "") return [];
  const inside = fieldsOf(value);
  if (inside === undefined) return undefined;
  const found = inside[element];
  if (found === undefined) return Object.keys(inside).length === 0 ? [] : undefined;
  return Array.isArray(found) ? found : [found];
}

/** The accounts of a list; undefined when it is none, or a record in it has no usable id or is another customer's. */
export function recordsOf(document: unknown, customerId: string): readonly AggregatedRecord[] | undefined {
  const list = listOf(fieldsOf(document)?.["accounts"], "account");
  const records = list?.map((one) => aggregatedRecordOf(one, customerId));
  return records?.every((record) => record !== undefined) === true ? records : undefined;
}

/** One account, by itself in JSON and under `account` in XML. */
export function recordOf(document: unknown, customerId: string): AggregatedRecord | undefined {
  const fields = fieldsOf(document);
  return aggregatedRecordOf(fields?.["id"] === undefined ? fields?.["account"] : fields, customerId);
}

const wireCustomer = z.object({ id: identifier, username: text, firstName: text, lastName: text });

export interface FinicityCustomer {
  readonly id: string;
  readonly name: string;
}
export interface FinicityCustomerPage {
  readonly customers: readonly FinicityCustomer[];
  readonly total: number | undefined;
  /** Whether the provider says that more follow; undefined when it does not say. */
  readonly more: boolean | undefined;
}

/** One page of customers; XML repeats `customer` beside the counts under `customers`. */
export function customersOf(document: unknown): FinicityCustomerPage | undefined {
  const root = fieldsOf(document);
  const inner = fieldsOf(root?.["customers"]);
  const counts = inner ?? root;
  const listed = inner === undefined ? root?.["customers"] : (inner["customer"] ?? []);
  const list = z.array(wireCustomer).safeParse(Array.isArray(listed) ? listed : [listed]);
  if (counts === undefined || listed === undefined || !list.success) return undefined;
  const found = text.parse(counts["found"]);
  const more = counts["moreAvailable"];
  return {
    customers: list.data.map(({ id, username, firstName, lastName }) => {
      const parts = [firstName, lastName].map((part) => (part ?? "").trim()).filter((part) => part !== "");
      return { id, name: parts.length > 0 ? parts.join(" ") : (username ?? "").trim() || id };
    }),
    total: typeof found === "string" && /^\d{1,9}$/u.test(found.trim()) ? Number(found) : undefined,
    more: more === true || more === "true" ? true : more === false || more === "false" ? false : undefined,
  };
}

const loginField = z.object({
  id: text,
  name: text,
  value: text,
  description: text,
  displayOrder: text,
  mask: z.union([z.boolean(), z.string()]).nullish().catch(undefined),
});

const filled = (given: string | null | undefined): string | undefined => (given ?? "").trim() || undefined;
const isShown = (mask: boolean | string | null | undefined): boolean =>
  mask === false || (typeof mask === "string" && mask.trim().toLowerCase() === "false");

/** The sign-in form in display order. A field that does not say whether it is masked counts as masked. */
export function loginFormOf(document: unknown): readonly LoginField[] | undefined {
  const fields = z.array(loginField).safeParse(listOf(fieldsOf(document)?.["loginForm"], "loginField"));
  return fields.data
    ?.map((field, index): LoginField => {
      const [id, name, description] = [filled(field.id), filled(field.name), filled(field.description)];
      const order = filled(field.displayOrder);
      return {
        id: id ?? String(index + 1),
        name: name ?? description ?? id ?? "Field",
        ...(name === undefined || description === undefined || description === name ? {} : { description }),
        ...(isShown(field.mask) && field.value ? { value: field.value } : {}),
        mask: !isShown(field.mask),
        order: order !== undefined && /^\d{1,9}$/u.test(order) ? Number(order) : index + 1,
      };
    })
    .toSorted((one, other) => one.order - other.order);
}

export interface FinicityWords {
  readonly code?: string;
  readonly message?: string;
}

const plainError = z.object({ code: text, errorCode: text, message: text, user_message: text });
const listedError = z.object({
  Source: text, ReasonCode: text, Description: text, reasonCode: text, description: text,
});

function firstListed(document: unknown): z.infer<typeof listedError> | undefined {
  const root = fieldsOf(document);
  const errors = fieldsOf(root?.["Errors"] ?? root?.["errors"]);
  const found = errors?.["Error"] ?? errors?.["error"];
  return listedError.safeParse(Array.isArray(found) ? found[0] : found).data;
}

/**
 * What an error body says, in any of the five forms (reference §2.8): `{code, message}`, `{Errors: {Error: []}}`,
 * `{errorCode, message}`, `<error>`, plain text.
 */
export function wordsOf(answer: HttpAnswer): FinicityWords {
  const document = documentOf(answer);
  const isText = /^text\/plain\b/iu.test(answer.headers["content-type"] ?? "");
  const plainBody = isText ? answer.body.toString("utf8").slice(0, 1000) : undefined;
  const listed = firstListed(document);
  const plain = plainError.safeParse(fieldsOf(document)?.["error"] ?? document).data;
  const code = plainCode(listed?.ReasonCode ?? listed?.reasonCode ?? plain?.code ?? plain?.errorCode);
  const said = listed?.Description ?? listed?.description ?? plain?.message ?? plain?.user_message ?? plainBody ?? "";
  return {
    ...(code === undefined ? {} : { code }),
    ...(said.trim() === "" ? {} : { message: plainWords(said) }),
  };
}
