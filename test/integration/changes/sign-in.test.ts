import { afterEach, describe, expect, it } from "vitest";
import type { ChangeId } from "@contract";
import type { LedgerEntry } from "../../../src/main/training/finzly/index.ts";
import { callBy, openChangesRoom, type ChangesRoom, type RoomOptions } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

async function open(count: number, options: RoomOptions = {}): Promise<readonly number[]> {
  room = await openChangesRoom({ ...options, connection: { canRead: false, ...options.connection } });
  const accounts = room.simulator.addAccounts(count);
  return await Promise.all(accounts.map(({ customerUID, accountUID }) => room.account(customerUID, accountUID)));
}
const sendTo = (accountId: number, name = "Renamed"): ChangeId =>
  room.send(accountId as Parameters<ChangesRoom["send"]>[0], { accountName: name });
const requests = (route: LedgerEntry["route"]): readonly LedgerEntry[] =>
  room.simulator.ledger.entries().filter((entry) => entry.route === route);
const quietlyWaiting = (id: ChangeId) =>
  expect.poll(() => room.changes.detail(id).message, { timeout: 15_000 }).toBeDefined();

describe("when the token ends in the middle of a run", () => {
  it("fetches a fresh one, sends what was turned away once more, and applies everything once", async () => {
    const ids = await open(40, { connection: { concurrency: 8 } });
    const stopWatching = room.simulator.onApplied(() => {
      if (requests("accounts.update").filter(({ applied }) => applied).length === 10) room.simulator.expireTokens();
    });
    const changes = ids.map((id) => sendTo(id));
    for (const id of changes) {
      const { attempts } = await room.until(id, "accepted");
      expect(["accepted", "not-sent,accepted"]).toContain(attempts.map(({ outcome }) => outcome).join(","));
    }
    stopWatching();
    expect(requests("accounts.update").filter(({ applied }) => applied)).toHaveLength(40);
    expect(requests("accounts.update").some(({ status }) => status === 401)).toBe(true);
    expect(requests("token")).toHaveLength(2);
  });

  it("fetches the next one before the old one ends, so that no request is turned away", async () => {
    let skewMs = 0;
    const nowMs = (): number => Date.now() + skewMs;
    const [first, second] = await open(2, {
      simulator: { nowMs, tokenLifetimeS: 600 },
      clock: { nowMs, monotonicMs: () => performance.now() + skewMs },
    });
    await room.until(sendTo(first ?? 0), "accepted");
    skewMs += 575_000;
    await room.until(sendTo(second ?? 0), "accepted");
    expect(requests("token")).toHaveLength(2);
    expect(requests("accounts.update").map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe("when a fresh sign-in does not help", () => {
  it("stops the connection, tells the person and sends nothing more until the sign-in is replaced", async () => {
    const [first, second] = await open(2, { connection: { concurrency: 1 } });
    const fault = room.simulator.faults.set({ route: "accounts.update", kind: "unauthorized", times: "always" });
    const changes = [sendTo(first ?? 0), sendTo(second ?? 0)] as const;
    await quietlyWaiting(changes[0]);
    await expect
      .poll(() => room.connections.get(room.connection.id).state, { timeout: 10_000 })
      .toBe("sign-in-refused");
    expect(room.changes.detail(changes[0])).toMatchObject({
      state: "approved",
      message: "Finzly did not accept our sign-in.",
    });
    expect(requests("accounts.update").map(({ status, applied }) => [status, applied])).toEqual([
      [401, false],
      [401, false],
    ]);
    room.simulator.faults.clear(fault.id);
    const {
      id,
      name,
      environment,
      apiBaseUrl,
      tokenUrl,
      clientAuth,
      canRead,
      concurrency,
      requestsPerSecond,
      connectTimeoutMs,
      headersTimeoutMs,
      bodyTimeoutMs,
      settleWindowMs,
      busyRetries,
    } = room.connection;
    room.connections.save(
      {
        id,
        provider: "finzly",
        name,
        environment,
        apiBaseUrl,
        tokenUrl,
        clientAuth,
        canRead,
        concurrency,
        requestsPerSecond,
        connectTimeoutMs,
        headersTimeoutMs,
        bodyTimeoutMs,
        settleWindowMs,
        busyRetries,
        clientId: "training-client",
        clientSecret: "training-secret",
      },
      callBy(),
    );
    for (const change of changes) await room.until(change, "accepted");
    expect(requests("accounts.update").filter(({ applied }) => applied)).toHaveLength(2);
  });

  it("sends nothing with a secret the provider does not know", async () => {
    const [first] = await open(1, { simulator: { clientSecret: "another-secret" } });
    const change = sendTo(first ?? 0);
    await expect
      .poll(() => room.connections.get(room.connection.id).state, { timeout: 10_000 })
      .toBe("sign-in-refused");
    const detail = room.changes.detail(change);
    expect(detail).toMatchObject({ state: "approved", attempts: [] });
    expect(detail.message).toMatch(/did not accept our sign-in \(401\)\. Nothing was sent\./u);
    expect(requests("accounts.update")).toEqual([]);
  });
});

describe("when renewing the sign-in fails", () => {
  it.each([1, 2])("%i times: the change waits and then goes, with one request", async (times) => {
    const [first] = await open(1);
    room.simulator.faults.set({ route: "token", kind: "unavailable", retryAfter: 0, times });
    const { attempts } = await room.until(sendTo(first ?? 0), "accepted");
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["accepted"]);
    expect(requests("token")).toHaveLength(times + 1);
  });

  it("once without an answer: the change waits and then goes", async () => {
    const [first] = await open(1);
    room.simulator.faults.set({ route: "token", kind: "reset-before", times: 1 });
    await room.until(sendTo(first ?? 0), "accepted");
    expect(requests("accounts.update")).toHaveLength(1);
  });

  it("always: the change is held with the reason, goes when a person asks again, and nothing was sent meanwhile", async () => {
    const [first] = await open(1);
    const fault = room.simulator.faults.set({ route: "token", kind: "unavailable", retryAfter: 0, times: "always" });
    const change = sendTo(first ?? 0);
    await expect.poll(() => room.changes.counts(room.store.read).attention, { timeout: 10_000 }).toBe(1);
    const held = room.changes.detail(change);
    expect(held).toMatchObject({
      state: "approved",
      attempts: [],
      message: "Finzly's sign-in is busy (503). Nothing was sent.",
    });
    expect(requests("accounts.update")).toEqual([]);
    expect(requests("token")).toHaveLength(3);
    room.simulator.faults.clear(fault.id);
    room.changes.send({ id: change, revision: held.revision }, callBy());
    await room.until(change, "accepted");
  });
});
