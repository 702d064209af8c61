import { describe, expect, it } from "vitest";
import { envelope, findAccount, payroll, signIn, type Caller } from "./client.ts";

const accountsPath = `/v2/customers/${payroll.customerUID}/accounts`;
const onePath = `${accountsPath}/${payroll.accountUID}`;

const listNames = [
  "accountUID", "accountName", "accountNumber", "fboAccountNumber", "accountType", "accountSubType", "systemOfRecords",
  "currency", "masterGl", "countryCode", "routingNumber", "bankIdType", "enableWires", "enableOffset", "defaultOffset",
  "feeAccount", "returnAccount", "enableCallbacks", "callbackLimit", "costCenter", "isUnderWritten",
  "debitExposureLimit", "creditExposureLimit", "accountAnalysis", "reason",
];
const singleNames = [
  "accountUID", "name", "accountNumber", "fboAccountNumber", "type", "subType", "systemOfRecord", "balanceType",
  "currency", "country", "bankId", "bankName", "bankIdType", "enableWires", "enableOffset", "defaultOffset",
  "feeAccount", "returnAccount", "status", "externalAccount",
];
const balanceNames = ["ledgerBalance", "availableBalance", "availableBalanceStatus", "amountPrecision"];
const neverRead = ["secCodes", "achCompanyId", "isAchPrefund"];

async function rows(caller: Caller, path: string): Promise<Record<string, unknown>[]> {
  const { data } = await caller.get(path);
  const list: Record<string, unknown>[] = JSON.parse(JSON.stringify(data));
  return list;
}

async function single(caller: Caller, path: string): Promise<Record<string, unknown>> {
  const { data } = await caller.get(path);
  const record: Record<string, unknown> = JSON.parse(JSON.stringify(data));
  return record;
}

describe("account reads", () => {
  it("lists accounts under the list's names, with booleans and two-decimal numbers", async () => {
    const caller = await signIn();
    const [first] = await rows(caller, `${accountsPath}?page=1&limit=1`);
    expect(Object.keys(first ?? {}).toSorted()).toEqual(listNames.toSorted());
    expect(first).toMatchObject({
      accountName: "Payroll Clearing",
      accountNumber: "3100724444",
      accountType: "DEPOSIT",
      routingNumber: "101206101",
      enableWires: true,
      isUnderWritten: true,
    });
    const raw = (await caller.call("GET", `${accountsPath}?page=1&limit=1`)).text;
    expect(raw).toContain('"callbackLimit":10000.00');
    expect(raw).toContain('"debitExposureLimit":25000.00');
    expect(raw).toContain('"creditExposureLimit":250000.00');
  });

  it("reads one account under other names, with balances only on request", async () => {
    const caller = await signIn();
    const plain = await single(caller, onePath);
    expect(Object.keys(plain).toSorted()).toEqual(singleNames.toSorted());
    expect(plain).toMatchObject({
      name: "Payroll Clearing",
      type: "DEPOSIT",
      subType: "Checking",
      bankId: "101206101",
      bankIdType: "By ABA",
      country: "UNITED STATES OF AMERICA",
      status: "Active",
    });
    const full = await single(caller, `${onePath}?includeAccountBalance=true`);
    expect(Object.keys(full).toSorted()).toEqual([...singleNames, ...balanceNames].toSorted());
    expect(full).toMatchObject({ ledgerBalance: "184220.17", availableBalance: "171004.02", amountPrecision: "2" });
  });

  it("never reveals SEC codes, company id or prefunding of an account", async () => {
    const caller = await signIn();
    await caller.put({ secCodes: ["WEB"], achCompanyId: "1234567899", isUnderWritten: false, isAchPrefund: true });
    const [listed] = await rows(caller, `${accountsPath}?page=1&limit=1`);
    const read = await single(caller, `${onePath}?includeAccountBalance=true`);
    for (const name of neverRead) {
      expect(listed).not.toHaveProperty(name);
      expect(read).not.toHaveProperty(name);
    }
  });

  it("gives away the external token of an account held elsewhere, and the older subtype spellings", async () => {
    const caller = await signIn();
    const external = findAccount(caller.simulator, (account) => account.externalAccount !== null);
    const path = `/v2/customers/${external.customerUID}/accounts/${external.accountUID}`;
    expect(await single(caller, path)).toMatchObject({
      systemOfRecord: "External",
      externalAccount: { externalProvider: "Plaid", externalAuthToken: expect.stringMatching(/^access-[0-9a-f]{32}$/) },
    });
    const savings = findAccount(caller.simulator, (account) => account.accountSubType === "Savings");
    const health = findAccount(caller.simulator, (account) => account.accountSubType === "Health Savings Account");
    const subTypeOf = async (account: typeof savings) =>
      (await single(caller, `/v2/customers/${account.customerUID}/accounts/${account.accountUID}`))["subType"];
    expect(await subTypeOf(savings)).toBe("Saving");
    expect(await subTypeOf(health)).toBe("HSA (Health Saving Account)");
  });

  it("pages: every account once, with the documented counts", async () => {
    const caller = await signIn();
    const seen: unknown[] = [];
    for (const page of [1, 2, 3, 4]) {
      const answer = await caller.get(`${accountsPath}?page=${page}&limit=4`);
      const shown = await rows(caller, `${accountsPath}?page=${page}&limit=4`);
      const returnedRecords = [4, 4, 2, 0][page - 1];
      expect(answer.pagination).toEqual({ totalRecords: 10, returnedRecords, pageReturned: page, pageSize: 4 });
      seen.push(...shown.map(({ accountUID }) => accountUID));
    }
    expect(seen).toEqual(Array.from({ length: 10 }, (_, step) => String(2156 + step)));
  });

  it.each([
    "", "?page=1", "?limit=10", "?page=0&limit=10", "?page=1&limit=0", "?page=1&limit=1001", "?page=x&limit=1",
    "?page=1.5&limit=1", "?page=1&limit=10&accountType=DEPOSIT", "?page=1&limit=10&status=Open",
    "?page=1&limit=10&wireEnabled=Yes", "?page=1&limit=10&pageSize=4", "?page=1&page=2&limit=10",
  ])("refuses the search query %j", async (query) => {
    const caller = await signIn();
    const answer = await caller.call("GET", `${accountsPath}${query}`);
    expect(answer.status).toBe(400);
    expect(envelope(answer)).toMatchObject({ status: "Failure", code: "ACC001", data: null });
  });

  it("filters the search", async () => {
    const caller = await signIn();
    const uids = async (filter: string) =>
      (await rows(caller, `${accountsPath}?page=1&limit=100&${filter}`)).map(({ accountUID }) => accountUID);
    expect(await uids("accountNumber=3100724444")).toEqual(["2156"]);
    expect(await uids("accountSubType=Pseudo")).toEqual(["2162"]);
    expect(await uids("accountType=Loan")).toEqual(["2164"]);
    expect(await uids("wireEnabled=true")).toEqual(["2156", "2160"]);
    expect(await uids("costCenter=5235666")).toContain("2156");
    expect(await uids("currency=EUR")).toEqual([]);
    caller.simulator.changeAccount(payroll.customerUID, "2157", { status: "Suspended" });
    expect(await uids("status=Suspended")).toEqual(["2157"]);
  });

  it("answers 404 for strangers and 400 for an accountUID that is no number", async () => {
    const caller = await signIn();
    const strangers = ["/v2/customers/1/accounts/2156", `${accountsPath}/999999`, "/v2/customers/100445/accounts/2156"];
    for (const path of strangers) {
      const answer = await caller.call("GET", path);
      expect(answer.status).toBe(404);
      expect(envelope(answer).message).toMatch(/^Failed to get an account: .+ was not found$/);
    }
    expect((await caller.call("GET", `${accountsPath}/21x6`)).status).toBe(400);
    expect((await caller.call("GET", `${onePath}?includeAccountBalance=yes`)).status).toBe(400);
  });
});

