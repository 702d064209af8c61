import type { AccountRow } from "@contract";
import { asKnown, oneLess } from "./bulk-desk.ts";

/** What one row in a hundred of the file has, by its place in the hundred; every other row is good. */
const kinds = [
  "scientific", "no-break space", "wrapper", "apostrophe", "point zero", "not found", "not an amount", "blank",
  "again", "twice", "dated code", "error mark", "short", "no known codes", "high risk", "formula",
] as const;
export type MixedKind = (typeof kinds)[number];

/** How many rows of a hundred change something, once what can be put right by itself is put right. */
export const changingRows = 30;
const lastChanging = 39;

const header = "Customer UID,Account UID,Credit limit ($),SEC codes,Cost center,Branch,Memo";

type Line = (part: { uid?: string; amount?: string; codes?: string; center?: string; memo?: string }) => string;

const lines: Readonly<Record<MixedKind, (line: Line, uid: string) => string>> = {
  scientific: (line) => line({ uid: "1.23457E+15" }),
  "no-break space": (line, uid) => line({ uid: `\u00a0${uid}` }),
  wrapper: (line, uid) => line({ uid: `"=""${uid}"""` }),
  apostrophe: (line, uid) => line({ uid: `'${uid}` }),
  "point zero": (line, uid) => line({ uid: `${uid}.0` }),
  "not found": (line, uid) => line({ uid: `9${uid}99` }),
  "not an amount": (line) => line({ amount: "lots" }),
  blank: (line) => line({ amount: "" }),
  again: (line) => line({}),
  twice: (line) => line({ amount: "17.00" }),
  "dated code": (line) => line({ center: "1-Jan" }),
  "error mark": (line) => line({ amount: "#N/A" }),
  short: (line) => line({}).split(",").slice(0, 3).join(","),
  "no known codes": (line) => line({ codes: "+WEB" }),
  "high risk": (line) => line({ amount: "99000000.00" }),
  formula: (line) => line({ memo: "=1+1" }),
};

/** Rows of `accounts` at a place in their hundred. */
export function everyHundredth<T>(rows: readonly T[], place: number): readonly T[] {
  return rows.filter((_row, at) => at % 100 === place);
}

/** Where in the hundred a kind of row stands. */
export function placeOf(kind: MixedKind): number {
  return kinds.indexOf(kind);
}

/**
 * A row for each account as a bank's spreadsheet may save it: in each hundred rows one of each trouble, some good ones,
 * and the others as they stand.
 */
export function mixedCsv(accounts: readonly AccountRow[]): string {
  const rows = accounts.map((own, at) => {
    const kind = kinds[at % 100];
    const account = kind === "twice" ? (accounts[at - 1] ?? own) : own;
    const { customerUid, accountUid } = account;
    const line: Line = ({ uid = accountUid, amount = oneLess(account), codes = "", center = "", memo = "ok" }) =>
      [customerUid, uid, amount, codes, center, "Omaha", memo].join(",");
    if (kind !== undefined) return lines[kind](line, accountUid);
    return line(at % 100 > lastChanging ? { amount: asKnown(account) } : {});
  });
  return `\ufeff${[header, ...rows].join("\r\n")}\r\n`;
}
