import { seededRandom, type SeededRandom } from "../shared/random.ts";
import { companyNames, hostileNames } from "../shared/seed-names.ts";
import type { AccountSubType, AccountType, StoredAccount, StoredCustomer } from "./records.ts";
import {
  foreignBanks,
  narrowSecCodes,
  originableSecCodes,
  usBanks,
  type SeedBank,
} from "./seed-names.ts";

export interface SeedData {
  readonly customers: readonly StoredCustomer[];
  readonly accounts: readonly StoredAccount[];
}

const accountsPerCustomer = 10;
const firstAccountUID = 2146;
const bluefin = 1;
const leadBank: SeedBank = { routingNumber: "101206101", bankName: "Lead Bank" };

/** The account UID that follows the seeded ones; UIDs are consecutive integers. */
export const firstFreeAccountUID = firstAccountUID + companyNames.length * accountsPerCustomer;

interface Slot {
  readonly type: AccountType;
  readonly subTypes: readonly [AccountSubType, ...AccountSubType[]];
  readonly names: readonly [string, ...string[]];
  readonly ach: boolean;
}

const slots: readonly Slot[] = [
  { type: "Deposit", subTypes: ["Checking"], names: ["Operating", "Main Operating", "General Operating"], ach: true },
  { type: "Deposit", subTypes: ["Savings"], names: ["Tax Escrow", "Reserve", "Rainy Day Reserve"], ach: true },
  { type: "Deposit", subTypes: ["Checking"], names: ["Payroll", "Payroll Funding", "Weekly Payroll"], ach: true },
  { type: "Deposit", subTypes: ["Checking"], names: ["Receivables", "Lockbox Deposits", "Card Receipts"], ach: true },
  { type: "Deposit", subTypes: ["Checking"], names: ["Supplier ACH", "Vendor Payments", "Payables"], ach: true },
  { type: "Deposit", subTypes: ["Money Market"], names: ["Money Market", "Bond Reserve", "Idle Cash"], ach: false },
  { type: "Deposit", subTypes: ["Pseudo"], names: ["Fuel Sweep", "Client Funds FBO", "Driver Cash"], ach: true },
  { type: "Deposit", subTypes: ["CD"], names: ["12-Month CD", "Customs Bond", "Deposits Held"], ach: false },
  {
    type: "Loan",
    subTypes: ["Credit Card", "Heloc", "Line of Credit"],
    names: ["Purchasing Facility", "Revolving Credit", "Equipment Credit"],
    ach: false,
  },
  {
    type: "Deposit",
    subTypes: ["Health Savings Account", "Checking", "Savings"],
    names: ["Employee Benefits", "Refunds", "Member Escrow"],
    ach: false,
  },
];

function makeCustomer(index: number, legalName: string, random: SeededRandom): StoredCustomer {
  const taxId = index === bluefin ? "234567899" : String(100_000_000 + random.int(900_000_000));
  const letterId = index % 9 === 7;
  const base = 5_000_000 + random.int(900_000);
  const costCenters = Array.from({ length: 3 }, (_, step) => String(base + step * 11));
  const fboAccountNumbers = Array.from({ length: 3 }, () => `9${random.digits(8)}`);
  const initials = legalName.replace(/[^A-Za-z]/g, "").toUpperCase();
  return {
    customerUID: String(100_445 + index * 37),
    legalName,
    shortName: initials.slice(0, 8),
    customerId: `CUST${String(index + 1).padStart(4, "0")}`,
    customerType: index % 11 === 10 ? "Financial Institution" : index % 7 === 6 ? "Downstream Partner" : "Corporate",
    status: index === 30 ? "Suspended" : "Active",
    taxId,
    achCompanyID: letterId ? `${taxId}P` : `1${taxId}`,
    secCodes: index % 8 === 5 ? narrowSecCodes : originableSecCodes,
    costCenters: index === bluefin ? ["5235666", ...costCenters] : costCenters,
    fboAccountNumbers: index === bluefin ? ["1122344", ...fboAccountNumbers] : fboAccountNumbers,
    achPrefund: index % 3 === 0,
    achPrefundDebitLimitMinor: 0,
    achPrefundCreditLimitMinor: index % 3 === 0 ? 50_000_000 : 0,
  };
}

interface Funding {
  readonly isUnderWritten: boolean;
  readonly isAchPrefund: boolean;
  readonly debitExposureLimitMinor: number | null;
  readonly creditExposureLimitMinor: number | null;
  readonly secCodes: readonly string[];
}

function makeFunding(slot: Slot, customer: StoredCustomer, random: SeededRandom): Funding {
  const basis = slot.ach ? random.pick(["underwritten", "underwritten", "prefunded", "neither"]) : "neither";
  const debitMinor = (1 + random.int(40)) * 500_000;
  const creditMinor = (1 + random.int(60)) * 1_000_000;
  const wanted = random.pick([["CCD", "PPD"], ["CCD", "CTX"], ["PPD", "WEB"], ["CCD", "PPD", "TEL"], ["CCD", "IAT"]]);
  const secCodes = slot.ach ? wanted.filter((code) => customer.secCodes.includes(code)) : [];
  return {
    isUnderWritten: basis === "underwritten",
    isAchPrefund: basis === "prefunded",
    debitExposureLimitMinor: basis === "underwritten" ? debitMinor : basis === "prefunded" ? 0 : null,
    creditExposureLimitMinor: basis === "neither" ? null : creditMinor,
    secCodes,
  };
}

