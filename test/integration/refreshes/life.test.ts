import { afterEach, describe, expect, it, vi } from "vitest";
import { VostroFailure } from "../../../src/main/core/failures.ts";
import type { Store } from "../../../src/main/database/sql.ts";
import { sql } from "../../../src/main/database/sql.ts";
import type { AggregatorProvider } from "../../../src/main/providers/aggregator.ts";
import {
  callByAda,
  openRefreshesRoom,
  otherConnection,
  printed,
  signzyConnection,
  trainingToken,
  turnableClock,
  type RefreshesRoom,
  type RefreshesRoomOptions,
} from "../../support/refreshes-room.ts";

const rooms: RefreshesRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0).toReversed()) await room.dispose();
});

async function open(options?: RefreshesRoomOptions): Promise<RefreshesRoom> {
  const room = await openRefreshesRoom(options);
  rooms.push(room);
  return room;
}

const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("closed")), { once: true });
  });

/** A provider whose refresh posts and then never says what came of it, as if the app were killed meanwhile. */
function muteAfterPosting(provider: AggregatorProvider): AggregatorProvider {
  return {
    ...provider,
    refresh: (wish, signal) => {
      void provider.refresh(wish, signal);
      return endless(signal);
    },
  };
}

describe("a refresh", () => {
  it("is one POST, and shows per account what changed", async () => {
    const { ask, until, simulator } = await open();
    const detail = await until(ask(), "succeeded");
    const result = detail.results.find(({ accountId }) => accountId === printed.accountId);
    expect(result).toMatchObject({ verdict: "succeeded", before: { balance: "401.26", last4: "5678" } });
    const stored = simulator.aggregator.account(printed.customerId, printed.accountId);
    expect(result?.after?.balance).toBe(((stored?.balanceMinor ?? 0) / 100).toFixed(2));
    expect(detail.events.map(({ title }) => title))
      .toEqual(["Refresh asked for", "Sent to Signzy", "Answered", "Newer attempt date seen", "Succeeded"]);
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
    room.simulator.faults.set({ kind: "latency", route: "refresh", delayMs: 200 });
    const id = room.ask();
    expect(() => room.ask()).toThrow("is being refreshed already (R-0001");
    expect(() => room.ask(printed.customerId, otherConnection)).toThrow("is being refreshed already");
    await room.until(id, "succeeded");
    expect(room.simulator.refreshPosts()).toBe(1);
  });

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
    room.simulator.faults.set({ kind: "latency", route: "refresh", delayMs: 300 });
    const first = room.ask();
    const second = room.ask("41442");
    expect(room.service.callOff(second, callByAda())).toMatchObject({ state: "failed", needsAttention: false });
    await room.until(first, "succeeded");
    expect(room.simulator.refreshPosts("41442")).toBe(0);
    expect(() => room.service.callOff(first, callByAda())).toThrow("This refresh is now: Succeeded");
  });

  it("that finds its customer in the way says who must act, with the code, until somebody has done it", async () => {
    const room = await open({ simulator: { forwardsCodes: true } });
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
    room.simulator.faults.set({ kind: "refused-403", route: "refresh" });
    expect(await room.until(room.ask(), "failed")).toMatchObject({ act: "sender" });
    room.simulator.faults.set({ kind: "server-error", route: "accounts", times: 10 });
    const unread = await room.until(room.ask(), "failed");
    expect(unread.message).toContain("could not be read first");
    expect(room.simulator.refreshPosts()).toBe(1);
    room.simulator.faults.clear();
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

describe("a refresh that outlives its request", () => {
  it("is watched by reading after its time-out until the attempt date moves, and tells of its end", async () => {
    const room = await open({ connection: { refreshTimeoutMs: 60 } });
    room.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 6000 });
    const id = room.ask();
    const running = await room.until(id, "still-running");
    expect(running.events.at(-1)).toMatchObject({ title: "No answer in 0.1 s" });
    const ended = await room.until(id, "succeeded");
    expect(ended.seenAtMs).toBeGreaterThanOrEqual(ended.answeredAtMs ?? 0);
    expect(room.simulator.refreshPosts()).toBe(1);
    expect(room.notices).toEqual([{ id, title: "Refresh R-0001: Succeeded", body: "Open Vostro to see what came of it." }]);
  });

  it("is resumed by watching, not posting, after the app was killed in the middle", async () => {
    const first = await open({ wrapProvider: muteAfterPosting });
    first.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 5000 });
    const id = first.ask();
    await vi.waitFor(() => expect(first.simulator.aggregator.running().length).toBeGreaterThan(0), { timeout: 15_000 });
    const again = await open({ file: first.file, simulator: first.simulator });
    expect(again.service.detail(id)).toMatchObject({ state: "still-running" });
    await again.until(id, "succeeded");
    expect(first.simulator.refreshPosts()).toBe(1);
  });

  it("that had not left when the app ended is not sent afterwards", async () => {
    const first = await open({
      wrapProvider: (provider) => ({ ...provider, readRecords: (_id, signal) => endless(signal) }),
    });
    const id = first.ask();
    const again = await open({ file: first.file, simulator: first.simulator });
    expect(again.service.detail(id)).toMatchObject({ state: "failed", act: "sender" });
    expect(again.service.detail(id).message).toContain("Vostro ended before this was sent");
    expect(first.simulator.refreshPosts()).toBe(0);
  });

  it("is left running at the provider when the workspace closes, and taken up when it opens", async () => {
    const first = await open();
    first.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 5000 });
    const id = first.ask();
    await vi.waitFor(() => expect(first.simulator.aggregator.running().length).toBeGreaterThan(0), { timeout: 15_000 });
    await first.service.stop();
    expect(first.service.detail(id).state).toBe("still-running");
    const again = await open({ file: first.file, simulator: first.simulator });
    await again.until(id, "succeeded");
    expect(first.simulator.refreshPosts()).toBe(1);
  });

  it("is given up after its time with what is known, and can be read once more later", async () => {
    const room = await open({ connection: { refreshTimeoutMs: 50, refreshGiveUpMs: 200 } });
    room.simulator.faults.set({ kind: "never-ends", route: "refresh" });
    const id = room.ask();
    const given = await room.until(id, "given-up");
    expect(given.message).toContain("have a newer attempt date");
    expect(given).toMatchObject({ needsAttention: true });
    for (const { id: loginId } of room.simulator.aggregator.loginsOf(printed.customerId)) {
      room.simulator.aggregator.endLost(loginId);
      room.simulator.aggregator.changeLogin(loginId, { refreshS: 0 });
    }
    await new Promise<void>((resolve) => {
      room.simulator.aggregator.startRefresh({ customerId: printed.customerId }, () => resolve());
    });
    expect(await room.service.look(id, callByAda())).toMatchObject({ state: "succeeded" });
    expect(room.simulator.refreshPosts()).toBe(1);
  });

  it("is neither given up nor posted again when the clock is turned or the computer is offline", async () => {
    const clock = turnableClock();
    let online = true;
    const connection = { refreshTimeoutMs: 50, refreshGiveUpMs: 60_000 };
    const room = await open({ clock, online: () => online, connection });
    room.simulator.aggregator.changeLogin(printed.loginId, { refreshS: 8000 });
    const id = room.ask();
    await room.until(id, "still-running");
    clock.turn(86_400_000);
    online = false;
    clock.pass(3_600_000);
    await vi.waitFor(() => expect(room.simulator.aggregator.running()).toEqual([]), { timeout: 15_000 });
    expect(room.service.detail(id).state).toBe("still-running");
    online = true;
    room.service.resume();
    clock.turn(-2 * 86_400_000);
    await room.until(id, "succeeded");
    expect(room.simulator.refreshPosts()).toBe(1);
  });

  it.each(["is offline", "sleeps"])("is not watched while the computer %s, nor given up for that", async (what) => {
    const clock = turnableClock();
    let [online, fails, reads] = [true, false, 0];
    const room = await open({
      clock,
      online: () => online,
      connection: { refreshTimeoutMs: 50, refreshGiveUpMs: 300_000 },
      wrapProvider: (provider) => ({
        ...provider,
        readRecords: async (...given) => {
          reads += 1;
          if (!fails) return provider.readRecords(...given);
          fails = false;
          throw new VostroFailure("offline", "No network yet.", { retryable: true });
        },
      }),
    });
    room.simulator.faults.set({ kind: "never-ends", route: "refresh" });
    const id = room.ask();
    await room.until(id, "still-running");
    for (let gap = 0; gap < 3; gap += 1) {
      fails = true;
      online = what === "sleeps";
      clock.pass(3_600_000);
      const before = reads;
      online = true;
      room.service.resume();
      await vi.waitFor(() => expect(reads).toBeGreaterThan(before + 2), { timeout: 15_000 });
      expect(room.service.detail(id).state).toBe("still-running");
    }
    for (const { id: loginId } of room.simulator.aggregator.loginsOf(printed.customerId)) {
      room.simulator.aggregator.endLost(loginId);
      room.simulator.aggregator.changeLogin(loginId, { refreshS: 0 });
    }
    room.simulator.aggregator.startRefresh({ customerId: printed.customerId }, () => undefined);
    await room.until(id, "succeeded");
  });

  it("is not given up by a look during which the computer slept and that failed", async () => {
    const clock = turnableClock();
    let reads = 0;
    const room = await open({
      clock,
      connection: { refreshTimeoutMs: 50, refreshGiveUpMs: 20_000 },
      wrapProvider: (provider) => ({
        ...provider,
        readRecords: async (...given) => {
          reads += 1;
          if (reads !== 4) return provider.readRecords(...given);
          clock.pass(3_600_000);
          throw new VostroFailure("offline", "No network yet.", { retryable: true });
        },
      }),
    });
    room.simulator.faults.set({ kind: "never-ends", route: "refresh" });
    const given = await room.until(room.ask(), "given-up");
    expect(reads).toBeGreaterThan(4);
    expect(given.message).not.toContain("No network yet");
  });

  it("meets one that runs already: no second one, its end is seen", async () => {
    const room = await open({ simulator: { forwardsCodes: true } });
    for (const login of room.simulator.aggregator.loginsOf(printed.customerId))
      room.simulator.aggregator.changeLogin(login.id, { refreshS: 3000 });
    room.simulator.aggregator.startRefresh({ customerId: printed.customerId }, () => undefined);
    const detail = await room.until(room.ask(), "succeeded");
    expect(detail.events.map(({ title }) => title)).toContain("Still running at the provider");
    expect(room.simulator.refreshPosts()).toBe(1);
  });
});

describe("the cool-down of a customer", () => {
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
