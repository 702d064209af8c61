import { describe, expect, it, vi } from "vitest";
import { VostroFailure } from "../../../src/main/core/failures.ts";
import type { Store } from "../../../src/main/database/sql.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { refreshWays, trainingToken } from "../../support/refreshes-provider.ts";
import {
  callByAda,
  otherConnection,
  printed,
  roomsOfEachTest,
  signzyConnection,
  turnableClock,
  type RefreshesRoom,
  type RefreshesRoomOptions,
} from "../../support/refreshes-room.ts";

const rooms = roomsOfEachTest();

describe.each(refreshWays)("a refresh (%s)", (way) => {
  const open = (options: RefreshesRoomOptions = {}) => rooms.open({ way, ...options });

  it("is one POST, and shows per account what changed", async () => {
    const { ask, until, simulator } = await open();
    const detail = await until(ask(), "succeeded");
    const result = detail.results.find(({ accountId }) => accountId === printed.accountId);
    expect(result).toMatchObject({ verdict: "succeeded", before: { balance: "401.26", last4: "5678" } });
    const stored = simulator.aggregator.account(printed.customerId, printed.accountId);
    expect(result?.after?.balance).toBe(((stored?.balanceMinor ?? 0) / 100).toFixed(2));
    const sent = way === "signzy" ? "Sent to Signzy" : "Sent to Finicity";
    expect(detail.events.map(({ title }) => title))
      .toEqual(["Refresh asked for", sent, "Answered", "Newer attempt date seen", "Succeeded"]);
    expect(detail).toMatchObject({ reason: "Customer on the phone", act: "nobody", needsAttention: false });
    expect(simulator.refreshPosts()).toBe(1);
  });

  it("is committed before its first byte, and not sent when the disk does not take it", async () => {
    const seen: string[] = [];
    const room: RefreshesRoom = await open({
      wrapProvider: (provider) => ({
        ...provider,
        refresh: (wish, signal) => {
          seen.push(room.service.page({ view: "all", limit: 1 }).rows[0]?.state ?? "none");
          return provider.refresh(wish, signal);
        },
      }),
    });
    await room.until(room.ask(), "succeeded");
    expect(seen).toEqual(["sent"]);
    let full: boolean | undefined;
    const wrapStore = (store: Store): Store => ({
      ...store,
      transaction: (work) => {
        if (full !== true) return store.transaction(work);
        throw new VostroFailure("storage-failed", "The disk is full.");
      },
    });
    const second: RefreshesRoom = await open({
      wrapStore,
      wrapProvider: (provider) => ({
        ...provider,
        readRecords: async (...given) => {
          const records = await provider.readRecords(...given);
          full ??= true;
          return records;
        },
      }),
    });
    const id = second.ask();
    await vi.waitFor(() => expect(second.logged.join()).toContain("Sending refreshes stopped"), { timeout: 15_000 });
    expect(second.simulator.refreshPosts()).toBe(0);
    full = false;
    await second.until(id, "succeeded");
    expect(second.simulator.refreshPosts()).toBe(1);
  });

  it("of one customer is asked for once, however often and through whichever connection somebody clicks", async () => {
    const room = await open();
    room.simulator.strike({ kind: "latency", delayMs: 200 });
    const id = room.ask();
    expect(() => room.ask()).toThrow("is being refreshed already (R-0001");
    expect(() => room.ask(printed.customerId, otherConnection)).toThrow("is being refreshed already");
    await room.until(id, "succeeded");
    expect(room.simulator.refreshPosts()).toBe(1);
  });
});

