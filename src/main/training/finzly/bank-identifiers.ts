/** The 249 officially assigned ISO 3166-1 alpha-2 codes. */
const countries =
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
  "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO " +
  "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE " +
  "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO " +
  "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW " +
  "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM " +
  "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";
const countryCodes: ReadonlySet<string> = new Set(countries.split(" "));
const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** True for an assigned ISO 3166-1 alpha-2 code in capitals. */
export function isCountryCode(code: string): boolean {
  return countryCodes.has(code);
}

/** True for an ISO 4217 code in capitals that the platform knows. */
export function isCurrencyCode(code: string): boolean {
  return currencyCodes.has(code);
}

/** True for nine digits, not all zero, whose weighted sum (3, 7, 1 repeating) is a multiple of ten. */
export function isAbaRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === "000000000") return false;
  const sum = [...text].reduce((total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0), 0);
  return sum % 10 === 0;
}

/** True for an ISO 9362 identifier: 8 or 11 characters with a known country (XK, used for Kosovo, included). */
export function isBic(text: string): boolean {
  if (!/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(text)) return false;
  const country = text.slice(4, 6);
  return country === "XK" || isCountryCode(country);
}

/** The country name in capitals, as the single read gives it; the code itself when no name is known. */
export function countryName(code: string): string {
  if (code === "US") return "UNITED STATES OF AMERICA";
  return new Intl.DisplayNames(["en"], { type: "region" }).of(code)?.toUpperCase() ?? code;
}
