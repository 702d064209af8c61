import { z } from "zod";
import { jsonValue } from "../../values.ts";

/**
 * A scalar of an aggregated record, exactly as the provider wrote it: numbers are their decimal text, so that no amount
 * and no id passes through a float ("-1234.56", "15.789", "true" stay what they are).
 */
export const exactText = z.string().max(4000);

/** Epoch seconds, as both providers give dates (seeds finicity-customer-accounts, signzy-refresh-customer). */
const epochS = z.number().int();

/**
 * An account as an aggregator knows it, whichever provider and wire form (Finicity JSON or XML, Signzy JSON) it came
 * from. Only the two ids may be assumed (reference §2.5.4); everything else is absent where the provider did not say.
 */
export const aggregatedRecord = z.object({
  customerId: exactText,
  accountId: exactText,
  institutionId: exactText.optional(),
  institutionLoginId: exactText.optional(),
  /** A display value, masked by Finicity, maybe in full by Signzy: never shown in full, never written back. */
  number: exactText.optional(),
  numberDisplay: exactText.optional(),
  realLast4: exactText.optional(),
  name: exactText.optional(),
  nickname: exactText.optional(),
  /** An open list of 36 known types; `unknown` before activation. Trimmed. */
  type: exactText.optional(),
  /** pending or active; open. */
  status: exactText.optional(),
  marketSegment: exactText.optional(),
  currency: exactText.optional(),
  /** Decimal text in units of `currency`; negative for cards and loans. */
  balance: exactText.optional(),
  /** Absent until the first aggregation. */
  statusCode: z.number().int().optional(),
  balanceDateS: epochS.optional(),
  successDateS: epochS.optional(),
  attemptDateS: epochS.optional(),
  createdDateS: epochS.optional(),
  lastUpdatedDateS: epochS.optional(),
  lastTransactionDateS: epochS.optional(),
  oldestTransactionDateS: epochS.optional(),
  parentAccount: exactText.optional(),
  displayPosition: z.number().int().optional(),
  /** `detail`: every key the provider sent, known or not. */
  detail: z.record(z.string().max(200), exactText),
  /** `position`: one record a holding. */
  positions: z.array(z.record(z.string().max(200), exactText)),
  /** Top-level keys this list does not name. */
  other: z.record(z.string().max(200), jsonValue),
});
export type AggregatedRecord = z.infer<typeof aggregatedRecord>;
