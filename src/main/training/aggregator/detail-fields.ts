import type { TypeGroup } from "./account-types.ts";

/**
 * What a detail field holds: money and rates as decimals, rates written as text, days in the past or to come as epoch
 * seconds, whole counts, true or false, Y or N, or words.
 */
export type FieldKind = "money" | "rate" | "rate-text" | "past" | "coming" | "count" | "flag" | "yes-no" | "words";
export type FieldTable = Readonly<Partial<Record<FieldKind, string>>>;

/** The fields that the first documents give each group. */
export const classicFields: Readonly<Record<TypeGroup, FieldTable>> = {
  deposit: {
    money: "availableBalanceAmount interestYtdAmount periodInterestAmount",
    rate: "periodInterestRate",
  },
  card: {
    money: "creditMaxAmount creditAvailableAmount paymentMinAmount lastPaymentAmount",
    coming: "paymentDueDate",
    past: "lastPaymentDate",
    "rate-text": "interestRate",
    rate: "cashAdvanceInterestRate",
  },
  loan: {
    "rate-text": "interestRate",
    coming: "nextPaymentDate",
    money:
      "nextPayment escrowBalance payoffAmount principalBalance ytdInterestPaid ytdPrincipalPaid " +
      "lastPaymentAmount",
    past: "lastPaymentReceiveDate",
  },
  student: {
    "rate-text": "interestRate",
    coming: "nextPaymentDate",
    money: "nextPayment payoffAmount principalBalance lastPaymentAmount",
    past: "lastPaymentReceiveDate",
  },
  investment: { money: "availableCashBalance" },
};

const loanFields: FieldTable = {
  words:
    "termOfMl mlHolderName description collateral lender loanTermType interestRateType interestPeriod " +
    "loanPaymentFreq " +
    "loanPaymentType repaymentPlan loanTypeDesc currentSchool originalSchool",
  money:
    "lateFeeAmount initialMlAmount nextPaymentPrincipalAmount nextPaymentInterestAmount lastPaymentPrincipalAmount " +
    "lastPaymentInterestAmount lastPaymentEscrowAmount lastPaymentLastFeeAmount lastPaymentLateCharge " +
    "ytdInsurancePaid ytdTaxPaid recurringPaymentAmount endingBalanceAmount balloonAmount projectedInterest " +
    "interestPaidLtd totalPrincipalPaid totalInterestPaid",
  coming: "payoffAmountDate originalMaturityDate",
  past: "initialMlDate lastPaymentDueDate firstPaymentDate statementCloseDate dateAsOf",
  "yes-no": "autoPayEnrolled firstMortgage",
  count: "paymentsMade paymentsRemaining",
};

/** The fields that were added since. */
export const addedFields: Readonly<Record<TypeGroup, FieldTable>> = {
  deposit: {
    past: "openDate periodStartDate periodEndDate dateAsOf",
    coming: "maturityDate",
    money: "periodDepositAmount interestPriorYtdAmount",
  },
  card: {
    money:
      "cashAdvanceAvailableAmount cashAdvanceMaxAmount cashAdvanceBalance currentBalance previousBalance " +
      "statementPurchaseAmount statementFinanceAmount statementCreditAmount rewardEarnedBalance pastDueAmount " +
      "statementCloseBalance",
    past: "statementStartDate statementEndDate dateAsOf",
  },
  loan: loanFields,
  student: {
    words:
      "loanAwardId guarantor owner interestSubsidyType remainingTermOfMl loanStatus currentSchool originalSchool",
    rate: "originalInterestRate initialInterestRate weightedInterestRate",
    money:
      "interestBalance feesBalance loanYtdInterestPaid loanYtdFeesPaid loanYtdPrincipalPaid totalAmountPaid",
    past: "loanStatusStartDate repaymentPlanStartDate outOfSchoolDate convertToRepayment dateAsOf",
    coming: "loanStatusEndDate repaymentPlanEndDate expectedPayoffDate",
    count: "daysDelinquent",
  },
  investment: {
    money:
      "marginBalance shortBalance maturityValueAmount vestedBalance empMatchAmount empPretaxContribAmount " +
      "empPretaxContribAmountYtd contribTotalYtd cashBalanceAmount preTaxAmount afterTaxAmount matchAmount " +
      "profitSharingAmount rolloverAmount otherVestAmount otherNonvestAmount currentLoanBalance buyPower rolloverLtd",
    rate: "loanRate",
    flag: "marginAllowed cashAccountAllowed",
    past: "dateAsOf",
  },
};

/** The words that some text fields hold; others hold "As agreed". */
export const fieldWords: Readonly<Record<string, readonly [string, ...string[]]>> = {
  termOfMl: ["360", "180", "60"],
  mlHolderName: ["Harborview Lending", "Northline Mortgage"],
  description: ["Fixed rate loan", "Adjustable rate loan"],
  collateral: ["Residential property", "2019 delivery van"],
  lender: ["Harborview Lending", "Granite State Credit"],
  loanTermType: ["FIXED", "ADJUSTABLE"],
  interestRateType: ["FIXED", "VARIABLE"],
  interestPeriod: ["MONTHLY", "DAILY"],
  loanPaymentFreq: ["MONTHLY", "BIWEEKLY"],
  loanPaymentType: ["PRINCIPALINTEREST", "INTERESTONLY"],
  repaymentPlan: ["Standard", "Graduated"],
  loanTypeDesc: ["Conventional", "Equipment"],
  currentSchool: ["State University"],
  originalSchool: ["County College"],
  loanAwardId: ["A-20180815-01", "A-20190901-02"],
  guarantor: ["US DEPARTMENT OF EDUCATION"],
  owner: ["DEPT OF ED SERVICING"],
  interestSubsidyType: ["SUBSIDIZED", "UNSUBSIDIZED"],
  remainingTermOfMl: ["96", "142"],
  loanStatus: ["REPAYMENT", "DEFERMENT", "GRACE"],
};
