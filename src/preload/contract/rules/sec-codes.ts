/**
 * Standard Entry Class codes as the app needs them. `debit`/`credit`: the code can carry such entries for an originator
 * (zero-dollar and system codes carry neither). `finzly`: in Finzly's list, for originating or only receiving.
 * `systemOnly`: made by banks, operators or agencies, never chosen on an account.
 */
export interface SecCode {
  readonly code: string;
  readonly name: string;
  readonly debit: boolean;
  readonly credit: boolean;
  readonly receiver: "consumer" | "corporate" | "either" | "none";
  readonly finzly: "originate" | "receive" | "unlisted";
  readonly systemOnly: boolean;
}

type Direction = "debit" | "credit" | "both" | "neither";

function sec(
  code: string,
  name: string,
  direction: Direction,
  receiver: SecCode["receiver"],
  finzly: SecCode["finzly"],
  systemOnly = false,
): SecCode {
  const debit = direction === "debit" || direction === "both";
  const credit = direction === "credit" || direction === "both";
  return { code, name, debit, credit, receiver, finzly, systemOnly };
}

/** The 23 codes in use, in the order a person meets them: originable at Finzly first, system codes last. */
export const secCodes: readonly SecCode[] = [
  sec("CCD", "Corporate payment", "both", "corporate", "originate"),
  sec("PPD", "Prearranged payment", "both", "consumer", "originate"),
  sec("CTX", "Corporate trade", "both", "corporate", "originate"),
  sec("CIE", "Customer-initiated", "credit", "corporate", "originate"),
  sec("POS", "Point of sale", "debit", "consumer", "originate"),
  sec("WEB", "Internet, mobile", "both", "consumer", "originate"),
  sec("TEL", "Telephone", "debit", "consumer", "originate"),
  sec("IAT", "International", "both", "either", "originate"),
  sec("BOC", "Back office conversion", "debit", "consumer", "originate"),
  sec("POP", "Point of purchase", "debit", "consumer", "originate"),
  sec("ARC", "Mailed check", "debit", "consumer", "receive"),
  sec("RCK", "Re-presented check", "debit", "consumer", "receive"),
  sec("MTE", "Cash machine", "both", "consumer", "unlisted"),
  sec("SHR", "Shared network sale", "debit", "consumer", "unlisted"),
  sec("TRC", "Truncated check", "debit", "none", "unlisted"),
  sec("TRX", "Truncated check exchange", "debit", "none", "unlisted"),
  sec("XCK", "Destroyed check", "debit", "none", "unlisted"),
  sec("ACK", "Payment acknowledgement", "neither", "corporate", "receive", true),
  sec("ATX", "Trade acknowledgement", "neither", "corporate", "receive", true),
  sec("ADV", "Accounting advice", "neither", "none", "receive", true),
  sec("COR", "Notification of change", "neither", "none", "unlisted", true),
  sec("DNE", "Death notification", "neither", "consumer", "receive", true),
  sec("ENR", "Automated enrolment", "neither", "none", "unlisted", true),
];

const byCode: ReadonlyMap<string, SecCode> = new Map(secCodes.map((entry) => [entry.code, entry]));

/** The code's facts, or undefined for one not in use. */
export function secCode(code: string): SecCode | undefined {
  return byCode.get(code);
}

/** Codes no longer in use and what took their place (2009). */
export const retiredSecCodes: ReadonlyMap<string, string> = new Map([
  ["CBR", "IAT"],
  ["PBR", "IAT"],
]);

/** Codes that need special approval by common practice: internet, telephone, international, check conversion. */
export const highRiskSecCodes: readonly string[] = ["WEB", "TEL", "IAT", "ARC", "BOC", "POP", "RCK"];

/** Codes the editor offers by default: those Finzly lists for originating. */
export const originableSecCodes: readonly string[] = secCodes
  .filter((entry) => entry.finzly === "originate")
  .map((entry) => entry.code);

/** Trims, upper-cases and de-duplicates codes; keeps their order, drops blanks. */
export function normaliseSecCodes(codes: readonly string[]): string[] {
  return [...new Set(codes.map((code) => code.trim().toUpperCase()).filter((code) => code !== ""))];
}
