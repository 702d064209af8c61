import type { SeededRandom } from "../shared/random.ts";
import { hostileNames } from "../shared/seed-names.ts";
import { accountTypes, groupOf } from "./account-types.ts";
import { makeDetail, moneyOf } from "./details.ts";
import { makePositions } from "./positions.ts";
import type { StoredAccount, StoredLogin } from "./records.ts";
import { accountCodes, passingCodes } from "./seeded-codes.ts";

const dayS = 86_400;
const coreTypes = ["checking", "savings", "creditCard"] as const;
const hierarchyTypes = ["studentLoanGroup", "studentLoanAccount"] as const;
const otherTypes = accountTypes.filter(
  (type) => ![...coreTypes, ...hierarchyTypes].some((taken) => taken === type),
);
/** Customers whose student loans form a hierarchy of a group and its accounts, and who have nine accounts. */
const hierarchyEvery = 8;
const firstHierarchyCustomer = 5;
const firstHierarchySlot = 5;

const namesOf: Readonly<Record<string, string>> = {
  checking: "Everyday Checking",
  savings: "High Yield Savings",
  creditCard: "Rewards Card",
  cd: "12-Month Certificate",
  moneyMarket: "Money Market Plus",
  lineOfCredit: "Home Equity Line",
  mortgage: "30 Year Mortgage",
  loan: "Vehicle Loan",
  cryptocurrency: "Coin Wallet",
};

export function hasHierarchy(customerIndex: number): boolean {
  return customerIndex % hierarchyEvery === firstHierarchyCustomer;
}

function typeAt(customerIndex: number, slot: number): string {
  if (customerIndex === 11 && slot === 6) return "escrowWallet";
  if (hasHierarchy(customerIndex) && slot >= firstHierarchySlot) {
    return slot === firstHierarchySlot ? hierarchyTypes[0] : hierarchyTypes[1];
  }
  const core = coreTypes[slot];
  return core ?? otherTypes[(customerIndex * 5 + slot - coreTypes.length) % otherTypes.length] ?? "checking";
}

/** Balance and attempt dates: fresh for most; old, or with a success after its attempt, for some. */
function datesOf(customerIndex: number, slot: number, random: SeededRandom, nowS: number) {
  const isOld = slot === 5 && customerIndex % 10 === 4;
  const successS = nowS - (isOld ? 40 * dayS : 0) - 600 - random.int(20 * 3600);
  const laterSuccess = slot === 6 && customerIndex % 10 === 5;
  return {
    balanceDateS: successS - random.int(300),
    aggregationSuccessDateS: successS,
    aggregationAttemptDateS: laterSuccess ? successS - 3405 : successS,
    createdDateS: nowS - (90 + random.int(900)) * dayS,
    lastTransactionDateS: successS - random.int(3 * dayS),
    oldestTransactionDateS: nowS - (60 + random.int(60)) * dayS,
  };
}

function stateOf(code: number, dates: ReturnType<typeof datesOf>, nowS: number) {
  if (code === 0) return { ...dates, aggregationStatusCode: 0 };
  const failedS = nowS - 300 - (code % 50) * 60;
  const successS = failedS - 2 * dayS - (code % 7) * dayS;
  return {
    ...dates,
    aggregationStatusCode: code,
    aggregationAttemptDateS: failedS,
    aggregationSuccessDateS: successS,
    balanceDateS: successS,
    lastTransactionDateS: successS - dayS,
  };
}

const never = {
  aggregationStatusCode: null,
  balanceDateS: null,
  aggregationSuccessDateS: null,
  aggregationAttemptDateS: null,
  lastTransactionDateS: null,
  oldestTransactionDateS: null,
} as const;

/** Forms in which real records are known to come: numbers as text, a space before the type, odd or empty details. */
function oddityOf(customerIndex: number, slot: number, account: StoredAccount): Partial<StoredAccount> {
  const odd = slot === 6 ? customerIndex % 12 : -1;
  if (odd === 6) return { wireForm: "text-numbers" };
  if (odd === 8) return { wireForm: "spaced-type" };
  if (odd === 9) return { detail: {} };
  if (odd === 10) return { detail: { ...account.detail, greenBonusAmount: moneyOf(1234), "x-internal": "a<b&c" } };
  return {};
}

export interface AccountPlace {
  readonly customerIndex: number;
  readonly slot: number;
  readonly id: string;
  readonly login: StoredLogin;
  /** The first account of its type has every documented detail. */
  readonly isFirstOfType: (type: string) => boolean;
  readonly hierarchyParent: string | null;
}

function signedMinor(type: string, random: SeededRandom): number {
  const group = groupOf(type);
  const amountMinor = 1000 + random.int(9_000_000);
  return group === "card" || group === "loan" || group === "student" ? -amountMinor : amountMinor;
}

function codeAt({ customerIndex, slot, login }: AccountPlace): number {
  if (login.outcomeCode !== 0) return login.outcomeCode;
  return slot === 4 ? (accountCodes[customerIndex - 2] ?? 0) : 0;
}

/** One seeded account of customer 1 and up; which type, state and form it has follows from its place. */
export function makeAccount(place: AccountPlace, random: SeededRandom, nowS: number): StoredAccount {
  const { customerIndex, slot, id, login } = place;
  const isNever = slot === 7 && customerIndex % 10 === 2;
  const isPending = slot === 7 && customerIndex % 10 === 6;
  const type = isPending && customerIndex === 16 ? "unknown" : typeAt(customerIndex, slot);
  const number = `${1 + random.int(9)}${random.digits(9 + random.int(4))}`;
  const isAch = groupOf(type) === "deposit";
  const code = codeAt(place);
  const dates = datesOf(customerIndex, slot, random, nowS);
  const name = namesOf[type] ?? type.replace(/([a-z])([A-Z0-9])/g, "$1 $2");
  const account: StoredAccount = {
    id,
    customerId: login.customerId,
    institutionId: login.institutionId,
    institutionLoginId: login.id,
    number,
    realAccountNumberLast4: isAch ? number.slice(-4) : null,
    name: slot === 3 && customerIndex >= 47 ? (hostileNames[customerIndex - 47] ?? name) : name,
    accountNickname: random.int(3) === 0 ? `Our ${name.toLowerCase()}` : null,
    marketSegment: random.pick(["business", "business", "personal"]),
    type,
    status: isPending ? "pending" : "active",
    balanceMinor: signedMinor(type, random),
    currency: slot === 1 && customerIndex % 17 === 3 ? "CAD" : "USD",
    lastUpdatedDateS: dates.createdDateS,
    detail: makeDetail(type, place.isFirstOfType(type), random, nowS),
    positions: groupOf(type) === "investment" && type !== "investment" ? makePositions(type, random, nowS) : [],
    displayPosition: slot + 1,
    parentAccount: type === hierarchyTypes[1] ? place.hierarchyParent : null,
    ownCode: code !== 0 && login.outcomeCode === 0 && !passingCodes.includes(code) ? code : null,
    wireForm: "full",
    ...stateOf(code, dates, nowS),
    ...(isNever || isPending ? never : {}),
  };
  return { ...account, ...oddityOf(customerIndex, slot, account) };
}
