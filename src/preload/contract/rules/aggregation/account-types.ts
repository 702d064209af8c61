import { readableName } from "./readable-name.ts";

/** Which details an account carries (reference §2.7): `other` for a type the documents do not name. */
export type AccountFamily = "deposit" | "card" | "loan" | "student-loan" | "investment" | "other";

export interface AccountType {
  /** The documented spelling, or the provider's own where there is none. */
  readonly name: string;
  readonly label: string;
  readonly family: AccountFamily;
  readonly isKnown: boolean;
}

const families: readonly (readonly [AccountFamily, readonly (readonly [name: string, label: string])[]])[] = [
  [
    "deposit",
    [
      ["checking", "Checking"],
      ["savings", "Savings"],
      ["cd", "Certificate of deposit"],
      ["moneyMarket", "Money market"],
    ],
  ],
  [
    "card",
    [
      ["creditCard", "Credit card"],
      ["lineOfCredit", "Line of credit"],
    ],
  ],
  [
    "loan",
    [
      ["mortgage", "Mortgage"],
      ["loan", "Loan"],
    ],
  ],
  [
    "student-loan",
    [
      ["studentLoan", "Student loan"],
      ["studentLoanGroup", "Student loan group"],
      ["studentLoanAccount", "Student loan account"],
    ],
  ],
  [
    "investment",
    [
      ["investment", "Investment"],
      ["investmentTaxDeferred", "Tax-deferred investment"],
      ["employeeStockPurchasePlan", "Employee stock purchase plan"],
      ["ira", "IRA"],
      ["401k", "401(k)"],
      ["roth", "Roth"],
      ["403b", "403(b)"],
      ["529plan", "529 plan"],
      ["rollover", "Rollover"],
      ["ugma", "UGMA"],
      ["utma", "UTMA"],
      ["keogh", "Keogh plan"],
      ["457plan", "457 plan"],
      ["401a", "401(a)"],
      ["brokerageAccount", "Brokerage"],
      ["educationSavings", "Education savings"],
      ["healthSavingsAccount", "Health savings"],
      ["pension", "Pension"],
      ["profitSharingPlan", "Profit sharing plan"],
      ["roth401k", "Roth 401(k)"],
      ["sepIRA", "SEP IRA"],
      ["simpleIRA", "SIMPLE IRA"],
      ["thriftSavingsPlan", "Thrift savings plan"],
      ["variableAnnuity", "Variable annuity"],
      ["cryptocurrency", "Cryptocurrency"],
    ],
  ],
];

/** The 36 documented types (seed signzy-refresh-customer), in the documents' order. */
export const accountTypes: readonly AccountType[] = families.flatMap(([family, types]) =>
  types.map(([name, label]) => ({ name, label, family, isKnown: true })),
);

/** The documents give `529plan` and `457plan` the remark "true value is 529 / 457": both spellings occur. */
const otherSpellings: readonly (readonly [spelling: string, name: string])[] = [
  ["529", "529plan"],
  ["457", "457plan"],
];

const bySpelling: ReadonlyMap<string, AccountType> = new Map([
  ...accountTypes.map((type) => [type.name.toLowerCase(), type] as const),
  ...otherSpellings.flatMap(([spelling, name]) =>
    accountTypes.filter((type) => type.name === name).map((type) => [spelling, type] as const),
  ),
]);

/** What a type is, in words. An unknown type keeps its own name; `unknown` and no type say that it is not known yet. */
export function accountTypeOf(type: string | undefined): AccountType {
  const name = (type ?? "").trim();
  const known = bySpelling.get(name.toLowerCase());
  if (known !== undefined) return known;
  const isUnsaid = name === "" || name.toLowerCase() === "unknown";
  return {
    name: isUnsaid ? "unknown" : name,
    label: isUnsaid ? "Not known yet" : readableName(name),
    family: "other",
    isKnown: false,
  };
}
