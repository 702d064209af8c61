import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccountId } from "@contract";
import { callBy, openChangesRoom, type ChangesRoom } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
let accountId: AccountId;
const key = ["", ""] as [string, string];

beforeEach(async () => {
  room = await openChangesRoom();
  const [account] = room.simulator.addAccounts(1);
  key[0] = account?.customerUID ?? "";
  key[1] = account?.accountUID ?? "";
  accountId = await room.account(...key);
});
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

const puts = () => room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");
const elsewhere = (patch: Parameters<ChangesRoom["simulator"]["changeAccount"]>[2]): void =>
  room.simulator.changeAccount(...key, patch);

describe("somebody else changed the account before it was sent", () => {
  it("in a field being changed: Conflict with base, theirs and mine, and nothing is sent", async () => {
    const { id, revision } = room.draft(accountId, { accountName: "Mine", debitExposureLimit: "500" });
    elsewhere({ accountName: "Theirs", debitExposureLimitMinor: 90_000 });
    room.changes.send({ id, revision }, callBy());
    const { conflict, message } = await room.until(id, "conflict");
    expect(message).toMatch(/Nothing was sent/u);
    expect(conflict.map(({ field, base, theirs, mine }) => [field, base?.value, theirs.value, mine])).toEqual([
      ["accountName", "Clearing 0000001", "Theirs", "Mine"],
      ["debitExposureLimit", "", 90_000, 50_000],
    ]);
    expect(puts()).toEqual([]);
  });

  it("mine for one field, theirs for the other: only mine is sent, after a look at the draft", async () => {
    const { id, revision } = room.draft(accountId, { accountName: "Mine", debitExposureLimit: "500" });
    elsewhere({ accountName: "Theirs", debitExposureLimitMinor: 90_000 });
    room.changes.send({ id, revision }, callBy());
    const found = await room.until(id, "conflict");
    const resolved = room.changes.resolveConflict(
      { id, revision: found.revision, choices: { accountName: "theirs", debitExposureLimit: "mine" } },
      callBy(),
    );
    expect(resolved).toMatchObject({ state: "draft", proposed: { debitExposureLimit: "500" } });
    expect(resolved.changes.map(({ field, from, to }) => [field, from?.value, to])).toEqual([
      ["debitExposureLimit", 90_000, 50_000],
    ]);
    room.changes.send({ id, revision: resolved.revision }, callBy());
    await room.until(id, "accepted");
    expect(JSON.parse(puts()[0]?.bodyText ?? "{}")).toEqual({ debitExposureLimit: 500, reason: "Annual review" });
    expect(room.simulator.account(...key)).toMatchObject({ accountName: "Theirs", debitExposureLimitMinor: 50_000 });
  });

  it("theirs for every field: withdrawn, nothing sent", async () => {
    const { id, revision } = room.draft(accountId, { accountName: "Mine" });
    elsewhere({ accountName: "Theirs" });
    room.changes.send({ id, revision }, callBy());
    const found = await room.until(id, "conflict");
    expect(
      room.changes.resolveConflict({ id, revision: found.revision, choices: { accountName: "theirs" } }, callBy())
        .state,
    ).toBe("withdrawn");
    expect(puts()).toEqual([]);
  });

  it("without a choice for every field that moved: refused, still a conflict", async () => {
    const { id, revision } = room.draft(accountId, { accountName: "Mine", costCenter: "1" });
    elsewhere({ accountName: "Theirs" });
    room.changes.send({ id, revision }, callBy());
    const found = await room.until(id, "conflict");
    expect(() => room.changes.resolveConflict({ id, revision: found.revision, choices: {} }, callBy())).toThrow(
      /Choose mine or theirs/u,
    );
    expect(room.changes.detail(id).state).toBe("conflict");
  });

  it("in other fields only: no conflict, sent as proposed", async () => {
    const { id, revision } = room.draft(accountId, { accountName: "Mine" });
    elsewhere({ debitExposureLimitMinor: 90_000, enableWire: "Yes" });
    room.changes.send({ id, revision }, callBy());
    const detail = await room.until(id, "accepted");
    expect(detail.attempts).toHaveLength(1);
    expect(room.simulator.account(...key)).toMatchObject({ accountName: "Mine", debitExposureLimitMinor: 90_000 });
  });

  it("so that a rule refuses the proposal now: back to draft with the sentence, nothing sent", async () => {
    const { id, revision } = room.draft(accountId, { callbackLimit: "100" });
    elsewhere({ accountSubType: "Pseudo" });
    room.changes.send({ id, revision }, callBy());
    await expect
      .poll(() => room.changes.detail(id).message, { timeout: 10_000 })
      .toMatch(/With what the provider holds now: .*Nothing was sent\./u);
    expect(room.changes.detail(id).state).toBe("draft");
    expect(puts()).toEqual([]);
  });
});

describe("what the provider made of it", () => {
  it("a default offset it forces to Yes is flagged", async () => {
    const id = room.send(accountId, { achCompanyId: "9876543210" });
    await room.until(id, "accepted");
    await expect.poll(() => room.changes.detail(id).verifiedAtMs, { timeout: 10_000 }).toBeDefined();
    const { verification, message } = room.changes.detail(id);
    expect(verification).toContainEqual(
      expect.objectContaining({ field: "defaultOffset", now: "Yes", verdict: "changed" }),
    );
    expect(message).toMatch(
      /Default offset account was changed by the provider|Default offset was changed by the provider/u,
    );
  });

  it("an account it no longer knows is a refusal, and nothing is sent", async () => {
    const { id, revision } = room.draft(accountId, { accountName: "Mine" });
    room.simulator.faults.set({ route: "accounts.get", kind: "refused-404" });
    room.changes.send({ id, revision }, callBy());
    const detail = await room.until(id, "refused");
    expect(detail.message).toMatch(/does not know this record/u);
    expect(puts()).toEqual([]);
  });

  it("a read before sending that fails postpones the change with the reason; nothing is sent before it succeeds", async () => {
    room.simulator.faults.set({ route: "accounts.get", kind: "html-body", times: 1 });
    const id = room.send(accountId, { accountName: "Mine" });
    await expect
      .poll(() => room.changes.detail(id).message, { timeout: 10_000 })
      .toMatch(/must be read before a change is sent\. Nothing was sent\./u);
    expect(puts()).toEqual([]);
    await room.until(id, "accepted");
    expect(puts()).toHaveLength(1);
  });

  it("a read after success that fails leaves it accepted and says that it was not read back", async () => {
    let reads = 0;
    const { id, revision } = room.draft(accountId, { accountName: "Mine" });
    const stop = room.simulator.onApplied(() => {
      reads += 1;
      if (reads === 1) room.simulator.faults.set({ route: "accounts.get", kind: "html-body", times: "always" });
    });
    room.changes.send({ id, revision }, callBy());
    await expect
      .poll(() => room.changes.detail(id).message, { timeout: 10_000 })
      .toMatch(/^Accepted, but not read back/u);
    stop();
    expect(room.changes.detail(id)).toMatchObject({ state: "accepted", verification: [] });
  });
});
