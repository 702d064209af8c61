import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { envelope, findAccount, payroll, signIn } from "./client.ts";
import { accepted, malformed, ruleBreaks } from "./update-cases.ts";

describe("an update", () => {
  it.each(accepted)("stores %s and nothing else", async (_name, body, change) => {
    const caller = await signIn();
    const before = caller.stored();
    const answer = await caller.put(body);
    expect(answer.status).toBe(200);
    expect(envelope(answer)).toEqual({
      status: "Success",
      code: null,
      message: null,
      data: { accountUID: "2156", externalReferenceId: null },
    });
    const after = caller.stored();
    expect(after).toMatchObject(change);
    const unnamed = Object.keys(before).filter((key) => !Object.hasOwn(change, key));
    const written = typeof body === "string" ? [] : Object.keys(body);
    for (const key of unnamed.filter((name) => !written.includes(name) && name !== "defaultOffset")) {
      expect({ [key]: Reflect.get(after, key) }).toEqual({ [key]: Reflect.get(before, key) });
    }
    const line = { route: "accounts.update", applied: true, status: 200, bodyComplete: true };
    expect(caller.lastLine()).toMatchObject(line);
  });

  it.each(malformed)("refuses %s with 400", async (_name, body, sentence) => {
    const caller = await signIn();
    const before = caller.stored();
    const answer = await caller.put(body);
    expect(answer.status).toBe(400);
    expect(envelope(answer)).toMatchObject({ status: "Failure", code: "ACC001", data: null });
    expect(envelope(answer).message).toMatch(/^Failed to update an account: /);
    expect(envelope(answer).message).toMatch(sentence);
    expect(caller.stored()).toEqual(before);
    expect(caller.lastLine()).toMatchObject({ applied: false, status: 400 });
  });

  it.each(ruleBreaks)("refuses %s with 200 and Failure", async (_name, body, sentence) => {
    const caller = await signIn();
    const before = caller.stored();
    const answer = await caller.put(body);
    expect(answer.status).toBe(200);
    expect(envelope(answer)).toMatchObject({ status: "Failure", code: "ACC001", data: null });
    expect(envelope(answer).message).toMatch(/^Failed to update an account: /);
    expect(envelope(answer).message).toMatch(sentence);
    expect(caller.stored()).toEqual(before);
    expect(caller.lastLine()).toMatchObject({ applied: false, status: 200 });
  });

  it("refuses the documents' printed sample, whose subtype does not belong to its type", async () => {
    const caller = await signIn();
    const answer = await caller.put({
      accountType: "Loan",
      accountSubType: "Savings",
      systemOfRecords: "External",
      accountNumber: "95659895",
      currency: "USD",
      accountName: "xyz",
      masterGl: "string",
      enableOffset: "Yes",
      enableWire: "Yes",
      defaultOffset: "Yes",
      feeAccount: "Yes",
      returnAccount: "Yes",
      fboAccountNumber: "1122344",
      countryCode: "US",
      routingNumber: "101206101",
      bankIdType: "NID",
      enableCallbacks: false,
      callbackLimit: 999999999.99,
      costCenter: "5235666",
      isUnderWritten: false,
      isAchPrefund: false,
      debitExposureLimit: 1000,
      creditExposureLimit: 5000,
      accountAnalysis: false,
      reason: "Annual review update",
      secCodes: [],
      achCompanyId: "1234567899",
      accountFeatures: {},
      additionalAttributes: [],
    });
    expect(answer.status).toBe(400);
    expect(envelope(answer).message).toBe(
      "Failed to update an account: accountSubType Savings is not a valid loan subtype",
    );
  });

  it("accepts an order of events that clears the way: limit to zero, then Pseudo, then no limit any more", async () => {
    const caller = await signIn();
    expect(envelope(await caller.put({ callbackLimit: 0 })).status).toBe("Success");
    expect(envelope(await caller.put({ accountSubType: "Pseudo" })).status).toBe("Success");
    expect(envelope(await caller.put({ callbackLimit: 5 }))).toMatchObject({ status: "Failure" });
  });

  it("refuses a number in use anywhere, and takes it once it is free", async () => {
    const caller = await signIn();
    const other = findAccount(caller.simulator, ({ customerUID }) => customerUID !== payroll.customerUID);
    const taken = await caller.put({ accountNumber: other.accountNumber });
    expect(taken.status).toBe(200);
    expect(envelope(taken)).toMatchObject({ status: "Failure", message: expect.stringContaining("already in use") });
    await caller.put({ accountNumber: "A1" }, other);
    expect(envelope(await caller.put({ accountNumber: other.accountNumber })).status).toBe("Success");
  });

  it("forces the default offset of the only account with a company id, and leaves it free otherwise", async () => {
    const caller = await signIn();
    await caller.put({ achCompanyId: "9000000001", defaultOffset: "No" });
    expect(caller.stored()).toMatchObject({ achCompanyId: "9000000001", defaultOffset: "Yes" });
    await caller.put({ achCompanyId: "9000000001" }, { customerUID: "100482", accountUID: "2158" });
    await caller.put({ defaultOffset: "No" });
    expect(caller.stored().defaultOffset).toBe("No");
    expect(caller.simulator.account("100482", "2158")?.defaultOffset).toBe("No");
    await caller.put({ achCompanyId: "9000000002" }, { customerUID: "100482", accountUID: "2158" });
    await caller.put({ defaultOffset: "No" });
    expect(caller.stored().defaultOffset).toBe("Yes");
  });

  it("checks SEC codes against a narrow entity", async () => {
    const caller = await signIn();
    const narrow = findAccount(caller.simulator, ({ customerUID }) => customerUID === String(100_445 + 5 * 37));
    expect(envelope(await caller.put({ secCodes: ["CTX"] }, narrow)).status).toBe("Success");
    expect(envelope(await caller.put({ secCodes: ["WEB"] }, narrow)).status).toBe("Failure");
  });

  it("needs a JSON content type, a numeric accountUID, known ids and no query", async () => {
    const caller = await signIn();
    const path = `/v2/customers/${payroll.customerUID}/accounts/${payroll.accountUID}`;
    const typed = async (type: string) => (await caller.call("PUT", path, "{}", { "content-type": type })).status;
    expect(await typed("text/plain")).toBe(400);
    expect(await typed("application/jsonp")).toBe(400);
    expect(await typed("application/json; charset=utf-8")).toBe(200);
    expect((await caller.call("PUT", `${path}?dryRun=true`, "{}")).status).toBe(400);
    expect((await caller.put({}, { customerUID: "100482", accountUID: "21a6" })).status).toBe(400);
    expect((await caller.put({}, { customerUID: "100482", accountUID: "1" })).status).toBe(404);
    expect((await caller.put({}, { customerUID: "1", accountUID: "2156" })).status).toBe(404);
  });

  it("keeps the bytes in the ledger", async () => {
    const caller = await signIn();
    const body = '{ "accountName": "Größe" }';
    await caller.put(body);
    const line = caller.lastLine();
    expect(line).toMatchObject({ ...payroll, method: "PUT", bodyText: body, applied: true });
    expect(line.path).toBe("/api/openbanking/v2/customers/100482/accounts/2156");
    expect(line.bodySha256).toBe(createHash("sha256").update(body).digest("hex"));
    expect(line.tokenId).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe("a delete", () => {
  it("removes the account once, and frees its number", async () => {
    const caller = await signIn();
    const path = `/v2/customers/${payroll.customerUID}/accounts/${payroll.accountUID}`;
    expect(envelope(await caller.call("DELETE", path))).toMatchObject({
      status: "Success",
      data: { accountUID: "2156", externalReferenceId: null },
    });
    expect(caller.lastLine()).toMatchObject({ route: "accounts.delete", applied: true });
    expect((await caller.call("DELETE", path)).status).toBe(404);
    expect(caller.lastLine()).toMatchObject({ applied: false, status: 404 });
    expect((await caller.call("GET", path)).status).toBe(404);
    const heir = { customerUID: "100482", accountUID: "2157" };
    expect(envelope(await caller.put({ accountNumber: "3100724444" }, heir)).status).toBe("Success");
  });
});
