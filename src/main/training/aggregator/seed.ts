import { seededRandom, type SeededRandom } from "../shared/random.ts";
import { companyNames } from "../shared/seed-names.ts";
import { institutions } from "./institutions.ts";
import type { StoredAccount, StoredCustomer, StoredLogin } from "./records.ts";
import {
  printedAccounts, printedCustomerId, printedLogin, resoldAccount, resoldCustomerId, resoldLogin,
} from "./sample-accounts.ts";
import { hasHierarchy, makeAccount } from "./seed-accounts.ts";
import { loginCodes, questionCodes } from "./seeded-codes.ts";

export interface AggregatorSeed {
  readonly customers: readonly StoredCustomer[];
  readonly logins: readonly StoredLogin[];
  readonly accounts: readonly StoredAccount[];
}

const moreNames = [
  "Quillback Charters", "Redstone Catering", "Silverleaf Tutoring", "Tamarack Roofing", "Umber Ceramics",
  "Vantage Couriers", "Willow Creek Stables", "Xenia Translations", "Yellowtail Diving", "Zinnia Florists",
];
const firstNames = ["Ana", "Ben", "Carla", "Dev", "Elena", "Femi", "Grace", "Hugo", "Ines", "Jonah"] as const;
const lastNames = ["Abbott", "Brandt", "Castillo", "Dhillon", "Eriksen", "Fontaine", "Garcia", "Hale"] as const;
const refreshLengthsS = [0, 1, 3, 8, 20, 45, 70, 90, 125, 130, 180, 240, 300] as const;

const accountsPerCustomer = 8;
const firstAccountId = 5_011_648_400;
const firstLoginId = 1_007_302_746;
const bringsCustomer = 12;
const losesCustomer = 13;

function customerIdAt(index: number): string {
  if (index === 0) return printedCustomerId;
  return index === 1 ? resoldCustomerId : String(6_018_678_884 + index * 1013);
}

function makeCustomer(index: number, company: string, random: SeededRandom, nowS: number): StoredCustomer {
  return {
    id: customerIdAt(index),
    username: company.toLowerCase().replace(/[^a-z]+/g, "."),
    firstName: random.pick(firstNames),
    lastName: random.pick(lastNames),
    type: index % 5 === 4 ? "testing" : "active",
    createdDateS: nowS - (400 + random.int(800)) * 86_400,
  };
}

function makeLogin(customerIndex: number, place: number, random: SeededRandom): StoredLogin {
  if (customerIndex === 1 && place === 0) return resoldLogin;
  const ordinal = customerIndex * 3 + place;
  const bank = institutions[(customerIndex + place * 2) % institutions.length] ?? institutions[0];
  const outcomeCode = place === 2 && customerIndex >= 2 ? (loginCodes[customerIndex - 2] ?? 0) : 0;
  return {
    id: String(firstLoginId + ordinal),
    customerId: customerIdAt(customerIndex),
    institutionId: bank.id,
    username: `user${random.digits(5)}`,
    refreshS: refreshLengthsS[ordinal % refreshLengthsS.length] ?? 0,
    outcomeCode,
    question: questionCodes.includes(outcomeCode) ? "What is the name of your first pet?" : null,
    brings: null,
    loses: null,
  };
}

interface Seeding {
  readonly random: SeededRandom;
  readonly nowS: number;
  /** Types that have had an account already. */
  readonly firsts: Set<string>;
  nextId(): string;
}

function seedCustomer(customerIndex: number, { random, nowS, firsts, nextId }: Seeding) {
  const logins = Array.from({ length: 3 }, (_, place) => makeLogin(customerIndex, place, random));
  const isFirstOfType = (type: string): boolean => {
    const isFirst = !firsts.has(type);
    firsts.add(type);
    return isFirst;
  };
  const accounts: StoredAccount[] = [];
  const count = accountsPerCustomer + (hasHierarchy(customerIndex) ? 1 : 0);
  for (let slot = 0; slot < count; slot += 1) {
    const login = logins[slot % logins.length];
    if (login === undefined) continue;
    const group = accounts.find(({ type }) => type === "studentLoanGroup");
    const hierarchyParent = group?.id ?? null;
    const own = group === undefined ? login : loginOf(group, logins, login);
    const place = { customerIndex, slot, id: nextId(), login: own, isFirstOfType, hierarchyParent };
    accounts.push(makeAccount(place, random, nowS));
  }
  return { logins, accounts };
}

/** A group and its accounts hang on one sign-in. */
function loginOf(group: StoredAccount, logins: readonly StoredLogin[], otherwise: StoredLogin): StoredLogin {
  return logins.find(({ id }) => id === group.institutionLoginId) ?? otherwise;
}

function withSurprise(login: StoredLogin, accounts: readonly StoredAccount[], index: number, nextId: () => string) {
  const own = accounts.filter(({ institutionLoginId }) => institutionLoginId === login.id);
  const [first] = own;
  const last = own.at(-1);
  if (first === undefined || last === undefined) return login;
  if (index === losesCustomer) return { ...login, loses: last.id };
  const found = { id: nextId(), number: `77${first.number.slice(0, 8)}`, name: "New Savings", type: "savings" };
  const bare = { detail: null, realAccountNumberLast4: null, displayPosition: 20 };
  return { ...login, brings: { ...first, ...found, ...bare } };
}

/**
 * Fifty customers with 400 accounts of all documented types in every aggregation state. The same seed and moment give
 * the same data; dates are counted back from `seededAtS` (epoch seconds), those of the documents' samples are fixed.
 */
export function seedAggregator(seed: number, seededAtS: number): AggregatorSeed {
  const random = seededRandom(seed);
  const companies = [...companyNames, ...moreNames];
  const customers = companies.map((company, index) => makeCustomer(index, company, random, seededAtS));
  const logins: StoredLogin[] = [printedLogin];
  const accounts: StoredAccount[] = [...printedAccounts];
  let created = 0;
  const nextId = (): string => {
    created += 1;
    return String(firstAccountId + created);
  };
  const seeding: Seeding = { random, nowS: seededAtS, firsts: new Set(), nextId };
  for (let index = 1; index < customers.length; index += 1) {
    const made = seedCustomer(index, seeding);
    const own = index === 1 ? made.accounts.map((one, slot) => (slot === 0 ? resoldAccount(one) : one)) : made.accounts;
    accounts.push(...own.map((one, slot) => (index === 1 && slot === 1 ? { ...one, displayPosition: 1 } : one)));
    const surprising = index === bringsCustomer || index === losesCustomer;
    logins.push(
      ...made.logins.map((one, place) => (surprising && place === 0 ? withSurprise(one, own, index, nextId) : one)),
    );
  }
  return { customers, logins, accounts };
}
