import { moneyOf } from "./details.ts";
import type { StoredAccount, StoredLogin } from "./records.ts";

/** The customer, login and accounts that the provider's first documents print. */
export const printedCustomerId = "41442";
/** The customer that the reseller's documents print. */
export const resoldCustomerId = "6018678884";

const absent = {
  realAccountNumberLast4: null,
  accountNickname: null,
  marketSegment: null,
  lastUpdatedDateS: null,
  oldestTransactionDateS: null,
  detail: null,
  positions: [],
  parentAccount: null,
  ownCode: null,
} as const;

const printedLoginId = "9764";

/** Dates are those of the documents: the success of the first lies after its last attempt. */
export const printedAccounts: readonly StoredAccount[] = [
  {
    ...absent,
    id: "2055",
    customerId: printedCustomerId,
    institutionId: "101732",
    institutionLoginId: printedLoginId,
    number: "4400-123456-32765",
    name: "Checking",
    type: "checking",
    status: "active",
    balanceMinor: 126_649,
    currency: "USD",
    aggregationStatusCode: 0,
    balanceDateS: 1_422_421_087,
    aggregationSuccessDateS: 1_422_399_293,
    aggregationAttemptDateS: 1_422_395_888,
    createdDateS: 1_422_395_818,
    lastUpdatedDateS: 1_422_421_087,
    lastTransactionDateS: 1_422_421_087,
    displayPosition: 1,
    wireForm: "printed",
  },
  {
    ...absent,
    id: "5027",
    customerId: printedCustomerId,
    institutionId: "101732",
    institutionLoginId: printedLoginId,
    number: "5424-180279-36174",
    name: "Credit Card",
    type: "creditCard",
    status: "active",
    balanceMinor: -154_762,
    currency: "USD",
    aggregationStatusCode: 0,
    balanceDateS: 1_422_342_000,
    aggregationSuccessDateS: 1_422_358_530,
    aggregationAttemptDateS: 1_422_358_530,
    createdDateS: 1_420_653_087,
    lastTransactionDateS: 1_422_342_000,
    displayPosition: 2,
    wireForm: "printed",
  },
];

const plainLogin = { outcomeCode: 0, question: null, brings: null, loses: null } as const;

export const printedLogin: StoredLogin = {
  ...plainLogin,
  id: printedLoginId,
  customerId: printedCustomerId,
  institutionId: "101732",
  username: "USERNAME",
  refreshS: 3,
};

export const resoldLogin: StoredLogin = {
  ...plainLogin,
  id: "1007302745",
  customerId: resoldCustomerId,
  institutionId: "102105",
  username: "profile_03",
  refreshS: 130,
};

/** Puts the values of the reseller's documents over a seeded account. */
export function resoldAccount(account: StoredAccount): StoredAccount {
  return {
    ...account,
    id: "5011648377",
    number: "2000004444",
    realAccountNumberLast4: "5678",
    name: "Super Checking",
    type: "checking",
    status: "active",
    balanceMinor: 40_126,
    currency: "USD",
    institutionId: resoldLogin.institutionId,
    institutionLoginId: resoldLogin.id,
    displayPosition: 2,
    detail: { ...account.detail, availableBalanceAmount: moneyOf(38_012) },
  };
}
