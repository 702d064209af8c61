import { afterEach, describe, expect, it } from "vitest";
import type { AccountId, ChangeDetail, ChangeId } from "@contract";
import type { FaultSpec } from "../../../src/main/training/finzly/index.ts";
import { callBy, openChangesRoom, type ChangesRoom, type RoomOptions } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
let key: readonly [string, string];
let accountId: AccountId;
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

async function open(options: RoomOptions = {}): Promise<void> {
  room = await openChangesRoom(options);
  const [account] = room.simulator.addAccounts(1);
  key = [account?.customerUID ?? "", account?.accountUID ?? ""];
  accountId = await room.account(...key);
}
const under = (kind: FaultSpec["kind"], more: Partial<FaultSpec> = {}): ChangeId => {
  room.simulator.faults.set({ route: "accounts.update", kind, ...more });
  return room.send(accountId, { accountName: "Mine", debitExposureLimit: "500" });
};
const puts = () => room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");
async function settled(id: ChangeId, settlement: ChangeDetail["settlement"]): Promise<ChangeDetail> {
  await expect.poll(() => room.changes.detail(id).settlement, { timeout: 10_000 }).toBe(settlement);
  return room.changes.detail(id);
}

/** Lets what follows an outcome in the same breath be done, so that the window has begun. */
async function turnsOfTheLoop(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((done) => setImmediate(done));
}

describe("an unclear outcome where the account can be read", () => {
  it("rests for its settle window before it is believed absent", async () => {
    await open({ connection: { settleWindowMs: 400 } });
    const id = under("reset-before");
    const unknown = await room.until(id, "outcome-unknown");
    expect(unknown.settlement).toBeUndefined();
    expect(unknown.settleAtMs).toBeGreaterThan(Date.now());
    await settled(id, "not-applied");
    expect(Date.now()).toBeGreaterThanOrEqual(unknown.settleAtMs ?? Number.POSITIVE_INFINITY);
  });

  it("a late application within the window is found: accepted, never sent again", async () => {
    await open({ connection: { settleWindowMs: 500 } });
    const id = under("late-apply", { delayMs: 200 });
    await room.until(id, "accepted");
    expect(room.changes.detail(id).settlement).toBe("applied");
    expect(puts()).toHaveLength(1);
  });

  it("a person who reads too early is told to wait, and the late application is still found", async () => {
    await open({ connection: { settleWindowMs: 700 } });
    const id = under("late-apply", { delayMs: 400 });
    await room.until(id, "outcome-unknown");
    const early = await room.changes.readBack({ id }, callBy());
    expect(early).toMatchObject({ state: "outcome-unknown" });
    expect(early.settlement).toBeUndefined();
    expect(early.message).toMatch(/not there yet/u);
    expect(early.settleAtMs).toBeDefined();
    await room.until(id, "accepted");
    expect(puts()).toHaveLength(1);
  });

  it("a wall clock that jumps ahead does not shorten the window", async () => {
    let skewMs = 0;
    await open({
      connection: { settleWindowMs: 600 },
      clock: { nowMs: () => Date.now() + skewMs, monotonicMs: () => performance.now() },
    });
    const id = under("late-apply", { delayMs: 300 });
    await room.until(id, "outcome-unknown");
    await turnsOfTheLoop(10);
    skewMs = 3_600_000;
    await room.until(id, "accepted");
    expect(room.changes.detail(id).settlement).toBe("applied");
  });

  it("applied after the window: said to be absent, and Send again finds it there and sends nothing", async () => {
    await open({ connection: { settleWindowMs: 0 } });
    const id = under("late-apply", { delayMs: 900 });
    const { revision } = await settled(id, "not-applied");
    await expect.poll(() => puts()[0]?.applied, { timeout: 5000 }).toBe(true);
    room.changes.sendAgain({ id, revision, reason: "It is not there" }, callBy());
    const detail = await room.until(id, "accepted");
    expect(puts()).toHaveLength(1);
    expect(detail.attempts.map(({ outcome }) => outcome)).toEqual(["unknown"]);
    expect(detail.history.some(({ text }) => text.startsWith("Not sent again: the provider already holds"))).toBe(true);
  });

  it("absent: nothing happens by itself, and Send again by a person makes exactly one more request with the same bytes", async () => {
    await open();
    const id = under("reset-before");
    const { revision } = await settled(id, "not-applied");
    expect(puts()).toHaveLength(1);
    room.changes.sendAgain({ id, revision, reason: "It is not there" }, callBy());
    const detail = await room.until(id, "accepted");
    expect(detail.attempts.map(({ outcome }) => outcome)).toEqual(["unknown", "accepted"]);
    expect(puts().map(({ applied }) => applied)).toEqual([false, true]);
    expect(puts()[0]?.bodyText).toBe(puts()[1]?.bodyText);
    const { rows } = await room.audit.page({ subject: `change ${id}`, limit: 50 });
    expect(rows.find(({ action }) => action === "change.send-again")).toMatchObject({
      person: "Ada Marlow",
      summary: "To be sent again by Ada Marlow: It is not there",
    });
  });

  it("changed by somebody else meanwhile: Conflict", async () => {
    await open({ connection: { settleWindowMs: 300 } });
    const id = under("reset-before");
    await room.until(id, "outcome-unknown");
    room.simulator.changeAccount(...key, { accountName: "Theirs" });
    const { conflict, settlement } = await room.until(id, "conflict");
    expect(settlement).toBe("changed-by-someone-else");
    expect(conflict.map(({ field, theirs }) => [field, theirs.value])).toContainEqual(["accountName", "Theirs"]);
    expect(puts()).toHaveLength(1);
  });

  it("changed by somebody else, seen too early by a person: keeps waiting, and a late application is still found", async () => {
    await open({ connection: { settleWindowMs: 900 } });
    const id = under("late-apply", { delayMs: 500 });
    await room.until(id, "outcome-unknown");
    room.simulator.changeAccount(...key, { accountName: "Theirs" });
    const early = await room.changes.readBack({ id }, callBy());
    expect(early).toMatchObject({ state: "outcome-unknown" });
    expect(early.message).toMatch(/neither the old nor the proposed values/u);
    expect(early.settleAtMs).toBeDefined();
    await room.until(id, "accepted");
    expect(puts()).toHaveLength(1);
  });

  it("sent again onto an account that moved: nothing is sent, and it is settled by reading once more", async () => {
    await open({ connection: { settleWindowMs: 300 } });
    const id = under("reset-before");
    const { revision } = await settled(id, "not-applied");
    room.simulator.changeAccount(...key, { accountName: "Theirs" });
    room.changes.sendAgain({ id, revision, reason: "It is not there" }, callBy());
    const detail = await room.until(id, "conflict");
    expect(detail.history.some(({ text }) => text.startsWith("Not sent again. The account moved"))).toBe(true);
    expect(puts()).toHaveLength(1);
  });

  it("when reading fails: stays unknown with the reason, is read again later and settled", async () => {
    await open({ connection: { settleWindowMs: 200 } });
    const id = under("reset-after");
    await room.until(id, "outcome-unknown");
    room.simulator.faults.set({ route: "accounts.get", kind: "unavailable", retryAfter: 60 });
    await expect.poll(() => room.changes.detail(id).message, { timeout: 10_000 }).toMatch(/It will be read again\./u);
    expect(room.changes.detail(id).settleAtMs).toBeGreaterThan(Date.now() + 30_000);
    expect((await room.changes.readBack({ id }, callBy())).state).toBe("accepted");
  });

  it("when the sign-in is refused: the connection says so, and it is settled once a person has put that right", async () => {
    await open({ connection: { settleWindowMs: 200 } });
    const id = under("reset-after");
    await room.until(id, "outcome-unknown");
    room.simulator.faults.set({ route: "token", kind: "unauthorized", times: "always" });
    room.simulator.expireTokens();
    const { id: connectionId } = room.connection;
    await expect.poll(() => room.connections.get(connectionId).state, { timeout: 10_000 }).toBe("sign-in-refused");
    room.simulator.faults.clear();
    await room.connections.test(connectionId, callBy());
    expect((await room.until(id, "accepted")).settlement).toBe("applied");
  });

  it("only fields that no read returns were sent: a person must say what happened", async () => {
    await open();
    room.simulator.faults.set({ route: "accounts.update", kind: "reset-after" });
    const id = room.send(accountId, { secCodes: ["CCD", "PPD", "CTX"], reason: "" });
    const { message } = await settled(id, "cannot-tell");
    expect(message).toMatch(/a person must say what happened/u);
  });

  it("cannot be withdrawn", async () => {
    await open();
    const id = under("reset-before");
    const { revision } = await settled(id, "not-applied");
    expect(() => room.changes.withdraw({ id, revision, reason: "" }, callBy())).toThrow(/cannot be withdrawn/u);
  });
});

