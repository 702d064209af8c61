import { afterEach, describe, expect, it } from "vitest";
import type { AccountId, ChangeDetail } from "@contract";
import type { FaultSpec } from "../../../src/main/training/finicity/index.ts";
import { callBy } from "../../support/changes-room.ts";
import { openFinicityRoom, printed, type FinicityRoom, type FinicityRoomOptions } from "../../support/finicity-room.ts";

let room: FinicityRoom;
let accountId: AccountId;
afterEach(async () => {
  await room.dispose();
});

async function open(options: FinicityRoomOptions = {}): Promise<void> {
  room = await openFinicityRoom(options);
  accountId = room.row().id;
}
const under = (kind: FaultSpec["kind"], more: Partial<FaultSpec> = {}): ChangeDetail => {
  room.simulator.faults.set({ route: "accounts.delete", kind, ...more });
  return room.askDeletion(accountId);
};
const isThere = (): boolean =>
  room.simulator.aggregator.account(printed.customerUid, printed.accountUid) !== undefined;
async function settled({ id }: ChangeDetail, settlement: ChangeDetail["settlement"]): Promise<ChangeDetail> {
  await expect.poll(() => room.changes.detail(id).settlement, { timeout: 10_000 }).toBe(settlement);
  return room.changes.detail(id);
}
function expectDeleted(by: string | undefined): void {
  const row = room.row();
  expect(row).toMatchObject({ status: "deleted", aggregated: { act: "nobody", short: "Deleted" } });
  expect(row.deleted?.by).toBe(by);
  const detail = room.accounts.detail(accountId);
  expect(detail.deleted).toEqual(row.deleted);
  expect(detail.aggregatedDetail?.status).toMatchObject({ act: "nobody", short: "Deleted" });
}

