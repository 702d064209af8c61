import type { AccountRow } from "@contract";
import { oneLess } from "./bulk-desk.ts";

/** What one row in a hundred of the file has, by its place in the hundred; every other row is good. */
export const mixedKinds = [
  "scientific", "no-break space", "wrapper", "apostrophe", "point zero", "not found", "not an amount", "blank",
  "as it is", "twice", "dated code", "error mark", "short", "no such code", "high risk", "own words",
] as const;
type Kind = (typeof mixedKinds)[number];

const header = "Customer UID,Account UID,Credit limit ($),SEC codes,Cost center,Branch,Note";

function lineOf(account: AccountRow, kind: Kind | undefined, before: AccountRow | undefined): string {
  const { customerUid, accountUid, creditLimitMinor = 0 } = account;
  const line = (uid: string, amount: string, codes = "", center = "", ...rest: string[]): string =>
    [customerUid, uid, amount, codes, center, ...(rest.length === 0 ? ["Omaha", "ok"] : rest)].join(",");
  const good = oneLess(account);
  switch (kind) {
    case "scientific":
      return line("1.23457E+15", good);
    case "no-break space":
      return line(`\u00a0${accountUid}`, good);
    case "wrapper":
      return line(`"=""${accountUid}"""`, good);
    case "apostrophe":
      return line(`'${accountUid}`, good);
    case "point zero":
      return line(`${accountUid}.0`, good);
    case "not found":
      return line(`9${accountUid}99`, good);
    case "not an amount":
      return line(accountUid, "lots");
    case "blank":
      return line(accountUid, "");
    case "as it is":
      return line(accountUid, `${String(Math.floor(creditLimitMinor / 100))}.${String(creditLimitMinor % 100).padStart(2, "0")}`);
    case "twice":
      return line(before?.accountUid ?? accountUid, "17.00").replace(customerUid, before?.customerUid ?? customerUid);
    case "dated code":
      return line(accountUid, good, "", "1-Jan");
    case "error mark":
      return line(accountUid, "#N/A");
    case "short":
      return [customerUid, accountUid, good].join(",");
    case "no such code":
      return line(accountUid, good, "+QQQ");
    case "high risk":
      return line(accountUid, "99000000.00");
    case "own words":
      return line(accountUid, good, "", "", "Omaha", `"=cmd|' /C calc'!A0"`);
    default:
      return line(accountUid, good);
  }
}

/** A file of `accounts.length` rows as a bank's spreadsheet may save it: in each hundred rows one of each trouble. */
export function mixedCsv(accounts: readonly AccountRow[]): string {
  const lines = accounts.map((account, at) => lineOf(account, mixedKinds[at % 100], accounts[at - 1]));
  return `\ufeff${[header, ...lines].join("\r\n")}\r\n`;
}
