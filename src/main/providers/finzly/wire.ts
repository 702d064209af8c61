import { LosslessNumber } from "lossless-json";
import { z } from "zod";

/**
 * The wire of Finzly's V2 API, read tolerantly: unknown keys are ignored, a value of an unexpected kind counts as not
 * said. Numbers arrive as `LosslessNumber` and leave as the text they were written in. Names differ between the list
 * and the single read, so both are accepted everywhere (provider facts 1.6).
 */
const literal = z.instanceof(LosslessNumber).transform((number) => number.toString());
const text = z.union([z.string(), literal]).nullish().catch(undefined);
const flag = z.union([z.boolean(), z.string()]).nullish().catch(undefined);
const identifier = z.union([z.string(), literal]).pipe(z.string().min(1).max(100));

/** What every answer is wrapped in; `status` is Success or Failure. */
export const wireEnvelope = z.object({
  status: text,
  code: text,
  message: text,
  pagination: z
    .object({ totalRecords: text, returnedRecords: text, pageReturned: text, pageSize: text })
    .nullish()
    .catch(undefined),
  data: z.unknown().optional(),
});
export type WireEnvelope = z.infer<typeof wireEnvelope>;

/** The documented body of a 500: a list of `{code, description}`. */
export const wireErrorList = z.array(z.object({ code: text, description: text })).min(1);

export const wireAccount = z.object({
  accountUID: identifier,
  accountName: text,
  name: text,
  accountNumber: text,
  fboAccountNumber: text,
  accountType: text,
  type: text,
  accountSubType: text,
  subType: text,
  systemOfRecords: text,
  systemOfRecord: text,
  currency: text,
  masterGl: text,
  countryCode: text,
  country: text,
  routingNumber: text,
  bankId: text,
  bankIdType: text,
  bankName: text,
  enableWires: flag,
  enableWire: flag,
  enableOffset: flag,
  defaultOffset: flag,
  feeAccount: flag,
  returnAccount: flag,
  enableCallbacks: flag,
  callbackLimit: text,
  costCenter: text,
  isUnderWritten: flag,
  isAchPrefund: flag,
  debitExposureLimit: text,
  creditExposureLimit: text,
  accountAnalysis: flag,
  reason: text,
  secCodes: z.array(z.string()).nullish().catch(undefined),
  achCompanyId: text,
  status: text,
  balanceType: text,
  ledgerBalance: text,
  availableBalance: text,
  availableBalanceStatus: text,
  externalAccount: z.object({ externalProvider: text }).nullish().catch(undefined),
});
export type WireAccount = z.infer<typeof wireAccount>;

export const wireCustomer = z.object({
  customerUID: identifier,
  legalName: text,
  shortName: text,
  achCompanyID: text,
  secCodes: z.array(z.string()).nullish().catch(undefined),
});
export type WireCustomer = z.infer<typeof wireCustomer>;
