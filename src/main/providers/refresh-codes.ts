import { meaningOfCode } from "@contract/rules/aggregation/status-codes.ts";

const running: ReadonlySet<string> = new Set(["325", "5006", "AGGREGATION_IN_PROGRESS"]);

/** Whether an error's code says that the accounts are being aggregated right now (reference §2.3). */
export function runsAlready(code: string): boolean {
  return running.has(code);
}

/** Whether only the end customer can clear an aggregation code, at the bank or through Connect Fix (reference §2.9). */
export function onlyTheCustomerClears(code: string): boolean {
  return /^\d{1,6}$/u.test(code) && meaningOfCode(Number(code)).act === "customer";
}
