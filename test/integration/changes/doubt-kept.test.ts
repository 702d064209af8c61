import { afterEach, describe, expect, it } from "vitest";
import type { AccountId, ChangeDetail, ChangeId } from "@contract";
import { callBy, openChangesRoom, type ChangesRoom, type RoomOptions } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";
import { asFinzly } from "../../support/as-finzly.ts";

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
const puts = () => room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");

async function unclear(): Promise<ChangeDetail> {
  room.simulator.faults.set({ route: "accounts.update", kind: "reset-before" });
  const id = room.send(accountId, { accountName: "Mine", debitExposureLimit: "500" });
  await expect.poll(() => room.changes.detail(id).settlement, { timeout: 10_000 }).toBeDefined();
  return room.changes.detail(id);
}
const sendAgain = ({ id, revision }: ChangeDetail): ChangeDetail =>
  room.changes.sendAgain({ id, revision, reason: "It is not there" }, callBy());
const reads = (id: ChangeId): string[] => room.changes.detail(id).history.map(({ text }) => text);

describe("a change that is to be sent again after an unclear outcome", () => {
  it("taken back before it leaves, is of unknown outcome as before, never Withdrawn, and is settled anew", async () => {
    let online = true;
    await open({ online: () => online });
    const before = await unclear();
    online = false;
    const { id, revision } = sendAgain(before);
    const after = room.changes.withdraw({ id, revision, reason: "Not yet" }, callBy());
    expect(after.state).toBe("outcome-unknown");
    expect(after.message).toBe("It is not sent again. Whether the request before was applied is still unknown.");
    online = true;
    room.changes.resume();
    await expect.poll(() => room.changes.detail(id).settlement, { timeout: 10_000 }).toBe("not-applied");
    expect(puts()).toHaveLength(1);
  });

  it("taken back within the settle window, is not called absent before a whole window has passed", async () => {
    let online = true;
    await open({ online: () => online, connection: { settleWindowMs: 600 } });
    room.simulator.faults.set({ route: "accounts.update", kind: "late-apply", delayMs: 300 });
    const id = room.send(accountId, { accountName: "Mine" });
    const before = await room.until(id, "outcome-unknown");
    online = false;
    const { revision } = sendAgain(before);
    room.changes.withdraw({ id, revision, reason: "" }, callBy());
    online = true;
    room.changes.resume();
    expect((await room.until(id, "accepted")).settlement).toBe("applied");
    expect(puts()).toHaveLength(1);
    expect(reads(id).filter((text) => text.includes("the change is not there"))).toEqual([]);
  });

  it.each(["refused-403", "refused-404"] as const)(
    "is not called refused when the account cannot be read first (%s)",
    async (kind) => {
      await open({ connection: { busyRetries: 0 } });
      const before = await unclear();
      room.simulator.faults.set({ route: "accounts.get", kind, times: "always" });
      const { id } = sendAgain(before);
      await expect
        .poll(() => room.changes.detail(id).message ?? "", { timeout: 10_000 })
        .toMatch(/must be read before a change is sent/u);
      expect(room.changes.detail(id).state).toBe("approved");
      expect(puts()).toHaveLength(1);
    },
  );

  it("is of unknown outcome again, no draft, when the rules refuse it against what the provider holds now", async () => {
    await open();
    room.simulator.changeAccount(...key, { isUnderWritten: false, isAchPrefund: false });
    await room.accounts.readAgain(accountId, callBy());
    room.simulator.faults.set({ route: "accounts.update", kind: "reset-before" });
    const id = room.send(accountId, { isAchPrefund: true, accountName: "Mine" });
    await expect.poll(() => room.changes.detail(id).settlement, { timeout: 10_000 }).toBe("not-applied");
    room.simulator.changeAccount(...key, { isUnderWritten: true });
    sendAgain(room.changes.detail(id));
    await expect
      .poll(() => reads(id).some((text) => text.startsWith("Not sent again. With what the provider holds now")), {
        timeout: 10_000,
      })
      .toBe(true);
    expect(room.changes.detail(id).state).toBe("outcome-unknown");
    await expect.poll(() => room.changes.detail(id).settlement, { timeout: 10_000 }).toBe("not-applied");
    expect(puts()).toHaveLength(1);
  });
});

it("an amount entered in one currency is not sent to an account that is in another by now", async () => {
  let online = false;
  await open({ online: () => online });
  const id = room.send(accountId, { debitExposureLimit: "500" });
  room.simulator.changeAccount(...key, { currency: "EUR" });
  online = true;
  room.changes.resume();
  const { message } = await room.until(id, "draft");
  expect(message).toBe(
    "With what the provider holds now: The account is in EUR; the amounts were entered in USD. Nothing was sent.",
  );
  expect(puts()).toHaveLength(0);
});

it("an unclear outcome is not judged by what another address holds: the connection stays where it is until it is settled", async () => {
  await open();
  const { id } = await unclear();
  const {
    id: connectionId,
    builtIn: _builtIn,
    state: _state,
    secretSavedAtMs: _saved,
    ...fields
  } = asFinzly(room.connections.get(room.connection.id));
  const secrets = { clientId: "training-client", clientSecret: "training-secret" };
  const moved = { ...fields, ...secrets, id: connectionId, apiBaseUrl: "https://other.bank.example/api" };
  expect(() => room.connections.save(moved, callBy())).toThrow(/on their way to its present address/u);
  room.changes.settle(
    { id, revision: room.changes.detail(id).revision, verdict: "refused", reason: "Not there" },
    callBy(),
  );
  expect(room.connections.save(moved, callBy()).apiBaseUrl).toBe(moved.apiBaseUrl);
});