describe("a refresh", () => {
  const { open } = rooms;

  it("hands its records over as of before they were asked for, so that nothing newer is overwritten", async () => {
    const steps: string[] = [];
    const told = <T>(step: string, value: T): T => {
      steps.push(step);
      return value;
    };
    const room = await open({
      beginRead: () => told("begin", (records) => void told(`keep ${records.length > 0}`, records)),
      wrapProvider: (provider) => ({
        ...provider,
        refresh: (...given) => told("refresh", provider.refresh(...given)),
        readRecords: (...given) => told("read", provider.readRecords(...given)),
      }),
    });
    await room.until(room.ask(), "succeeded");
    await vi.waitFor(() => expect(steps.at(-1)).toBe("keep true"), { timeout: 15_000 });
    expect(steps).toEqual(["read", "begin", "refresh", "keep true", "begin", "read", "keep true"]);
  });

  it("needs a reason and somebody who asks", async () => {
    const { service, simulator } = await open();
    const input = { connectionId: signzyConnection, customers: [{ customerId: printed.customerId }], reason: "x" };
    expect(() => service.ask(input, { person: undefined, correlationId: "c" })).toThrow("Sign in");
    expect(simulator.refreshPosts()).toBe(0);
  });

  it("of many customers needs their number, and they go one after another", async () => {
    let [open_, most] = [0, 0];
    const room = await open({
      wrapProvider: (provider) => ({
        ...provider,
        refresh: async (wish, signal) => {
          most = Math.max(most, (open_ += 1));
          const answer = await provider.refresh(wish, signal);
          open_ -= 1;
          return answer;
        },
      }),
    });
    const customers = room.simulator.aggregator.customers.slice(0, 6).map(({ id }) => ({ customerId: id }));
    const input = { connectionId: signzyConnection, customers, reason: "Month end" };
    expect(() => room.service.ask(input, callByAda())).toThrow("Confirm that 6 customers");
    expect(() => room.service.ask({ ...input, confirmed: 5 }, callByAda())).toThrow("Confirm that 6 customers");
    const { started } = room.service.ask({ ...input, confirmed: 6 }, callByAda());
    for (const { id } of started) await room.until(id, "succeeded", "partly-succeeded", "failed");
    expect([started.length, most]).toEqual([6, 1]);
    expect(customers.map(({ customerId }) => room.simulator.refreshPosts(customerId))).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("that waits for its turn can be taken back, and is not sent then", async () => {
    const room = await open();
    room.simulator.strike({ kind: "latency", delayMs: 300 });
    const first = room.ask();
    const second = room.ask("41442");
    expect(room.service.callOff(second, callByAda())).toMatchObject({ state: "failed", needsAttention: false });
    await room.until(first, "succeeded");
    expect(room.simulator.refreshPosts("41442")).toBe(0);
    expect(() => room.service.callOff(first, callByAda())).toThrow("This refresh is now: Succeeded");
  });

  it("that finds its customer in the way says who must act, with the code, until somebody has done it", async () => {
    const room = await open({ signzy: { forwardsCodes: true } });
    for (const { id } of room.simulator.aggregator.loginsOf(printed.customerId))
      room.simulator.aggregator.changeLogin(id, { outcomeCode: 945 });
    const detail = await room.until(room.ask(), "failed");
    expect(detail).toMatchObject({ act: "customer", code: "945", needsAttention: true });
    expect(detail.message).toContain("The customer must act");
    expect(room.service.attention()).toBe(1);
    expect(room.service.markDone(detail.id, callByAda()).needsAttention).toBe(false);
    expect(room.service.attention()).toBe(0);
  });

  it("that is refused or cannot leave refreshes nothing and needs no cool-down", async () => {
    const room = await open();
    room.simulator.strike({ kind: "refused-403" });
    expect(await room.until(room.ask(), "failed")).toMatchObject({ act: "sender" });
    room.simulator.strike({ kind: "server-error", on: "accounts", times: 10 });
    const unread = await room.until(room.ask(), "failed");
    expect(unread.message).toContain("could not be read first");
    expect(room.simulator.refreshPosts()).toBe(1);
    room.simulator.calm();
    await room.until(room.ask(), "succeeded");
  });

  it("finds new accounts and accounts that are gone", async () => {
    const room = await open();
    const { aggregator } = room.simulator;
    const customer = aggregator.customers.find(({ id }) => aggregator.loginsOf(id).some(({ brings }) => brings !== null));
    const losing = aggregator.customers.find(({ id }) => aggregator.loginsOf(id).some(({ loses }) => loses !== null));
    for (const [who, verdict] of [[customer, "new"], [losing, "gone"]] as const) {
      if (who === undefined) throw new Error(`no customer whose refresh shows a ${verdict} account`);
      for (const { id } of aggregator.loginsOf(who.id)) aggregator.changeLogin(id, { outcomeCode: 0 });
      const detail = await room.until(room.ask(who.id), "succeeded", "partly-succeeded");
      expect(detail.results.map((result) => result.verdict)).toContain(verdict);
    }
  });

  it("is found in the audit trail by its customer and account, while a reason's account number is masked", async () => {
    const room = await open();
    const customers = [{ customerId: printed.customerId }];
    const input = { connectionId: signzyConnection, customers, reason: "Asked about 440012345632765" };
    const [row] = room.service.ask(input, callByAda()).started;
    if (row === undefined) throw new Error("Nothing was started");
    await room.until(row.id, "succeeded");
    room.service.messageToCopy({ id: row.id, accountId: printed.accountId }, callByAda());
    const { rows } = await room.audit.page({ subject: `refresh ${row.id}`, limit: 50 });
    const summaries = (action: string) => rows.filter((one) => one.action === action).map(({ summary }) => summary);
    for (const action of ["refresh.clicked", "refresh.send", "refresh.answer", "refresh.succeed"])
      expect(summaries(action)).toEqual([expect.stringContaining(`customer ${printed.customerId}`)]);
    expect(summaries("refresh.message-copied")).toEqual([expect.stringContaining(`account ${printed.accountId}`)]);
    expect(JSON.stringify(rows)).not.toMatch(/440012345632765|••••8884/u);
  });

  it("leaves nothing of a token in file, audit trail or log, and no full account number of its own", async () => {
    const room = await open();
    await room.until(room.ask(), "succeeded");
    const tables = room.file.store.read.all<{ name: string }>(
      sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%search%'`,
    );
    const rowsOf = (name: string) => room.file.store.read.all({ text: `SELECT * FROM ${name}`, values: [] });
    const kept = tables.map(({ name }) => JSON.stringify(rowsOf(name)));
    const all = [...kept, ...room.logged].join("\n");
    expect(all).toContain("refresh.send");
    expect(all).not.toContain(trainingToken);
    expect(all).not.toContain("2000004444");
  });
});

describe.each(refreshWays)("the cool-down of a customer (%s)", (way) => {
  const open = (options: RefreshesRoomOptions = {}) => rooms.open({ way, ...options });
  const passes = 15 * 60_000;

  it("says when it ends, holds through a restart, and is not shortened by turning the clock back", async () => {
    const clock = turnableClock();
    const first = await open({ clock });
    await first.until(first.ask(), "succeeded");
    const refused: unknown = await Promise.resolve()
      .then(() => first.ask())
      .catch((error: unknown) => error);
    if (!(refused instanceof VostroFailure)) throw new Error("The second refresh was taken");
    expect(refused).toMatchObject({ code: "conflict", message: expect.stringContaining("again in 15 minutes") });
    expect(refused.details.retryAfterMs).toBeGreaterThan(passes - 10_000);
    clock.turn(-86_400_000);
    const again = await open({ file: first.file, simulator: first.simulator, clock });
    expect(() => again.ask()).toThrow("was refreshed a short while ago");
    const { obstacles } = again.service.offer({ connectionId: signzyConnection, customers: [printed.customerId, "41442"] });
    expect(obstacles.map(({ customerId }) => customerId)).toEqual([printed.customerId]);
    const leftMs = (obstacles[0]?.retryAtMs ?? 0) - clock.nowMs();
    expect(leftMs).toBeGreaterThan(passes - 20_000);
    expect(leftMs).toBeLessThanOrEqual(passes);
    clock.pass(passes - 60_000);
    expect(() => again.ask()).toThrow("again in a minute");
    clock.pass(61_000);
    await again.until(again.ask(), "succeeded");
  });
});
