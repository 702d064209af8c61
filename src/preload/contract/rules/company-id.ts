/** `usual`: ten digits, the common shape; other values are real but rarer. */
export type CompanyIdVerdict =
  | { readonly ok: true; readonly usual: boolean; readonly designator?: "EIN" | "DUNS" | "user assigned" }
  | { readonly ok: false; readonly fault: "length" | "characters" };

const designators: ReadonlyMap<string, "EIN" | "DUNS" | "user assigned"> = new Map([
  ["1", "EIN"],
  ["3", "DUNS"],
  ["9", "user assigned"],
]);

/**
 * Judges an ACH company identification: 1 to 10 letters and digits. Banks may assign anything in that, so a value that
 * is not ten digits is only unusual. `designator` names the ANSI code in the first place of a ten-digit value.
 */
export function checkCompanyId(text: string): CompanyIdVerdict {
  if (!/^[A-Za-z0-9]+$/u.test(text)) return { ok: false, fault: "characters" };
  if (text.length > 10) return { ok: false, fault: "length" };
  const usual = /^\d{10}$/u.test(text);
  const designator = usual ? designators.get(text.slice(0, 1)) : undefined;
  return designator === undefined ? { ok: true, usual } : { ok: true, usual, designator };
}
