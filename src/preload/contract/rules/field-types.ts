import { z } from "zod";
import { jsonValue, timestampMs } from "../values.ts";

/** The fields of Finzly's update body, in the order the provider prints them (update customer account). */
export const finzlyFieldNames = [
  "accountType", "accountSubType", "systemOfRecords", "accountNumber", "currency", "accountName", "masterGl",
  "enableOffset", "enableWire", "defaultOffset", "feeAccount", "returnAccount", "fboAccountNumber", "countryCode",
  "routingNumber", "bankIdType", "enableCallbacks", "callbackLimit", "costCenter", "isUnderWritten", "isAchPrefund",
  "debitExposureLimit", "creditExposureLimit", "accountAnalysis", "reason", "secCodes", "achCompanyId",
  "accountFeatures", "additionalAttributes",
] as const;
export const finzlyFieldName = z.enum(finzlyFieldNames);
export type FinzlyFieldName = z.infer<typeof finzlyFieldName>;

/** One row of `additionalAttributes`: open object, unknown keys kept. */
export const attributeRow = z.record(z.string().max(200), jsonValue);

/**
 * A field's value inside Vostro. Text, choice and Yes/No fields: string. Flags: boolean. Money: integer minor units of
 * the account's currency. `secCodes`: list of codes. `accountFeatures`: the JSON text of an object.
 * `additionalAttributes`: list of objects.
 */
export const fieldValue = z.union([
  z.string().max(20_000),
  z.number().int(),
  z.boolean(),
  z.array(z.string().max(20)).max(100),
  z.array(attributeRow).max(100),
]);
export type FieldValue = z.infer<typeof fieldValue>;

/** Who said so: the provider when read, Vostro when it last wrote, or a person who entered it by hand. */
export const valueSource = z.enum(["provider-read", "vostro-wrote", "entered-by-hand"]);
export type ValueSource = z.infer<typeof valueSource>;

/** A last-known value: never shown without source and age. `masked`: `value` holds only the last four characters. */
export const knownValue = z.object({
  value: fieldValue,
  source: valueSource,
  atMs: timestampMs,
  masked: z.boolean().optional(),
});
export type KnownValue = z.infer<typeof knownValue>;

/** What is known of an account; an absent field is *unknown*, which is not the same as not set. */
export type KnownFields = { readonly [F in FinzlyFieldName]?: KnownValue | undefined };

const line = (max: number) => z.string().max(max);

/**
 * What a person proposes, as typed; an absent field is left alone. Money is the text typed ("400,000.00"), so that
 * nothing passes through a float; `accountFeatures` is JSON text. Values may still be wrong: `checkUpdate` judges them.
 */
export const proposedFields = z.strictObject({
  accountType: line(40), accountSubType: line(60), systemOfRecords: line(40), accountNumber: line(64),
  currency: line(8), accountName: line(200), masterGl: line(100), enableOffset: line(8), enableWire: line(8),
  defaultOffset: line(8), feeAccount: line(8), returnAccount: line(8), fboAccountNumber: line(64),
  countryCode: line(8), routingNumber: line(40), bankIdType: line(8), enableCallbacks: z.boolean(),
  callbackLimit: line(64), costCenter: line(100), isUnderWritten: z.boolean(), isAchPrefund: z.boolean(),
  debitExposureLimit: line(64), creditExposureLimit: line(64), accountAnalysis: z.boolean(), reason: line(1000),
  secCodes: z.array(line(20)).max(100), achCompanyId: line(64), accountFeatures: line(20_000),
  additionalAttributes: z.array(attributeRow).max(100),
}).partial();
export type ProposedFields = z.infer<typeof proposedFields>;

/** An update ready to encode: only fields that change; money in minor units, `accountFeatures` as JSON text. */
export interface FinzlyUpdate {
  accountType?: string; accountSubType?: string; systemOfRecords?: string; accountNumber?: string; currency?: string;
  accountName?: string; masterGl?: string; enableOffset?: string; enableWire?: string; defaultOffset?: string;
  feeAccount?: string; returnAccount?: string; fboAccountNumber?: string; countryCode?: string; routingNumber?: string;
  bankIdType?: string; enableCallbacks?: boolean; callbackLimit?: number; costCenter?: string; isUnderWritten?: boolean;
  isAchPrefund?: boolean; debitExposureLimit?: number; creditExposureLimit?: number; accountAnalysis?: boolean;
  reason?: string; secCodes?: string[]; achCompanyId?: string; accountFeatures?: string;
  additionalAttributes?: z.infer<typeof attributeRow>[];
}

export const severity = z.enum(["error", "warning"]);

/** One finding. `code` is stable; `path` names the field; `message` is a whole sentence for a person. */
export const ruleIssue = z.object({
  code: z.string().max(60),
  path: finzlyFieldName.or(z.enum(["authorisationRef", "change"])),
  severity,
  message: z.string().max(500),
  /** The value the app would put in its place, where there is exactly one. */
  replacement: z.string().max(60).optional(),
});
export type RuleIssue = z.infer<typeof ruleIssue>;

export const riskClass = z.enum(["low", "medium", "high"]);
export type RiskClass = z.infer<typeof riskClass>;

/** One line of the change sheet. Money deltas are minor units; `percentTenths` is tenths of a percent (600 = +60 %). */
export const fieldChange = z.object({
  field: finzlyFieldName,
  label: z.string(),
  from: knownValue.optional(),
  to: fieldValue,
  masked: z.boolean(),
  deltaMinor: z.number().int().optional(),
  percentTenths: z.number().int().optional(),
  largeIncrease: z.boolean(),
  codesAdded: z.array(z.string()).optional(),
  codesRemoved: z.array(z.string()).optional(),
  forcedBy: z.string().max(60).optional(),
  risk: z.object({ class: riskClass, reason: z.string() }),
});
export type FieldChange = z.infer<typeof fieldChange>;
