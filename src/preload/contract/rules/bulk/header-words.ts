import type { ColumnTarget } from "./targets.ts";

/** A header as it is compared exactly: without outer blanks, of which the byte order mark is one. */
export function plainHeader(header: string): string {
  return header.trim();
}

const shortWords: ReadonlyMap<string, string> = new Map([
  ["acct", "account"], ["acc", "account"], ["a/c", "account"], ["cust", "customer"], ["client", "customer"],
  ["nbr", "number"], ["num", "number"], ["nr", "number"], ["#", "number"], ["dr", "debit"],
  ["cr", "credit"], ["lmt", "limit"], ["lim", "limit"], ["co", "company"], ["ident", "id"], ["identifier", "id"],
  ["identification", "id"], ["uid", "uid"], ["auth", "authorisation"], ["authorization", "authorisation"],
  ["centre", "center"], ["ref", "reference"], ["prefunding", "prefund"], ["pre-fund", "prefund"],
]);

const unitWords: ReadonlySet<string> = new Set([
  "usd", "us", "dollar", "dollars", "cent", "cents", "in", "minor", "units", "amount", "amt", "new", "proposed",
  "updated",
]);

function words(header: string): string[] {
  const spaced = plainHeader(header)
    .normalize("NFKC")
    .replace(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/gu, "$1 $2")
    .toLowerCase()
    .replace(/a\/c/gu, "account")
    .replace(/#/gu, " # ");
  const parts = spaced.split(/[^\p{L}\p{N}#]+/u).filter((part) => part !== "");
  const last = parts.length - 1;
  return parts.map((part, at) => (part === "no" && at === last && at > 0 ? "number" : (shortWords.get(part) ?? part)));
}

/** Letters and digits only, lower case: "ACH Company-ID" and "achCompanyId" are one. */
export function squashed(header: string): string {
  return plainHeader(header).normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** The usual short forms written out, then squashed: "Acct #" is "accountnumber". */
export function spelledOut(header: string): string {
  return words(header).join("");
}

/** As `spelledOut`, without words that only name a unit or say "new"; empty when nothing else is left. */
export function withoutUnits(header: string): string {
  return words(header).filter((word) => !unitWords.has(word)).join("");
}

const usual: readonly (readonly [ColumnTarget, string])[] = [
  [
    "customerUID",
    "customerid customernumber customeruuid customeridnumber cif cifid cifnumber cifkey entityid entityuid",
  ],
  ["accountUID", "accountid accountuuid finzlyaccountid"],
  [
    "last4",
    "lastfour last4digits lastfourdigits accountlast4 accountlastfour accountnumberlast4 accountending endingin",
  ],
  ["accountNumber", "accountnumber dda ddanumber ddaaccount ddaaccountnumber bankaccountnumber depositaccountnumber"],
  ["accountName", "accounttitle accountdescription nameonaccount accountnickname"],
  ["accountType", "typeofaccount"],
  ["accountSubType", "subtype accountsubtype accountproduct producttype"],
  ["systemOfRecords", "systemofrecord sor corebankingsystem"],
  ["currency", "ccy curr currencycode accountcurrency"],
  ["masterGl", "gl glnumber glaccount glaccountnumber mastergl masterglnumber generalledger"],
  ["enableOffset", "offset offsetenabled enableoffset"],
  ["enableWire", "wire wires wireenabled wiresenabled enablewires"],
  ["defaultOffset", "defaultoffsetaccount isdefaultoffset"],
  ["feeAccount", "isfeeaccount"],
  ["returnAccount", "isreturnaccount returnsaccount"],
  ["fboAccountNumber", "fbo fboaccount fbonumber"],
  ["countryCode", "country countryofaccount isocountry"],
  [
    "routingNumber",
    "routing aba abanumber rtn transit transitnumber routingtransitnumber routingtransit abarouting " +
      "abaroutingnumber rt rtnumber bankid bankroutingnumber routingid",
  ],
  ["bankIdType", "bankidtype routingtype bankidentifiertype"],
  ["enableCallbacks", "callbacks callbackenabled callbacksenabled callback"],
  ["callbackLimit", "callbackthreshold callbackamountlimit callbacklimitamount"],
  ["costCenter", "costcenter costcentercode costcenternumber"],
  ["isUnderWritten", "underwritten underwriting isunderwritten achunderwritten"],
  ["isAchPrefund", "prefund achprefund prefunded achprefunded isprefund isprefunded"],
  [
    "debitExposureLimit",
    "debitcap debitlimit achdebitlimit debitexposure achdebitexposurelimit debitoriginationlimit " +
      "achdebitoriginationlimit debitexposurecap achdebitcap dailydebitlimit",
  ],
  [
    "creditExposureLimit",
    "creditcap creditlimit achcreditlimit creditexposure achcreditexposurelimit creditoriginationlimit " +
      "achcreditoriginationlimit creditexposurecap achcreditcap dailycreditlimit",
  ],
  ["accountAnalysis", "analysis onaccountanalysis"],
  ["reason", "note notes comment comments remark remarks reasonforchange changereason"],
  ["secCodes", "sec seccode standardentryclass standardentryclasscode standardentryclasscodes entryclasscodes"],
  [
    "achCompanyId",
    "companyid achcompanyid achid achcompany companynumber achcompanynumber originatorid achoriginatorid " +
      "odfioriginatorid",
  ],
  ["accountFeatures", "features"],
  ["additionalAttributes", "attributes additionalattribute"],
  ["fundingBasis", "basis funding fundingmethod fundingtype"],
  ["authorisationRef", "authorisation authorisationnumber authorisationid approvalreference ticket ticketnumber"],
];

/** Words usual in banks for a column, spelled out and squashed, and what each means. */
export const synonyms: ReadonlyMap<string, ColumnTarget> = new Map(
  usual.flatMap(([target, list]) => list.split(" ").map((word) => [word, target] as const)),
);

const eitherLimit =
  "originationlimit achoriginationlimit exposurelimit achexposurelimit achlimit limit exposure cap dailylimit";

/** Usual words that may mean more than one column: nothing is suggested, the choices are named. */
export const ambiguousWords: ReadonlyMap<string, readonly ColumnTarget[]> = new Map<string, readonly ColumnTarget[]>([
  ...eitherLimit.split(" ").map((word) => [word, ["debitExposureLimit", "creditExposureLimit"]] as const),
  ["account", ["accountNumberKey", "accountUID", "accountName"]],
  ["name", ["accountName"]],
  ["customer", ["customerUID"]],
  ["type", ["accountType", "accountSubType"]],
  ["number", ["accountNumberKey", "routingNumber"]],
  ["company", ["achCompanyId", "customerUID"]],
]);
