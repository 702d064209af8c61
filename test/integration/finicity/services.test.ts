import { afterEach, describe, expect, it } from "vitest";
import { errorShapes } from "../../../src/main/training/finicity/index.ts";
import { never, startFinicityRig, type FinicityRig } from "./finicity-rig.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
async function rigOf(...given: Parameters<typeof startFinicityRig>): Promise<FinicityRig> {
  const rig = await startFinicityRig(...given);
  endings.push(rig.close);
  return rig;
}
const wires = ["json", "xml"] as const;
const checking = { customerUid: "41442", accountUid: "2055" };

describe("reading", () => {
  it("brings the same of every customer's accounts in both forms but for what a form never says", async () => {
    const one = await rigOf();
    const two = await rigOf({ simulator: { aggregator: one.simulator.aggregator }, connection: { wire: "xml" } });
    const { customers, totalCustomers } = await one.provider.readCustomers(1, never);
    expect(await two.provider.readCustomers(1, never)).toMatchObject({ customers, totalCustomers });
    let accounts = 0;
    const either = ["currency", "lastTransactionDateS", "institutionLoginId", "displayPosition", "lastUpdatedDateS"];
    const same = (record: object) => Object.fromEntries(Object.entries(record).filter(([key]) => !either.includes(key)));
    for (const { customerUid } of customers) {
      const json = await one.provider.readRecords(customerUid, never);
      const xml = await two.provider.readRecords(customerUid, never);
      expect(xml.map(same)).toEqual(json.map(same));
      accounts += json.length;
    }
    expect(totalCustomers).toBe(50);
    expect(accounts).toBeGreaterThan(390);
  });

  it.each(wires)("offers every reading service in %s", async (wire) => {
    const { provider } = await rigOf({ connection: { wire } });
    expect(await provider.readAccount(checking, {}, never)).toMatchObject({ accountUid: "2055", accountName: "Checking" });
    expect(await provider.readAtInstitution("41442", "101732", never)).not.toHaveLength(0);
    expect(await provider.readLoginForm(checking, never)).toEqual([
      { id: "101732001", name: "Banking Userid", value: "USERNAME", mask: false, order: 1 },
      { id: "101732002", name: "Banking Password", mask: true, order: 2 },
    ]);
    expect(await provider.readCustomer("41442", never)).toMatchObject({ customerUid: "41442" });
    await expect(provider.readCustomer("1", never)).rejects.toMatchObject({ code: "not-found" });
    await expect(provider.readRecords("1", never)).rejects.toMatchObject({ code: "not-found" });
    await expect(provider.readRecords("../1", never)).rejects.toMatchObject({ code: "input-invalid" });
  });

  it("reads one account under v2 when today's forms are set, in JSON whatever else is set", async () => {
    const rig = await rigOf({ simulator: { api: "current" }, connection: { forms: "current", wire: "xml" } });
    expect(await rig.provider.readAccount(checking, {}, never)).toMatchObject({ accountUid: "2055" });
    expect(rig.simulator.ledger.entries().at(-1)?.path).toContain("/v2/");
  });
});

describe("errors", () => {
  it.each(errorShapes)("in the form %s keep the provider's code, and a code in a 500 is no outage", async (shape) => {
    const rig = await rigOf();
    const message = "The customer must sign in again";
    rig.simulator.faults.set({ route: "accounts.list", kind: "aggregation-code", times: "always", code: 103, shape, message });
    const failure = await rig.provider.readRecords("41442", never).catch((error: unknown) => error);
    const code = shape === "text" ? "provider-down" : "provider-rejected";
    expect(failure).toMatchObject({ code, message: expect.stringContaining(message) });
    if (shape !== "text") expect(String(failure)).toContain("(103)");
  });

  it("a code that says the accounts are being read may be tried again", async () => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "accounts.list", kind: "aggregation-code", times: "always", code: 325 });
    await expect(rig.provider.readRecords("41442", never)).rejects.toMatchObject({
      code: "provider-busy",
      details: { retryable: true },
    });
  });
});

