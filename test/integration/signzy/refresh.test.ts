import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { customer, never, printed, startRig } from "./rig.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A host that gives every refresh one fixed answer. */
async function answering(status: number, body: string, type = "application/json"): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().once("end", () => response.writeHead(status, { "content-type": type }).end(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

describe("refreshing through Signzy", () => {
  it("answers with exact records: ids as texts, amounts to the digit, dates in seconds", async () => {
    const { provider, simulator } = await startRig();
    const answer = await provider.refresh(customer, never);
    if (answer.kind !== "answered") throw new Error(answer.kind);
    const record = answer.records.find(({ accountId }) => accountId === printed.accountId);
    const stored = simulator.aggregator.account(printed.customerId, printed.accountId);
    expect(record).toMatchObject({
      customerId: printed.customerId,
      institutionLoginId: printed.loginId,
      number: "2000004444",
      realLast4: "5678",
      name: "Super Checking",
      type: "checking",
      balance: ((stored?.balanceMinor ?? 0) / 100).toFixed(2),
      attemptDateS: stored?.aggregationAttemptDateS,
      detail: { availableBalanceAmount: "380.12" },
    });
    expect(record).not.toHaveProperty("statusCode");
  });

  it.each(["array", "accounts", "result", "result-accounts"] as const)("reads the list as %s", async (accountsForm) => {
    const { provider, simulator } = await startRig({ simulator: { accountsForm } });
    const records = await provider.readRecords(printed.customerId, never);
    expect(records.map(({ accountId }) => accountId))
      .toEqual(simulator.aggregator.accountsOf(printed.customerId).map(({ id }) => id));
    expect(records.find(({ accountId }) => accountId === printed.accountId)).toMatchObject({ statusCode: 0 });
  });

  it("uses the paths it was given", async () => {
    const paths = { refresh: "bank_connect/refresh_customer", accounts: "bank_connect/customer_accounts" };
    const settings = { refreshPath: paths.refresh, accountsPath: paths.accounts };
    const { provider } = await startRig({ simulator: { paths }, settings });
    expect((await provider.readRecords(printed.customerId, never)).length).toBeGreaterThan(0);
    expect(await provider.refresh(customer, never)).toMatchObject({ kind: "answered" });
    const astray = startRig({ settings: { refreshPath: "../../customers/login" } });
    await expect(astray).rejects.toThrow("path under /api/v3");
  });

  it.each([
    ["accepted", "still-running"],
    ["no-content", "still-running"],
    ["request-timeout", "still-running"],
    ["gateway-timeout", "still-running"],
    ["server-error", "still-running"],
    ["server-error-after", "still-running"],
    ["bad-gateway", "still-running"],
    ["server-error-html-after", "still-running"],
    ["empty-body-after", "still-running"],
    ["html-body-after", "still-running"],
    ["reset-before", "still-running"],
    ["reset-after", "still-running"],
    ["truncated-json", "still-running"],
    ["truncated-chunked", "still-running"],
    ["wrong-content-type", "still-running"],
    ["duplicate-keys", "still-running"],
    ["unavailable", "refused"],
    ["too-many-requests", "refused"],
    ["refused-400", "refused"],
    ["refused-403", "refused"],
    ["refused-404", "refused"],
    ["refused-409", "refused"],
    ["refused-422", "refused"],
  ] as const)("posts once at the fault %s and calls it %s", async (kind, expected) => {
    const { provider, simulator } = await startRig();
    simulator.faults.set({ kind, route: "refresh" });
    expect(await provider.refresh(customer, never)).toMatchObject({ kind: expected });
    expect(simulator.refreshPosts()).toBe(1);
  });

  it.each(["documented", "with-details", "status-text", "message-only"] as const)(
    "keeps the words of a refusal in the form %s",
    async (shape) => {
      const { provider, simulator } = await startRig();
      simulator.faults.set({ kind: "refused-422", route: "refresh", shape, message: "customerId is odd" });
      const answer = await provider.refresh(customer, never);
      expect(answer).toMatchObject({ kind: "refused", httpStatus: 422 });
      expect(answer).toMatchObject({ message: expect.stringContaining("customerId is odd") });
    },
  );

  it("is still running when its caller gives up waiting, and the accounts move later", async () => {
    const { provider, simulator } = await startRig();
    const attempt = (): number =>
      simulator.aggregator.account(printed.customerId, printed.accountId)?.aggregationAttemptDateS ?? 0;
    const before = attempt();
    simulator.aggregator.changeLogin(printed.loginId, { refreshS: 4000 });
    const answer = await provider.refresh(customer, AbortSignal.timeout(80));
    expect(answer).toMatchObject({ kind: "still-running", message: expect.stringContaining("did not answer in time") });
    await vi.waitFor(() => expect(attempt()).toBeGreaterThan(before), { timeout: 10_000 });
    expect(simulator.refreshPosts()).toBe(1);
  });

  it.each([
    [true, "325"],
    [false, "AGGREGATION_IN_PROGRESS"],
  ])("finds one that runs already; codes forwarded: %s", async (forwardsCodes, code) => {
    const { provider, simulator } = await startRig({ simulator: { forwardsCodes } });
    simulator.aggregator.startRefresh({ customerId: printed.customerId, neverEnds: true }, () => undefined);
    expect(await provider.refresh(customer, never)).toMatchObject({ kind: "still-running", code });
  });

  it("says that the customer must act where the code says so", async () => {
    const { provider, simulator } = await startRig({ simulator: { forwardsCodes: true } });
    for (const { id } of simulator.aggregator.loginsOf(printed.customerId))
      simulator.aggregator.changeLogin(id, { outcomeCode: 945 });
    expect(await provider.refresh(customer, never)).toMatchObject({ kind: "needs-customer", code: "945" });
    const mfa = await startRig({ settings: { apiBaseUrl: await answering(203, '{"message":"Your first pet?"}') } });
    expect(await mfa.provider.refresh(customer, never)).toMatchObject({ kind: "needs-customer", httpStatus: 203 });
  });

  it("does not follow a redirect and sends nothing to a host that is not there", async () => {
    const moved = await startRig({ settings: { apiBaseUrl: await answering(307, "") } });
    expect(await moved.provider.refresh(customer, never)).toMatchObject({ kind: "refused", httpStatus: 307 });
    const gone = await startRig();
    await gone.simulator.close();
    expect(await gone.provider.refresh(customer, never)).toMatchObject({ kind: "not-sent", reason: "unreachable" });
  });

  it.each([
    ["unavailable", "provider-busy", { retryAfter: 60 }],
    ["server-error", "provider-down", {}],
    ["refused-403", "provider-rejected", {}],
    ["refused-404", "not-found", {}],
    ["html-body", "provider-changed", {}],
    ["duplicate-keys", "provider-changed", {}],
  ] as const)("a read at the fault %s fails as %s", async (kind, code, more) => {
    const { provider, simulator } = await startRig();
    simulator.faults.set({ kind, route: "accounts", times: "always", ...more });
    await expect(provider.readRecords(printed.customerId, never)).rejects.toMatchObject({ code });
  });

  it("refuses another customer's accounts", async () => {
    const body = JSON.stringify([{ id: "1", customerId: "7" }]);
    const { provider } = await startRig({ settings: { apiBaseUrl: await answering(200, body) } });
    await expect(provider.readRecords(printed.customerId, never)).rejects.toMatchObject({ code: "provider-changed" });
  });
});
