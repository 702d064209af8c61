import { afterEach, describe, expect, it } from "vitest";
import { bluefin, never, startRig, type Rig } from "./finzly-rig.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
async function rigOf(...given: Parameters<typeof startRig>): Promise<Rig> {
  const rig = await startRig(...given);
  endings.push(rig.close);
  return rig;
}
const routesSeen = (rig: Rig): string[] => rig.simulator.ledger.entries().map((entry) => entry.route);

describe("reading one account", () => {
  it("joins the single read with its line in the list, in the words of the update body", async () => {
    const rig = await rigOf();
    const account = await rig.provider.readAccount(bluefin, {}, never);
    expect(account).toMatchObject({
      customerUid: "100482",
      accountUid: "2156",
      accountName: "Payroll Clearing",
      status: "Active",
      last4: "4444",
    });
    expect(account.known).toMatchObject({
      accountType: "Deposit",
      accountSubType: "Checking",
      accountName: "Payroll Clearing",
      currency: "USD",
      routingNumber: "101206101",
      bankIdType: "NID",
      enableWire: expect.stringMatching(/^(Yes|No)$/u),
      isUnderWritten: true,
      debitExposureLimit: 2_500_000,
      creditExposureLimit: 25_000_000,
      callbackLimit: 1_000_000,
      costCenter: "5235666",
    });
    expect(account.known).not.toHaveProperty("secCodes");
    expect(account.known).not.toHaveProperty("isAchPrefund");
    expect(account.known).not.toHaveProperty("achCompanyId");
    const stored = rig.simulator.account("100482", "2156");
    expect(account.ledgerMinor).toBe(stored?.ledgerBalanceMinor);
    expect(account.known.accountNumber).toBe(stored?.accountNumber);
  });

  it("agrees with the provider's own record for every account of every kind", async () => {
    const rig = await rigOf();
    const kinds = new Set<string>();
    for (const customer of rig.simulator.customers()) {
      for (const accountUid of customer.accountUIDs) {
        const stored = rig.simulator.account(customer.customerUID, accountUid);
        if (
          stored === undefined ||
          kinds.has(`${stored.accountSubType} ${stored.bankIdType} ${stored.systemOfRecords}`)
        )
          continue;
        kinds.add(`${stored.accountSubType} ${stored.bankIdType} ${stored.systemOfRecords}`);
        const { known, raw } = await rig.provider.readAccount(
          { customerUid: customer.customerUID, accountUid },
          {},
          never,
        );
        expect(known).toMatchObject({
          accountType: stored.accountType,
          accountSubType: stored.accountSubType,
          systemOfRecords: stored.systemOfRecords,
          accountNumber: stored.accountNumber,
          enableOffset: stored.enableOffset,
          enableWire: stored.enableWire,
          routingNumber: stored.routingNumber,
          isUnderWritten: stored.isUnderWritten,
          debitExposureLimit: stored.debitExposureLimitMinor ?? "",
        });
        expect(JSON.stringify(raw)).not.toMatch(/externalAuthToken/iu);
      }
    }
    expect(kinds.size).toBeGreaterThan(9);
  });

  it("drops the secret a read gives away", async () => {
    const rig = await rigOf();
    const secret = "leak-me-4711";
    const externalAccount = { externalProvider: "Plaid", externalId: "x1", externalAuthToken: secret };
    rig.simulator.changeAccount("100482", "2156", { externalAccount });
    expect(JSON.stringify(await rig.provider.readAccount(bluefin, {}, never))).not.toContain(secret);
  });

  it("meets one ended token with a fresh one; a second refusal is the person's to solve", async () => {
    const rig = await rigOf();
    await rig.provider.signIn(never);
    rig.simulator.expireTokens();
    await expect(rig.provider.readCustomer("100482", never)).resolves.toMatchObject({ name: "Bluefin Payroll" });
    rig.simulator.faults.set({ route: "customers.get", kind: "unauthorized", times: 2 });
    await expect(rig.provider.readCustomer("100482", never)).rejects.toMatchObject({ code: "sign-in-needed" });
  });

  it.each([
    ["too-many-requests", { retryAfter: 0 }],
    ["unavailable", {}],
    ["server-error-array", {}],
    ["reset-before", {}],
  ] as const)("is tried again after %s", async (kind, details) => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "customers.get", kind, ...details });
    await expect(rig.provider.readCustomer("100482", never)).resolves.toMatchObject({ customerUid: "100482" });
    expect(routesSeen(rig).filter((route) => route === "customers.get")).toHaveLength(2);
  });

  it.each([
    ["html-body", "provider-changed"],
    ["empty-body", "provider-changed"],
    ["wrong-content-type", "provider-changed"],
    ["duplicate-keys", "provider-changed"],
    ["huge-body", "provider-changed"],
    ["slow-body", "provider-down"],
    ["failure-200", "provider-rejected"],
    ["refused-403", "provider-rejected"],
    ["refused-404", "not-found"],
  ] as const)("fails once and for all on %s with %s", async (kind, code) => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "customers.get", kind });
    await expect(rig.provider.readCustomer("100482", never)).rejects.toMatchObject({ code });
    expect(routesSeen(rig).filter((route) => route === "customers.get")).toHaveLength(1);
  });

  it("gives up on a provider that stays down, in bounded tries", async () => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "customers.get", kind: "server-error-array", times: "always" });
    const reading = rig.provider.readCustomer("100482", never);
    await expect(reading).rejects.toMatchObject({ code: "provider-down", details: { retryable: true } });
    expect(routesSeen(rig).filter((route) => route === "customers.get")).toHaveLength(4);
  });

  it("does not wait longer than it may for a provider that asks for minutes", async () => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "customers.get", kind: "unavailable", retryAfter: 120, times: "always" });
    const failure = { code: "provider-busy", details: { retryAfterMs: 120_000 } };
    await expect(rig.provider.readCustomer("100482", never)).rejects.toMatchObject(failure);
  });

  it("cannot read where the connection is for changes only, and asks nobody", async () => {
    const rig = await rigOf({ connection: { canRead: false } });
    await expect(rig.provider.readAccount(bluefin, {}, never)).rejects.toMatchObject({ code: "provider-rejected" });
    expect(routesSeen(rig)).toEqual([]);
  });
});

describe("reading lists", () => {
  it("pages through every customer and every account exactly once", async () => {
    const rig = await rigOf();
    rig.simulator.addAccounts(1500);
    const expected = new Set(rig.simulator.customers().flatMap((customer) => customer.accountUIDs));
    const seen: string[] = [];
    for (const customer of rig.simulator.customers()) {
      for (let page = 1, last = false; !last; page += 1) {
        const read = await rig.provider.readAccounts(customer.customerUID, page, never);
        seen.push(...read.accounts.map((account) => account.accountUid));
        last = read.last;
      }
    }
    expect(seen).toHaveLength(expected.size);
    expect(new Set(seen)).toEqual(expected);
    const customers = await rig.provider.readCustomers(1, never);
    expect(customers).toMatchObject({ totalCustomers: 40, last: true });
  });

  it("keeps what the list says of an account whose own read fails, and names it", async () => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "accounts.get", kind: "refused-403", match: { accountUID: "2156" } });
    const { accounts, incomplete } = await rig.provider.readAccounts("100482", 1, never);
    expect(incomplete).toEqual(["2156"]);
    const account = accounts.find((one) => one.accountUid === "2156");
    expect(account).toMatchObject({ status: undefined, known: { creditExposureLimit: 25_000_000 } });
  });
});
