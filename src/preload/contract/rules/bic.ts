import { isCountryCode } from "./countries.ts";

/** `lettersOnly`: the first four are letters, as in practice; ISO 20022 also admits digits there. */
export type BicVerdict =
  | { readonly ok: true; readonly country: string; readonly lettersOnly: boolean }
  | { readonly ok: false; readonly fault: "shape" | "country" };

/** Judges a BIC by ISO 9362 and the ISO 20022 pattern: 8 or 11 upper-case characters, country in ISO 3166-1 or XK. */
export function checkBic(text: string): BicVerdict {
  const found = /^([A-Z0-9]{4})([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/u.exec(text);
  const [, party, country] = found ?? [];
  if (party === undefined || country === undefined) return { ok: false, fault: "shape" };
  if (!isCountryCode(country)) return { ok: false, fault: "country" };
  return { ok: true, country, lettersOnly: /^[A-Z]{4}$/u.test(party) };
}