describe("changing an account", () => {
  it.each(wires)("renames and renumbers in %s with exactly the two fields, and reads it back", async (wire) => {
    const rig = await rigOf({ connection: { wire } });
    const update = { accountName: "A & B <Operating>", accountNumber: "5551234", reason: "Bank merger" };
    const prepared = rig.provider.prepareUpdate(checking, update, "USD");
    expect(prepared.body).not.toContain("Bank merger");
    await rig.provider.signIn(never);
    expect(await rig.provider.write(prepared, never)).toEqual({ kind: "accepted", httpStatus: 204 });
    expect(rig.simulator.aggregator.account("41442", "2055")).toMatchObject({
      name: "A & B <Operating>",
      number: "5551234",
    });
    expect(await rig.provider.readAccount(checking, {}, never)).toMatchObject({
      accountName: "A & B <Operating>",
      last4: "1234",
    });
  });

  it("knows a definite refusal, a token that ended, and an answer nobody can be sure of", async () => {
    const rig = await rigOf();
    const write = async (accountUid: string) => {
      await rig.provider.signIn(never);
      return rig.provider.write(rig.provider.prepareUpdate({ ...checking, accountUid }, { accountName: "x" }, "USD"), never);
    };
    expect(await write("999999")).toMatchObject({ kind: "refused", httpStatus: 404, code: "38003" });
    rig.simulator.expireTokens();
    expect(await write("2055")).toMatchObject({ kind: "unauthorized", httpStatus: 401 });
    expect(await write("2055")).toMatchObject({ kind: "accepted" });
    for (const kind of ["server-error", "server-error-html-after", "hang-after"] as const) {
      rig.simulator.faults.set({ route: "accounts.modify", kind, times: 1 });
      expect(await write("2055")).toMatchObject({ kind: "unknown" });
    }
    rig.simulator.faults.set({ route: "accounts.modify", kind: "too-many-requests", times: 1, retryAfter: 3 });
    expect(await write("2055")).toMatchObject({ kind: "busy", retryAfterMs: 3000 });
  });

  it("sends nothing to an address that is not its own any more", async () => {
    const rig = await rigOf();
    await rig.provider.signIn(never);
    const prepared = rig.provider.prepareUpdate(checking, { accountName: "x" }, "USD");
    const elsewhere = { ...prepared, origin: "http://127.0.0.1:9" };
    expect(await rig.provider.write(elsewhere, never)).toMatchObject({ kind: "not-sent" });
  });
});

describe("a refresh", () => {
  const wish = { scope: "customer", customerId: "41442" } as const;

  it.each(wires)("answers with the accounts in %s, of the customer or of one login", async (wire) => {
    const rig = await rigOf({ connection: { wire } });
    expect(await rig.provider.refresh(wish, never)).toMatchObject({ kind: "answered", httpStatus: 200 });
    const login = { scope: "login", customerId: "41442", institutionLoginId: "9764" } as const;
    expect(await rig.provider.refresh(login, never)).toMatchObject({ kind: "answered" });
    expect(rig.simulator.refreshPosts()).toBe(2);
  });

  it.each([["current", "v1", "answered", 200], ["tiers", "v2", "still-running", 204]] as const)(
    "with the services set to %s goes to %s, for a customer and a login, and is %s",
    async (forms, version, kind, httpStatus) => {
      const rig = await rigOf({ simulator: { api: "current" }, connection: { forms } });
      const login = { scope: "login", customerId: "41442", institutionLoginId: "9764" } as const;
      for (const [each, rest] of [[wish, ""], [login, "/institutionLogins/9764"]] as const) {
        expect(await rig.provider.refresh(each, never)).toMatchObject({ kind, httpStatus });
        const posted = rig.simulator.ledger.entries().findLast(({ route }) => route.startsWith("refresh."));
        expect(posted?.path).toBe(`/aggregation/${version}/customers/41442${rest}/accounts`);
        await expect.poll(() => rig.simulator.aggregator.running(), { timeout: 10_000 }).toEqual([]);
      }
      expect(rig.simulator.refreshPosts()).toBe(2);
    },
  );

  it.each<[string, string, string | undefined]>([
    ["accepted", "still-running", undefined],
    ["no-content", "still-running", undefined],
    ["request-timeout", "still-running", undefined],
    ["gateway-timeout", "still-running", undefined],
    ["already-running", "still-running", "325"],
    ["never-ends", "still-running", undefined],
    ["challenge", "needs-customer", undefined],
    ["unavailable", "refused", undefined],
    ["refused-403", "refused", undefined],
  ])("that meets %s is %s, and is posted once", async (kind, answer, code) => {
    const rig = await rigOf({ connection: { refreshTimeoutMs: 1000 } });
    rig.simulator.faults.set({ route: "refresh.customer", kind: kind as "accepted", times: 1 });
    const got = await rig.provider.refresh(wish, never);
    expect(got).toMatchObject({ kind: answer, ...(code === undefined ? {} : { code }) });
    expect(rig.simulator.refreshPosts()).toBe(1);
  });

  it.each<[number, string]>([
    [103, "needs-customer"],
    [947, "needs-customer"],
    [169, "ended-with-code"],
    [910, "ended-with-code"],
    [777, "ended-with-code"],
    [5006, "still-running"],
  ])(
    "that ends with the code %i is %s",
    async (code, kind) => {
      const rig = await rigOf();
      rig.simulator.faults.set({ route: "refresh.customer", kind: "aggregation-code", times: 1, code });
      expect(await rig.provider.refresh(wish, never)).toMatchObject({ kind, code: String(code) });
    },
  );

  it.each(["unavailable", "too-many-requests", "server-error"] as const)(
    "is not sent when the sign-in meets %s, which is no refusal of the credentials",
    async (kind) => {
      const rig = await rigOf();
      rig.simulator.faults.set({ route: "token", kind, times: 1 });
      expect(await rig.provider.refresh(wish, never)).toMatchObject({ kind: "not-sent", reason: "unreachable" });
      expect(await rig.provider.refresh(wish, never)).toMatchObject({ kind: "answered" });
    },
  );

  it("is not sent when nothing answers there", async () => {
    const rig = await rigOf();
    await rig.provider.signIn(never);
    await rig.simulator.close();
    expect(await rig.provider.refresh(wish, never)).toMatchObject({ kind: "not-sent", reason: "unreachable" });
  });
});
