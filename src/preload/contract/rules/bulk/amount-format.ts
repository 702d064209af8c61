import { z } from "zod";
import { spelledOut } from "./header-words.ts";

/** `dollars`: whole units with decimals. `cents`: a whole number of minor units. `ask`: a person must say. */
export const amountUnits = ["dollars", "cents", "ask"] as const;
export const amountUnitName = z.enum(amountUnits);
export type AmountUnit = z.infer<typeof amountUnitName>;

/** How a column's amounts are to be read; `why` is a sentence for the person who confirms it. */
export interface AmountFormat {
  readonly unit: AmountUnit;
  readonly decimal: "." | ",";
  readonly why: string;
}

interface Evidence {
  decimals: boolean;
  groups: boolean;
  sign: boolean;
  commaDecimal: boolean;
  pointDecimal: boolean;
  amounts: number;
}

const currencySign = /[$€£]|\bUSD\b/iu;

function evidenceOf(samples: readonly string[]): Evidence {
  const found: Evidence = {
    decimals: false, groups: false, sign: false, commaDecimal: false, pointDecimal: false, amounts: 0,
  };
  for (const sample of samples) {
    const text = sample.replace(/[\s()$€£+\-\u2212]|USD/giu, "");
    if (!/^[\d.,'\u2019]*\d[\d.,'\u2019]*$/u.test(text)) continue;
    found.amounts += 1;
    found.sign ||= currencySign.test(sample);
    if (/^(?:\d+|\d{1,3}(?:\.\d{3})+),\d{1,2}$/u.test(text) || /^\d{1,3}(?:\.\d{3}){2,}$/u.test(text)) {
      found.commaDecimal = true;
      found.decimals ||= text.includes(",");
    } else if (/\.\d{1,2}$/u.test(text)) {
      found.pointDecimal = true;
      found.decimals = true;
    } else if (/^\d{1,3}(?:[,'\u2019]\d{3})+$/u.test(text)) {
      found.groups = true;
      if (text.includes(",")) found.pointDecimal = true;
    }
  }
  return found;
}

/**
 * How the amounts of a column are written, from its header and some values. Dollars only when the name says so, is the
 * provider's own, or a value has decimals or a currency sign; cents only when the name says so and no value has
 * decimals; otherwise `ask`. Values that need a decimal comma and values that need a point together are asked about.
 */
export function amountUnit(header: string, samples: readonly string[], providerName = false): AmountFormat {
  const found = evidenceOf(samples);
  const decimal = found.commaDecimal && !found.pointDecimal ? "," : ".";
  const said = spelledOut(header);
  const saysCents = /cents?|minorunits?/u.test(said) || /[¢]/u.test(header);
  const saysDollars = /dollars?|usd|majorunits?/u.test(said) || /[$]/u.test(header);
  if (found.commaDecimal && found.pointDecimal) {
    return { unit: "ask", decimal, why: "Some values use a decimal comma and some a decimal point." };
  }
  if (saysCents && (found.decimals || saysDollars)) {
    return { unit: "ask", decimal, why: "The name says cents, but the name or the values also speak of dollars." };
  }
  if (saysCents) return { unit: "cents", decimal, why: "The name says cents." };
  if (saysDollars) return { unit: "dollars", decimal, why: "The name says dollars." };
  if (found.decimals) return { unit: "dollars", decimal, why: "Some values have decimals." };
  if (found.sign) return { unit: "dollars", decimal, why: "Some values have a currency sign." };
  if (providerName) {
    return { unit: "dollars", decimal, why: "The column has Finzly's name, and Finzly counts in dollars." };
  }
  if (found.amounts === 0) return { unit: "ask", decimal, why: "The values shown do not say dollars or cents." };
  return { unit: "ask", decimal, why: "All values shown are whole numbers: they may be dollars or cents." };
}