describe("customer reads", () => {
  it("pages and filters customers", async () => {
    const caller = await signIn();
    const all = await rows(caller, "/v2/customers?page=1&limit=1000");
    expect(all).toHaveLength(40);
    const names = async (filter: string) =>
      (await rows(caller, `/v2/customers?page=1&limit=1000&${filter}`)).map(({ legalName }) => legalName);
    expect(await names("legalName=blueFIN")).toEqual(["Bluefin Payroll"]);
    expect(await names("achCompanyID=1234567899")).toEqual(["Bluefin Payroll"]);
    expect(await names("taxId=234567899")).toEqual(["Bluefin Payroll"]);
    expect(await names("customerId=CUST0002")).toEqual(["Bluefin Payroll"]);
    expect(await names("shortName=BLUEFINP")).toEqual(["Bluefin Payroll"]);
    expect(await names("status=Suspended")).toHaveLength(1);
    expect(await names("customerType=Consumer")).toEqual([]);
    expect((await caller.call("GET", "/v2/customers")).status).toBe(400);
    expect(envelope(await caller.call("GET", "/v2/customers?page=1&limit=0")).code).toBe("CUST001");
  });

  it("reads one customer with its company id, SEC codes and prefunding", async () => {
    const caller = await signIn();
    expect(await single(caller, "/v2/customers/100482")).toMatchObject({
      customerUID: "100482",
      legalName: "Bluefin Payroll",
      achCompanyID: "1234567899",
      secCodes: expect.arrayContaining(["CCD", "PPD", "CTX", "WEB", "TEL", "IAT"]),
      additionalProfileDetails: { achPrefund: false, achPrefundDebitLimit: "0.00" },
    });
    const stranger = await caller.call("GET", "/v2/customers/1");
    expect(stranger.status).toBe(404);
    expect(envelope(stranger)).toMatchObject({ status: "Failure", code: "CUST001" });
  });
});

describe("what is not there", () => {
  it("answers unknown paths, methods and escapes as an HTTP server does", async () => {
    const caller = await signIn();
    expect((await caller.call("GET", "/v3/customers")).status).toBe(404);
    expect((await caller.call("POST", "/v2/customers", "{}")).status).toBe(405);
    expect((await caller.call("GET", "/v2/customers/%E0%A4%A")).status).toBe(400);
  });

  it("has only writes when it cannot be read", async () => {
    const caller = await signIn({ readable: false });
    const lists = ["/v2/customers?page=1&limit=1", `${accountsPath}?page=1&limit=1`];
    for (const path of [...lists, "/v2/customers/100482", onePath]) {
      expect(await caller.call("GET", path)).toMatchObject({ status: 404, text: "" });
    }
    expect(envelope(await caller.put({ accountName: "Written" })).status).toBe("Success");
    expect(caller.stored().accountName).toBe("Written");
  });
});