describe("the deletion of an account at Finicity", () => {
  it("is asked for, sent once without a body, accepted, read back as gone, and named in list, details and trail", async () => {
    await open();
    const others = room.rows().length - 1;
    const asked = room.askDeletion(accountId);
    expect(asked).toMatchObject({
      kind: "delete",
      risk: "high",
      summary: "Delete the account at Finicity",
      fieldCount: 0,
      request: { method: "DELETE", body: "" },
      proposed: { reason: "The customer closed the account" },
    });
    await room.until(asked.id, "accepted");
    await expect.poll(() => room.changes.detail(asked.id).verifiedAtMs, { timeout: 10_000 }).toBeDefined();
    expect(room.changes.detail(asked.id).history.map(({ text }) => text)).toEqual([
      "Deletion asked for",
      "Approved by policy: no second person needed",
      "Read again just before sending: the account is there",
      "Sending the deletion (first)",
      "Accepted by provider: the account is deleted there",
      "Read back: the account is gone",
    ]);
    expect(room.deletes()).toMatchObject([{ method: "DELETE", applied: true }]);
    expect(isThere()).toBe(false);
    expectDeleted("Ada Marlow");
    expect(room.rows().filter(({ deleted }) => deleted === undefined)).toHaveLength(others);
    const { rows } = await room.audit.page({ subject: `change ${asked.id}`, limit: 50 });
    expect(rows.map(({ action }) => action).toReversed()).toEqual([
      "change.delete", "change.submit", "change.wait", "change.start", "change.accept", "change.note",
    ]);
  });

  it.each([
    ["no reason", { reason: " " }, "reason"],
    ["no authorisation reference", { authorisationRef: "" }, "authorisationRef"],
    ["nothing typed", { typed: "" }, "typed"],
    ["another account's last four", { typed: "0000" }, "typed"],
    ["only a part of the name", { typed: "Super" }, "typed"],
  ])("is refused with %s, and nothing is kept or sent", async (_what, more, path) => {
    await open();
    expect(() => room.askDeletion(accountId, more)).toThrow(
      expect.objectContaining({ code: "input-invalid", details: { fields: [expect.objectContaining({ path })] } }),
    );
    expect(room.changes.page({ view: "all", limit: 10 }).rows).toEqual([]);
    expect(room.deletes()).toEqual([]);
  });

  it("takes the account's whole name in place of the last four", async () => {
    await open();
    const { id } = room.askDeletion(accountId, { typed: ` ${room.row().accountName.toUpperCase()} ` });
    await room.until(id, "accepted");
  });

  it("waits for a second person where High risk needs one", async () => {
    await open({ secondPerson: { high: true, medium: false, low: false } });
    expect(room.askDeletion(accountId)).toMatchObject({ state: "waiting-for-approval", needsSecondPerson: true });
    expect(isThere()).toBe(true);
  });

  it("is refused while another change is open, and stands in the way of others itself", async () => {
    await open();
    const rename = { accountId, proposed: { accountName: "Mine" }, keepMasked: [], reasonCategory: "", authorisationRef: "" };
    const draft = room.changes.saveDraft(rename, callBy());
    expect(() => room.askDeletion(accountId)).toThrow(/already has a change: Draft, by Ada Marlow/u);
    room.changes.withdraw({ id: draft.id, revision: draft.revision, reason: "" }, callBy());
    room.simulator.faults.set({ route: "accounts.delete", kind: "latency", delayMs: 300 });
    const asked = room.askDeletion(accountId);
    expect(() => room.changes.saveDraft(rename, callBy())).toThrow(/already has a change/u);
    expect(() => room.changes.saveDraft({ ...rename, id: asked.id }, callBy())).toThrow(/A deletion is not edited/u);
    await room.until(asked.id, "accepted");
    expect(() => room.changes.saveDraft(rename, callBy())).toThrow(/was deleted by Ada Marlow, so nothing can be changed/u);
    expect(() => room.askDeletion(accountId)).toThrow(/was deleted by Ada Marlow/u);
    expect(room.deletes()).toHaveLength(1);
  });

  it("leaves the repair queue, whoever had to act", async () => {
    await open();
    const { customerUid, accountUid } = printed;
    room.simulator.aggregator.changeAccount(customerUid, accountUid, { aggregationStatusCode: 103 });
    await room.load();
    expect(room.accounts.repairCounts().customer).toBe(1);
    await room.until(room.askDeletion(accountId).id, "accepted");
    expect(room.accounts.repairCounts().customer).toBe(0);
    expect(room.accounts.repairPage({ act: "customer", limit: 200 }).rows).toEqual([]);
  });

  it("stays deleted when the customer is read again, and comes back only where Finicity shows the account again", async () => {
    await open();
    const { id, revision } = await settled(under("reset-before"), "not-applied");
    room.changes.settle(
      { id, revision, verdict: "accepted", reason: "Finicity's support says so" },
      callBy(),
    );
    expectDeleted("Ada Marlow");
    await room.load();
    expect(isThere()).toBe(true);
    expect(room.row()).toMatchObject({ status: "active" });
    expect(room.row().deleted).toBeUndefined();
    await room.until(room.askDeletion(accountId).id, "accepted");
    await room.load();
    expectDeleted("Ada Marlow");
  });
});

describe("what is left of a connection that is removed", () => {
  it("its accounts, while they go, and its finished changes still name the provider", async () => {
    await open();
    const { id } = await room.until(room.askDeletion(accountId).id, "accepted");
    const { connectionId } = room.row();
    room.connections.remove(connectionId, callBy());
    expect(new Set(room.rows().map(({ provider }) => provider))).toEqual(new Set(["finicity"]));
    await room.connections.removedAccounts.done();
    expect(room.rows()).toEqual([]);
    const named = { provider: "finicity", connectionName: "a removed connection" };
    expect(room.changes.detail(id)).toMatchObject({ ...named, request: { method: "DELETE" } });
    expect(room.changes.page({ view: "all", limit: 10 }).rows).toMatchObject([named]);
  });
});

