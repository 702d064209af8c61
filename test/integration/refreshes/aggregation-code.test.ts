import { describe, expect, it } from "vitest";
import { roomsOfEachTest } from "../../support/refreshes-room.ts";

const { open } = roomsOfEachTest();

describe("a refresh at Finicity that ends with an aggregation code in HTTP 500", () => {
  it.each([
    [910, 103, "customer", "103"],
    [910, 905, "provider", "910"],
    [169, 910, "operations", "169"],
  ])("of logins that end with %i and %i is no refusal: %s must act", async (one, two, act, code) => {
    const room = await open({ way: "finicity" });
    const { aggregator } = room.simulator;
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
    expect(room.simulator.refreshPosts()).toBe(1);
  });

  it("whose records show no newer attempt still keeps the code and who must act", async () => {
    const room = await open({ way: "finicity" });
    room.simulator.strike({ kind: "aggregation-code", times: 1, code: 972 });
    const detail = await room.until(room.ask("41442"), "failed");
    expect(detail).toMatchObject({ act: "operations", code: "972", accountsMoved: 0 });
    expect(() => room.ask("41442")).toThrow("was refreshed a short while ago");
  });

  it("is not confused with a refusal: that asks no bank and needs no cool-down", async () => {
    const room = await open({ way: "finicity" });
    room.simulator.strike({ kind: "unavailable", times: 1 });
    expect(await room.until(room.ask("41442"), "failed")).toMatchObject({ act: "sender", accountsMoved: 0 });
    expect(() => room.ask("41442")).not.toThrow();
  });
});