describe("an unclear outcome where nothing can be read", () => {
  const blind = { connection: { canRead: false } };

  it.each(["accepted", "refused"] as const)(
    "a person's word that it was %s ends it, under their name",
    async (verdict) => {
      await open(blind);
      const id = under(verdict === "accepted" ? "reset-after" : "reset-before");
      const { revision, message } = await settled(id, "cannot-tell");
      expect(message).toBe("This connection cannot read accounts, so a person must say what happened.");
      const detail = room.changes.settle({ id, revision, verdict, reason: "Finzly's help desk says so" }, callBy());
      expect(detail).toMatchObject({
        state: verdict,
        settlement: `person-${verdict}`,
        message: "Ada Marlow says so: Finzly's help desk says so",
      });
      const known = room.accounts.detail(accountId).known.accountName?.value;
      expect(known).toBe(verdict === "accepted" ? "Mine" : undefined);
      expect(puts()).toHaveLength(1);
    },
  );

  it("reading it back is refused with the reason; Send again makes one more request", async () => {
    await open(blind);
    const id = under("reset-before");
    const { revision } = await settled(id, "cannot-tell");
    await expect(room.changes.readBack({ id }, callBy())).rejects.toThrow(/cannot read accounts/u);
    room.changes.sendAgain({ id, revision, reason: "They never got it" }, callBy());
    await room.until(id, "accepted");
    expect(puts().map(({ applied }) => applied)).toEqual([false, true]);
  });
});
