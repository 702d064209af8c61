import { checkAba } from "./aba.ts";
import { checkBic } from "./bic.ts";
import { type Check, type CheckContext, changedText, textAfter } from "./check-context.ts";
import { isCountryCode } from "./countries.ts";
import type { RuleIssue } from "./field-types.ts";
import { finding } from "./rule-codes.ts";

type Reading = "us" | "maybe-us" | "bic" | "other";

/** How the routing number is to be read: the US rules bind only where bank ID type NID and country US are known. */
function readingOf(context: CheckContext): Reading {
  const idType = textAfter(context, "bankIdType");
  const country = textAfter(context, "countryCode");
  if (idType === "BIC") return "bic";
  if ((idType !== undefined && idType !== "NID") || (country !== undefined && country !== "US")) return "other";
  return idType === "NID" && country === "US" ? "us" : "maybe-us";
}

interface UsFault {
  readonly code: "DIGITS" | "ZERO" | "CHECKSUM";
  readonly text: string;
}

function usFault(number: string): UsFault | undefined {
  const verdict = checkAba(number);
  if (verdict.ok) return undefined;
  if (verdict.fault === "digits") return { code: "DIGITS", text: "A US routing number has nine digits." };
  if (verdict.fault === "zero") return { code: "ZERO", text: "000000000 is not a bank's routing number." };
  const swap = verdict.fault === "checksum" && verdict.swap !== undefined ? " Two digits may be swapped." : "";
  return { code: "CHECKSUM", text: `Routing number fails its checksum.${swap}` };
}

function usIssues(number: string, sure: boolean): readonly RuleIssue[] {
  const fault = usFault(number);
  if (fault?.code === "ZERO") return [finding("FZ-ROUTING-ZERO", "routingNumber", fault.text)];
  if (fault !== undefined && !sure) {
    const message = `${fault.text} It is not blocked, because bank ID type or country is not known.`;
    return [finding("FZ-ROUTING-UNSURE", "routingNumber", message)];
  }
  if (fault !== undefined) return [finding(`FZ-ROUTING-${fault.code}`, "routingNumber", fault.text)];
  const verdict = checkAba(number);
  if (!verdict.ok || verdict.assignedPrefix) return [];
  const message = `Routing numbers beginning with ${number.slice(0, 2)} are not assigned. Check it with the bank.`;
  return [finding("FZ-ROUTING-PREFIX", "routingNumber", message)];
}

function bicIssues(number: string): readonly RuleIssue[] {
  const verdict = checkBic(number);
  if (!verdict.ok) {
    const message =
      verdict.fault === "country"
        ? "The fifth and sixth characters of the BIC are not a country."
        : "This is not a BIC: 8 or 11 letters and digits are expected, such as CHASUS33.";
    return [finding("FZ-ROUTING-BIC", "routingNumber", message)];
  }
  if (verdict.lettersOnly) return [];
  const message = "BICs in use begin with four letters. Check this one with the bank.";
  return [finding("FZ-ROUTING-BIC-DIGITS", "routingNumber", message)];
}

function numberIssues(number: string, reading: Reading): readonly RuleIssue[] {
  if (reading === "bic") return bicIssues(number);
  if (reading === "other") {
    const message = "000000000 is not a bank's routing number.";
    return number === "000000000" ? [finding("FZ-ROUTING-ZERO", "routingNumber", message)] : [];
  }
  return usIssues(number, reading === "us");
}

function stayingIssues(context: CheckContext, reading: Reading): readonly RuleIssue[] {
  const staying = context.changed.routingNumber === undefined ? textAfter(context, "routingNumber") : undefined;
  const moved = context.changed.bankIdType !== undefined || context.changed.countryCode !== undefined;
  if (staying === undefined || !moved || reading === "maybe-us") return [];
  if (!numberIssues(staying, reading).some((issue) => issue.severity === "error")) return [];
  const kind = reading === "bic" ? "a BIC" : "a US routing number";
  const message = `The routing number stays ${staying.slice(0, 40)}, which is not ${kind}. Change it as well.`;
  return [finding("FZ-ROUTING-STAYS", "routingNumber", message)];
}

/** Country, and the routing number as bank ID type and country (proposed or known) say it must be read. */
export const checkRouting: Check = (context) => {
  const country = changedText(context, "countryCode");
  const number = changedText(context, "routingNumber");
  const reading = readingOf(context);
  const countryMessage = "This is not an ISO 3166 country. Use two letters, such as US.";
  return [
    ...(country === undefined || isCountryCode(country)
      ? []
      : [finding("FZ-COUNTRY-CODE", "countryCode", countryMessage)]),
    ...(number === undefined ? [] : numberIssues(number, reading)),
    ...stayingIssues(context, reading),
  ];
};
