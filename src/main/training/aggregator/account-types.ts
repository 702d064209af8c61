export type TypeGroup = "deposit" | "card" | "loan" | "student" | "investment";

/** The 36 documented account types, by the group whose details they carry. */
export const typesOf = {
  deposit: ["checking", "savings", "cd", "moneyMarket"],
  card: ["creditCard", "lineOfCredit"],
  loan: ["mortgage", "loan"],
  student: ["studentLoan", "studentLoanGroup", "studentLoanAccount"],
  investment: [
    "investment", "investmentTaxDeferred", "employeeStockPurchasePlan", "ira", "401k", "roth", "403b", "529plan",
    "rollover", "ugma", "utma", "keogh", "457plan", "401a", "brokerageAccount", "educationSavings",
    "healthSavingsAccount", "pension", "profitSharingPlan", "roth401k", "sepIRA", "simpleIRA", "thriftSavingsPlan",
    "variableAnnuity", "cryptocurrency",
  ],
} as const satisfies Readonly<Record<TypeGroup, readonly string[]>>;

const groups: readonly TypeGroup[] = ["deposit", "card", "loan", "student", "investment"];

export const accountTypes: readonly string[] = groups.flatMap((group) => typesOf[group]);

/** The group of a type, undefined for one the documents do not name. */
export function groupOf(type: string): TypeGroup | undefined {
  return groups.find((group) => typesOf[group].some((known) => known === type));
}
