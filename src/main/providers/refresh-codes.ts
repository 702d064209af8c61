const running: ReadonlySet<string> = new Set(["325", "5006", "AGGREGATION_IN_PROGRESS"]);
const customers: ReadonlySet<string> = new Set(
  "103 108 109 185 187 931 936 938 940 945 946 947 948 971".split(" "),
);

/** Whether an error's code says that the accounts are being aggregated right now (reference §2.3). */
export function runsAlready(code: string): boolean {
  return running.has(code);
}

/** Whether only the end customer can clear an aggregation code, at the bank or through Connect Fix (reference §2.9). */
export function onlyTheCustomerClears(code: string): boolean {
  return customers.has(code);
}
