import { afterEach, describe, expect, it } from "vitest";
import type { AccountId } from "../../../src/preload/contract/index.ts";
import { callByAda, openRefreshesRoom, otherConnection, printed, signzyConnection } from "../../support/refreshes-room.ts";
import { quietConnection, readAccount, startBench, type Bench } from "../accounts/account-bench.ts";
import { absorb, record, signzyConnection as saveSignzy } from "../aggregated/aggregated-bench.ts";

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

/** Refreshes over a file that knows accounts: two aggregator connections and one to Finzly. */
async function rooms(): Promise<{ bench: Bench; service: Awaited<ReturnType<typeof openRefreshesRoom>>["service"] }> {
  const bench = startBench();
  closings.push(async () => bench.close());
  expect([saveSignzy(bench), saveSignzy(bench, "Second")]).toEqual([signzyConnection, otherConnection]);
  const room = await openRefreshesRoom({ file: bench.file });
  closings.push(room.dispose);
  return { bench, service: room.service };
}

describe("a selection of accounts", () => {
  it("becomes its customers, one line each, by connection; accounts without a refresh are counted", async () => {
    const { bench, service } = await rooms();
    const finzly = quietConnection(bench);
    const ids = [
      absorb(bench, signzyConnection, record("1")),
      absorb(bench, signzyConnection, record("2")),
      absorb(bench, signzyConnection, record("3", { customerId: "7001" })),
      absorb(bench, otherConnection, record("4")),
      bench.file.store.transaction((writer) => bench.accounts.absorbRead(writer, finzly, readAccount("5"), 1).id),
    ];
    absorb(bench, signzyConnection, record("6", { customerId: "9999" }));
    const found = service.customersOf({ accountIds: [...ids, ...ids] });
    expect(found.withoutRefresh).toBe(1);
    expect(
      found.groups.map(({ connectionId, customers, total }) => [
        connectionId, total, customers.map(({ customerId, accounts }) => [customerId, accounts]),
      ]),
    ).toEqual([
      [signzyConnection, 2, [["41442", 2], ["7001", 1]]],
      [otherConnection, 1, [["41442", 1]]],
    ]);
  });

  it("says how many customers there are when they are more than may be refreshed at once", async () => {
    const { bench, service } = await rooms();
    const accountIds: AccountId[] = [];
    for (let n = 0; n < 101; n += 1) accountIds.push(absorb(bench, signzyConnection, record("1", { customerId: `c${n}` })));
    const [group] = service.customersOf({ accountIds }).groups;
    expect([group?.total, group?.customers.length]).toEqual([101, 100]);
  });
});

describe("one sign-in at a bank", () => {
  it("is offered with its accounts where the provider refreshes sign-ins, for one customer alone", async () => {
    const { bench, service } = await rooms();
    absorb(bench, otherConnection, record("1", { name: "Checking" }));
    absorb(bench, otherConnection, record("2", { name: "Savings" }));
    absorb(bench, otherConnection, record("3", { institutionId: "102105", institutionLoginId: "5555", name: "Card" }));
    absorb(bench, signzyConnection, record("4"));
    const offered = (connectionId: typeof signzyConnection, ...customers: string[]) =>
      service.offer({ connectionId, customers }).logins;
    expect(offered(otherConnection, "41442")).toEqual([
      { institutionLoginId: "5555", institutionId: "102105", accounts: 1, accountNames: ["Card"] },
      { institutionLoginId: "9764", institutionId: "101732", accounts: 2, accountNames: ["Checking", "Savings"] },
    ]);
    expect(offered(otherConnection, "41442", "7001")).toEqual([]);
    expect(offered(signzyConnection, "41442")).toEqual([]);
  });

  it("is refused where the provider refreshes whole customers only, and nothing is sent", async () => {
    const room = await openRefreshesRoom();
    closings.push(room.dispose);
    const customers = [{ customerId: printed.customerId, institutionLoginId: printed.loginId }];
    const input = { connectionId: signzyConnection, customers, reason: "Customer on the phone" };
    expect(() => room.service.ask(input, callByAda())).toThrow("Signzy refreshes whole customers");
    expect(room.service.page({ view: "all", limit: 1 }).rows).toEqual([]);
    expect(room.simulator.refreshPosts()).toBe(0);
  });
});

describe("refreshes that wait for their turn", () => {
  it("are taken back together; the one that left goes on, and the others can be asked for at once", async () => {
    const room = await openRefreshesRoom();
    closings.push(room.dispose);
    const others = room.simulator.aggregator.customers.map(({ id }) => id).filter((id) => id !== printed.customerId);
    const customers = [printed.customerId, ...others.slice(0, 3)].map((customerId) => ({ customerId }));
    const input = { connectionId: signzyConnection, customers, reason: "Wire cut-off", confirmed: 4 };
    const [first, ...waiting] = room.service.ask(input, callByAda()).started;
    const { count } = room.service.callOffWaiting(callByAda());
    for (const { id } of waiting) expect(room.service.detail(id).events.at(-1)?.title).toBe("Taken back");
    expect(count).toBeGreaterThanOrEqual(waiting.length);
    const again = room.service.offer({ connectionId: signzyConnection, customers: others.slice(0, 3) });
    expect(again.obstacles).toEqual([]);
    if (first !== undefined && count === waiting.length) await room.until(first.id, "succeeded");
    expect(room.simulator.refreshPosts()).toBe(4 - count);
  });
});

describe("what is copied of a refresh", () => {
  it("is the next step of an account without an identifier of the provider, or the provider's message; both are audited", async () => {
    const room = await openRefreshesRoom();
    closings.push(room.dispose);
    room.simulator.aggregator.changeLogin(printed.loginId, { outcomeCode: 103, refreshS: 0 });
    const id = room.ask();
    const ended = await room.until(id, "failed", "partly-succeeded");
    const step = room.service.messageToCopy({ id, accountId: printed.accountId }, callByAda());
    expect(step).toContain("the account ending in 5678");
    expect(step).not.toMatch(new RegExp(`${printed.customerId}|${printed.accountId}|${printed.loginId}`, "u"));
    const message = room.service.messageToCopy({ id }, callByAda());
    expect(message).toContain(ended.message);
    expect(message).toContain("R-0001");
    expect(() => room.service.messageToCopy({ id, accountId: "1" }, callByAda())).toThrow("no such account");
    const trail = await room.audit.page({ limit: 50 });
    const copied = trail.rows.filter(({ action }) => action === "refresh.message-copied");
    expect(copied).toHaveLength(2);
  });
});