function uniqueNumber(used: Set<string>, random: SeededRandom): string {
  for (;;) {
    const number = `${1 + random.int(9)}${random.digits(9 + random.int(3))}`;
    if (!used.has(number)) {
      used.add(number);
      return number;
    }
  }
}

function makeStatus(slotIndex: number, random: SeededRandom): StoredAccount["status"] {
  const roll = random.int(100);
  if (slotIndex === 0) return "Active";
  if (roll < 3) return "Closed";
  return roll < 8 ? "Suspended" : "Active";
}

interface Place {
  readonly customerIndex: number;
  readonly slotIndex: number;
  readonly slot: Slot;
  readonly customer: StoredCustomer;
}

function makeAccount(place: Place, used: Set<string>, random: SeededRandom): StoredAccount {
  const { customerIndex, slotIndex, slot, customer } = place;
  const subType = slot.subTypes[customerIndex % slot.subTypes.length] ?? slot.subTypes[0];
  const ownBank = customerIndex === bluefin ? leadBank : (usBanks[customerIndex % usBanks.length] ?? leadBank);
  const external = slotIndex === 3 && customerIndex % 4 === 2;
  const bank = external ? (usBanks[(customerIndex + 5) % usBanks.length] ?? ownBank) : ownBank;
  const foreign = slotIndex === 4 && customerIndex % 13 === 7 ? foreignBanks[(customerIndex - 7) / 13] : undefined;
  const ledgerMinor = (slot.type === "Loan" ? -1 : 1) * (10_000 + random.int(300_000_000));
  const funding = makeFunding(slot, customer, random);
  const callbacks = slotIndex < 5 && random.int(3) === 0;
  const hostile = slotIndex === 9 && customerIndex >= 37 ? hostileNames[customerIndex - 37] : undefined;
  return {
    customerUID: customer.customerUID,
    accountUID: String(firstAccountUID + customerIndex * accountsPerCustomer + slotIndex),
    status: customerIndex === bluefin ? "Active" : makeStatus(slotIndex, random),
    accountType: slot.type,
    accountSubType: subType,
    systemOfRecords: external ? "External" : slotIndex === 6 ? "Finzly Core" : "Other Core",
    accountNumber: uniqueNumber(used, random),
    currency: foreign?.currency ?? "USD",
    accountName: hostile ?? random.pick(slot.names),
    masterGl: slotIndex % 3 === 0 ? null : `GL${random.digits(6)}`,
    enableOffset: slot.ach && slotIndex < 3 ? "Yes" : "No",
    enableWire: slotIndex === 0 || slotIndex === 4 ? "Yes" : "No",
    defaultOffset: slotIndex === 0 ? "Yes" : "No",
    feeAccount: slotIndex === 0 && customerIndex % 2 === 0 ? "Yes" : "No",
    returnAccount: slotIndex === 3 ? "Yes" : "No",
    fboAccountNumber: slotIndex === 6 || slotIndex === 0 ? (customer.fboAccountNumbers[0] ?? null) : null,
    countryCode: foreign?.countryCode ?? "US",
    routingNumber: foreign?.bic ?? bank.routingNumber,
    bankIdType: foreign === undefined ? "NID" : "BIC",
    bankName: foreign?.bankName ?? bank.bankName,
    enableCallbacks: callbacks,
    callbackLimitMinor: callbacks ? (1 + random.int(20)) * 250_000 : null,
    costCenter: customer.costCenters[slotIndex % 3] ?? "",
    ...funding,
    accountAnalysis: random.int(5) === 0,
    reason: null,
    achCompanyId: slot.ach ? customer.achCompanyID : null,
    accountFeatures: {},
    additionalAttributes: [],
    ledgerBalanceMinor: ledgerMinor,
    availableBalanceMinor: ledgerMinor - random.int(900_000),
    externalAccount: external
      ? { externalProvider: "Plaid", externalId: random.digits(7), externalAuthToken: `access-${random.hex(32)}` }
      : null,
  };
}

/** The account of the screens and the guided tour, the same under every seed. */
function payrollClearing(account: StoredAccount): StoredAccount {
  return {
    ...account,
    accountName: "Payroll Clearing",
    accountNumber: "3100724444",
    routingNumber: leadBank.routingNumber,
    bankName: leadBank.bankName,
    masterGl: null,
    fboAccountNumber: "1122344",
    costCenter: "5235666",
    enableOffset: "No",
    enableCallbacks: true,
    callbackLimitMinor: 1_000_000,
    isUnderWritten: true,
    isAchPrefund: false,
    debitExposureLimitMinor: 2_500_000,
    creditExposureLimitMinor: 25_000_000,
    secCodes: ["CCD", "PPD", "CTX"],
    achCompanyId: "1234567899",
    ledgerBalanceMinor: 18_422_017,
    availableBalanceMinor: 17_100_402,
  };
}

/** Forty customers with ten accounts each, of every type and subtype; the same seed gives the same data. */
export function seedData(seed: number): SeedData {
  const random = seededRandom(seed);
  const used = new Set(["3100724444", "95659895"]);
  const customers = companyNames.map((name, index) => makeCustomer(index, name, random));
  const accounts = customers.flatMap((customer, customerIndex) =>
    slots.map((slot, slotIndex) => {
      const account = makeAccount({ customerIndex, slotIndex, slot, customer }, used, random);
      return customerIndex === bluefin && slotIndex === 0 ? payrollClearing(account) : account;
    }),
  );
  return { customers, accounts };
}