describe("what Finicity answers to a deletion", () => {
  it("that the account is gone already when it is read first: nothing is sent, and the account is shown as gone", async () => {
    await open();
    room.simulator.aggregator.removeAccount(printed.accountUid);
    const { message } = await room.until(room.askDeletion(accountId).id, "refused");
    expect(message).toBe("The account was gone already when it was read before sending. Nothing was sent.");
    expect(room.deletes()).toEqual([]);
    expectDeleted(undefined);
    expect(room.changes.editable(accountId)).toBeUndefined();
  });

  it("a refusal is told with its words, and the account stays", async () => {
    await open();
    const change = await room.until(under("refused-400", { code: 50016, message: "Not for this customer" }).id, "refused");
    expect(change).toMatchObject({ providerCode: "50016", providerMessage: "Not for this customer" });
    expect(isThere()).toBe(true);
    expect(room.row().deleted).toBeUndefined();
    expect(room.changes.editable(accountId)).toBeUndefined();
    await room.until(room.askDeletion(accountId).id, "accepted");
  });

  it("accepted, but still there when it is read back: the account is shown as it is, and the change says so", async () => {
    await open({
      wrapProvider: (provider) => ({ ...provider, write: async () => ({ kind: "accepted", httpStatus: 204 }) }),
    });
    const { id } = room.askDeletion(accountId);
    await expect.poll(() => room.changes.detail(id).verifiedAtMs, { timeout: 10_000 }).toBeDefined();
    expect(room.changes.detail(id)).toMatchObject({
      state: "accepted",
      message: "Accepted, but the account was still there when it was read back. Read its customer again later.",
    });
    expect(room.row().status).toBe("active");
    expect(room.row().deleted).toBeUndefined();
  });

  it.each(["too-many-requests", "unavailable"] as const)("not now (%s): it is sent again by itself", async (kind) => {
    await open();
    await room.until(under(kind, { retryAfter: 0 }).id, "accepted");
    expect(room.deletes().map(({ applied }) => applied)).toEqual([false, true]);
  });
});

