import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import { LosslessNumber } from "lossless-json";
import { z } from "zod";
import { aggregatedRecordOf } from "../aggregated-record.ts";
import { plainCode, plainWords } from "../scrub.ts";

const literal = z.instanceof(LosslessNumber).transform((number) => number.toString());
const text = z.union([z.string(), literal]).nullish().catch(undefined);

/** A login's answer; `ttl` in seconds comes as a number or as text. */
export const wireLogin = z.object({ id: z.string(), ttl: text });

const errorFields = z.object({ code: text, message: text, reason: text, statusCode: text });
const wireError = z.object({ error: errorFields.optional().catch(undefined), message: text });
const list = z.array(z.unknown());
const wireAccounts = z.union([
  list,
  z.object({ accounts: list }).transform(({ accounts }) => accounts),
  z.object({ result: list }).transform(({ result }) => result),
  z.object({ result: z.object({ accounts: list }) }).transform(({ result }) => result.accounts),
]);

/** The account list in any of its four forms; undefined when it is none, or a record in it is not usable. */
export function recordsOf(value: unknown, customerId: string): readonly AggregatedRecord[] | undefined {
  const accounts = wireAccounts.safeParse(value);
  if (!accounts.success) return undefined;
  const records = accounts.data.map((account) => aggregatedRecordOf(account, customerId));
  return records.every((record) => record !== undefined) ? records : undefined;
}

export interface SignzyWords {
  readonly message?: string;
  /** A short code or reason of the provider's, maybe Finicity's own code. */
  readonly code?: string;
}

/** What an error body says, in any of its forms (`error` with more or fewer fields, a gateway's bare `message`). */
export function wordsOf(value: unknown): SignzyWords {
  const body = wireError.safeParse(value).data;
  if (body === undefined) return {};
  const said = body.error?.message ?? body.message ?? "";
  const code = plainCode(body.error?.code) ?? plainCode(body.error?.reason);
  return {
    ...(said.trim() === "" ? {} : { message: plainWords(said) }),
    ...(code === undefined ? {} : { code }),
  };
}
