import { afterEach, describe, expect, it } from "vitest";
import { openRefreshesRoom, type RefreshesRoom } from "../../support/refreshes-room.ts";
import { startFinicityRig, type FinicityRig } from "../finicity/finicity-rig.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function openAtFinicity(): Promise<RefreshesRoom & { readonly rig: FinicityRig }> {
  const rig = await startFinicityRig();
  endings.push(rig.close);
  const room = await openRefreshesRoom({ wrapProvider: () => rig.provider, connection: { provider: "finicity" } });
  endings.push(room.dispose);
  return { ...room, rig };
}

describe("a refresh at Finicity that ends with an aggregation code in HTTP 500", () => {
  it.each([
    [910, 103, "customer", "103"],
    [910, 905, "provider", "910"],
    [169, 910, "operations", "169"],
  ])("of logins that end with %i and %i is no refusal: %s must act", async (one, two, act, code) => {
    const { rig, ...room } = await openAtFinicity();
    const { aggregator } = rig.simulator;
    const customer = aggregator.customers.find(({ id }) => aggregator.loginsOf(id).length > 1);
    if (customer === undefined) throw new Error("no customer with two logins");
    aggregator.loginsOf(customer.id).forEach(({ id }, at) => {
      const outcomeCode = at === 0 ? one : two;
      aggregator.changeLogin(id, { outcomeCode, question: null, brings: null, loses: null });
    });
    const detail = await room.until(room.ask(customer.id), "failed");
    expect(detail).toMatchObject({ act, code, accounts: detail.accountsMoved });
    expect(detail.accounts).toBeGreaterThan(1);
    const active = detail.results.filter(({ before }) => before?.status === "active");
    expect(new Set(active.map(({ verdict }) => verdict))).toEqual(new Set(["failed"]));
    expect(new Set(active.map(({ after }) => after?.statusCode))).toEqual(new Set([one, two]));
    expect(() => room.ask(customer.id)).toThrow("was refreshed a short while ago");
    expect(rig.simulator.refreshPosts()).toBe(1);
  });

  it("whose records show no newer attempt still keeps the code and who must act", async () => {
    const { rig, ...room } = await openAtFinicity();
    rig.simulator.faults.set({ route: "refresh.customer", kind: "aggregation-code", times: 1, code: 972 });
    const detail = await room.until(room.ask("41442"), "failed");
    expect(detail).toMatchObject({ act: "operations", code: "972", accountsMoved: 0 });
    expect(() => room.ask("41442")).toThrow("was refreshed a short while ago");
  });

  it("is not confused with a refusal: that asks no bank and needs no cool-down", async () => {
    const { rig, ...room } = await openAtFinicity();
    rig.simulator.faults.set({ route: "refresh.customer", kind: "unavailable", times: 1 });
    expect(await room.until(room.ask("41442"), "failed")).toMatchObject({ act: "sender", accountsMoved: 0 });
    expect(() => room.ask("41442")).not.toThrow();
  });
});