describe("a deletion without a clear answer", () => {
  it.each(["reset-after", "hang-after", "server-error-after", "html-body-after", "truncated-json"] as const)(
    "applied (%s): unknown, then found gone by reading: accepted, sent once",
    async (kind) => {
      await open({ connection: { headersTimeoutMs: 400, bodyTimeoutMs: 400 } });
      const asked = under(kind);
      await room.until(asked.id, "outcome-unknown", "accepted");
      await room.until(asked.id, "accepted");
      expect(isThere()).toBe(false);
      expect(room.deletes()).toHaveLength(1);
      expectDeleted("Ada Marlow");
    },
  );

  it.each(["reset-before", "hang-before", "server-error", "html-body", "empty-body"] as const)(
    "not applied (%s): the account is read as still there and nothing is sent until a person asks",
    async (kind) => {
      await open({ connection: { headersTimeoutMs: 400, bodyTimeoutMs: 400 } });
      const change = await settled(under(kind), "not-applied");
      expect(change).toMatchObject({
        state: "outcome-unknown",
        message: "Read again: the account is still there. Send the deletion again, or mark it as refused.",
      });
      expect(room.row().deleted).toBeUndefined();
      room.changes.sendAgain({ id: change.id, revision: change.revision, reason: "It is still there" }, callBy());
      await room.until(change.id, "accepted");
      expect(room.deletes().map(({ applied }) => applied)).toEqual([false, true]);
      expectDeleted("Ada Marlow");
    },
  );

  it("is the same for a connection that speaks XML: found gone by the code in Finicity's XML", async () => {
    await open({ connection: { wire: "xml" } });
    const { id } = under("reset-after");
    expect(await room.until(id, "accepted")).toMatchObject({ settlement: "applied" });
    const gone = room.simulator.ledger.entries().filter(({ route, status }) => route === "accounts.get" && status === 404);
    expect(gone.length).toBeGreaterThan(0);
    expect(room.deletes()).toHaveLength(1);
    expectDeleted("Ada Marlow");
  });

  it("applied late: Send again finds the account gone and sends nothing", async () => {
    await open({ connection: { settleWindowMs: 0 } });
    const asked = under("reset-before");
    const { id, revision } = await settled(asked, "not-applied");
    room.simulator.aggregator.removeAccount(printed.accountUid);
    room.changes.sendAgain({ id, revision, reason: "It is still there" }, callBy());
    const { history } = await room.until(id, "accepted");
    expect(history.map(({ text }) => text)).toContain("Not sent again: the account is gone at the provider");
    expect(room.deletes()).toHaveLength(1);
    expectDeleted("Ada Marlow");
  });

  it("a 404 to the second request may be of the first: unknown, not refused", async () => {
    await open({ connection: { settleWindowMs: 0 } });
    const { id, revision } = await settled(under("reset-before"), "not-applied");
    room.simulator.faults.set({ route: "accounts.delete", kind: "refused-404", code: 38003 });
    room.changes.sendAgain({ id, revision, reason: "It is still there" }, callBy());
    const { attempts } = await settled(room.changes.detail(id), "not-applied");
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown"]);
    expect(room.changes.detail(id).state).toBe("outcome-unknown");
  });

  it("a 404 that Finicity does not explain proves nothing while the customer's list holds the account", async () => {
    await open();
    const { id } = under("reset-before");
    await room.until(id, "outcome-unknown");
    room.simulator.faults.set({ route: "accounts.get", kind: "refused-404", body: "html", times: "always" });
    await expect.poll(() => room.changes.detail(id).message, { timeout: 10_000 }).toMatch(/It will be read again\./u);
    expect(room.changes.detail(id)).toMatchObject({ state: "outcome-unknown" });
    expect(room.row().deleted).toBeUndefined();
    room.simulator.aggregator.removeAccount(printed.accountUid);
    expect((await room.changes.readBack({ id }, callBy())).state).toBe("accepted");
  });

  it.each(["hang-after", "hang-before"] as const)(
    "the app ends while it is on its way (%s): unknown after the restart, settled by reading, never sent again",
    async (kind) => {
      await open();
      const { id } = under(kind);
      await expect.poll(() => room.deletes().length, { timeout: 10_000 }).toBe(1);
      expect(room.changes.detail(id).state).toBe("sending");
      const next = await openFinicityRoom({ before: room });
      expect(next.changes.detail(id)).toMatchObject({
        state: "outcome-unknown",
        message: "Vostro ended while this was being sent. The change may or may not have been applied.",
      });
      const settlement = kind === "hang-after" ? "applied" : "not-applied";
      await expect.poll(() => next.changes.detail(id).settlement, { timeout: 10_000 }).toBe(settlement);
      expect(next.row().deleted?.by).toBe(kind === "hang-after" ? "Ada Marlow" : undefined);
      expect(next.deletes()).toHaveLength(1);
      await next.stopServices(0);
    },
  );
});

describe("a deletion in a restored file", () => {
  it.each([true, false])("is compared before anything leaves; gone: %s", async (gone) => {
    await open();
    room.simulator.faults.set({ route: "accounts.get", kind: "latency", delayMs: 2000, times: "always" });
    const { id } = room.askDeletion(accountId);
    await room.stopServices(0);
    room.simulator.faults.clear();
    if (gone) room.simulator.aggregator.removeAccount(printed.accountUid);
    const next = await openFinicityRoom({ before: room, restored: { why: "older", newestAtMs: Date.now() } });
    expect(next.changes.detail(id)).toMatchObject({ state: "approved", compareFirst: true });
    next.changes.compareHeld(callBy());
    await expect.poll(() => next.changes.detail(id).compareFirst, { timeout: 10_000 }).toBe(false);
    expect(next.changes.detail(id).state).toBe(gone ? "accepted" : "approved");
    if (!gone) expect(next.changes.detail(id).message).toMatch(/the account is still there/u);
    expect(next.row().deleted === undefined).toBe(!gone);
    expect(next.deletes()).toEqual([]);
    await next.stopServices(0);
  });
});
