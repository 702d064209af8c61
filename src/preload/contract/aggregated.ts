import { z } from "zod";
import { detailGroups } from "./rules/aggregation/detail-fields.ts";
import { aggregatedRecord } from "./rules/aggregation/record.ts";
import { actors, codeCategories } from "./rules/aggregation/status-meaning.ts";
import { accountId, connectionId, pageCursor, timestampMs } from "./values.ts";

export const provider = z.enum(["finzly", "finicity", "signzy"]);
export const providerNames: Readonly<Record<z.infer<typeof provider>, string>> = {
  finzly: "Finzly",
  finicity: "Finicity",
  signzy: "Signzy",
};

/** A value fit to show. A date is a moment; whatever does not read as its unit comes as the text that was sent. */
const shownValue = z.object({
  kind: z.enum(["money", "percent", "number", "date", "text", "id"]),
  text: z.string(),
  isNegative: z.boolean().optional(),
  atMs: z.number().int().optional(),
});
/** Account numbers under any key are masked to their last four. */
const shownField = z.object({ key: z.string(), label: z.string(), value: shownValue });

/** The code and the dates of the provider's own clock, in epoch seconds: see `freshnessSentence`. */
const freshnessFacts = aggregatedRecord.pick({
  balance: true,
  statusCode: true,
  balanceDateS: true,
  successDateS: true,
  attemptDateS: true,
});

const actor = z.enum(actors);

/** What the account's state means, who must act, and the next step as text to copy. */
const aggregationStatus = z.object({
  code: z.number().int().optional(),
  isKnown: z.boolean(),
  category: z.enum(codeCategories),
  act: actor,
  short: z.string(),
  meaning: z.string(),
  doing: z.string(),
  isConnectFix: z.boolean(),
  nextStepHeading: z.string(),
  nextStep: z.string(),
});
export type AggregationStatus = z.infer<typeof aggregationStatus>;

/** What a list needs of an aggregated account. */
export const aggregatedRow = z.object({ typeLabel: z.string(), act: actor, short: z.string(), freshness: freshnessFacts });

/** An account of the same student loan group. */
const relative = z.object({
  accountUid: z.string(),
  id: accountId.optional(),
  accountName: z.string().optional(),
  last4: z.string().max(4).optional(),
  typeLabel: z.string().optional(),
  balance: shownValue.optional(),
});

/** An account as its aggregator knows it: everything that was sent, sorted and named, and nothing in full that is secret. */
export const aggregatedDetail = z.object({
  typeLabel: z.string(),
  /** False: a type that no document names. */
  isTypeKnown: z.boolean(),
  balance: shownValue.optional(),
  freshness: freshnessFacts,
  status: aggregationStatus,
  groups: z.array(z.object({ title: z.enum(detailGroups), fields: z.array(shownField) })),
  positions: z.object({
    columns: z.array(z.object({ key: z.string(), label: z.string(), isNumeric: z.boolean() })),
    rows: z.array(z.array(shownValue.nullable())),
  }),
  /** The record's own fields: identifiers, dates, market segment. */
  record: z.array(shownField),
  parent: relative.optional(),
  children: z.array(relative),
});
export type AggregatedDetail = z.infer<typeof aggregatedDetail>;
export type ShownFieldOut = z.infer<typeof shownField>;
export type ShownValueOut = z.infer<typeof shownValue>;

/** Who is waited for; `nobody` is never in the queue. */
export const repairActor = z.enum(["customer", "operations", "wait", "provider"]);
export type RepairActor = z.infer<typeof repairActor>;

/** Kept, not counted: how many accounts wait for whom. */
export const repairCounts = z.object({
  customer: z.number().int(),
  operations: z.number().int(),
  wait: z.number().int(),
  provider: z.number().int(),
});
export type RepairCounts = z.infer<typeof repairCounts>;

export const repairRow = z.object({
  id: accountId,
  connectionId,
  provider,
  customerUid: z.string(),
  customerName: z.string(),
  accountName: z.string(),
  last4: z.string().max(4).optional(),
  typeLabel: z.string(),
  /** As the provider sent it. */
  currency: z.string().optional(),
  institutionId: z.string().optional(),
  freshness: freshnessFacts,
  status: aggregationStatus,
  readAtMs: timestampMs.optional(),
});
export type RepairRow = z.infer<typeof repairRow>;

export const repairQuery = z.strictObject({
  act: repairActor,
  cursor: pageCursor.optional(),
  limit: z.number().int().min(1).max(200),
});
export const repairPage = z.object({ rows: z.array(repairRow), nextCursor: pageCursor.optional() });
