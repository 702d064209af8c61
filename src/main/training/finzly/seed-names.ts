export interface SeedBank {
  readonly routingNumber: string;
  readonly bankName: string;
}

/** Real ABA numbers; the first belongs to the provider documents' own example. */
export const usBanks: readonly SeedBank[] = [
  { routingNumber: "101206101", bankName: "Lead Bank" },
  { routingNumber: "021000021", bankName: "JPMorgan Chase Bank" },
  { routingNumber: "026009593", bankName: "Bank of America" },
  { routingNumber: "121000248", bankName: "Wells Fargo Bank" },
  { routingNumber: "021000089", bankName: "Citibank" },
  { routingNumber: "043000096", bankName: "PNC Bank" },
  { routingNumber: "061000104", bankName: "Truist Bank" },
  { routingNumber: "091000022", bankName: "U.S. Bank" },
  { routingNumber: "011500120", bankName: "Citizens Bank" },
  { routingNumber: "042000314", bankName: "Fifth Third Bank" },
  { routingNumber: "041001039", bankName: "KeyBank" },
  { routingNumber: "071000288", bankName: "BMO Bank" },
];

export interface SeedForeignBank {
  readonly bic: string;
  readonly bankName: string;
  readonly countryCode: string;
  readonly currency: string;
}

export const foreignBanks: readonly SeedForeignBank[] = [
  { bic: "DEUTDEFF", bankName: "Deutsche Bank", countryCode: "DE", currency: "EUR" },
  { bic: "BARCGB22", bankName: "Barclays Bank", countryCode: "GB", currency: "GBP" },
  { bic: "ROYCCAT2", bankName: "Royal Bank of Canada", countryCode: "CA", currency: "CAD" },
];

/** Originating SEC codes of the provider's own table. */
export const originableSecCodes: readonly string[] = [
  "BOC", "CCD", "CIE", "CTX", "IAT", "POP", "POS", "PPD", "TEL", "WEB",
];

/** The narrow list of a few careful customers. */
export const narrowSecCodes: readonly string[] = ["CCD", "PPD", "CTX"];
