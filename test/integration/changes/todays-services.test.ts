import { afterEach, describe, expect, it } from "vitest";
import { callBy } from "../../support/changes-room.ts";
import { openFinicityRoom, type FinicityRoom } from "../../support/finicity-room.ts";

let room: FinicityRoom;
afterEach(async () => {
  await room.dispose();
});
const routes = () => room.simulator.ledger.entries().map(({ route }) => route);

describe.each(["current", "tiers"] as const)("an account behind Finicity's services of today (%s)", (forms) => {
  it("says that it takes no new name and has no login form; both are refused in words and not asked for", async () => {
    room = await openFinicityRoom({ api: "current", connection: { forms } });
    const { id: accountId } = room.row();
    expect(room.accounts.detail(accountId)).toMatchObject({ changeable: false, hasLoginForm: false });
    const asked = routes().length;
    const rename = { accountId, proposed: { accountName: "Mine" }, keepMasked: [], reasonCategory: "", authorisationRef: "" };
    expect(() => room.changes.saveDraft(rename, callBy())).toThrow(/services of today, which change no name/u);
    await expect(room.accounts.loginForm(accountId, callBy())).rejects.toThrow(/services of today, which show no login form/u);
    expect(routes()).toHaveLength(asked);
    expect(room.changes.page({ view: "all", limit: 10 }).rows).toEqual([]);
  });

  it("is deleted all the same", async () => {
    room = await openFinicityRoom({ api: "current", connection: { forms } });
    const { id } = room.askDeletion(room.row().id);
    await room.until(id, "accepted");
    expect(routes()).toContain("accounts.delete");
  });
});

function setToday(): void {
  const [connection] = room.connections.list();
  if (connection?.provider !== "finicity") throw new Error("The connection is missing");
  const { id, name, environment, apiBaseUrl, ...rest } = connection;
  const { builtIn: _builtIn, state: _state, secretSavedAtMs: _saved, pausedUntilMs: _paused, ...fields } = rest;
  room.connections.save({ ...fields, id, name, environment, apiBaseUrl, forms: "current" }, callBy());
}
const draftRename = () => {
  const { id: accountId } = room.row();
  expect(room.accounts.detail(accountId)).toMatchObject({ changeable: true, hasLoginForm: true });
  const proposed = { accountName: "Mine", reason: "The customer asked" };
  const rename = { accountId, proposed, keepMasked: [], reasonCategory: "Customer request", authorisationRef: "CR-7" };
  return room.changes.saveDraft(rename, callBy());
};

it("a rename drafted with the classic services is not sent once the services of today are set", async () => {
  room = await openFinicityRoom();
  const draft = draftRename();
  setToday();
  const { revision } = room.changes.detail(draft.id);
  expect(() => room.changes.send({ id: draft.id, revision }, callBy())).toThrow(/services of today, which change no name/u);
  expect(routes()).not.toContain("accounts.modify");
});

it("a rename that waits in the outbox goes back to draft, saying why, once the services of today are set", async () => {
  room = await openFinicityRoom({ api: "current", connection: { forms: "classic" } });
  room.connections.renew();
  room.simulator.faults.set({ kind: "unavailable", route: "token", times: 100 });
  const { id } = draftRename();
  room.changes.send({ id, revision: room.changes.detail(id).revision }, callBy());
  await expect.poll(() => room.changes.detail(id).message, { timeout: 15_000 }).toBeDefined();
  expect(room.changes.detail(id).state).toBe("approved");
  setToday();
  room.simulator.faults.clear();
  room.changes.send({ id, revision: room.changes.detail(id).revision }, callBy());
  const { message, attempts } = await room.until(id, "draft");
  expect(message).toMatch(/services of today, which change no name.* Nothing was sent\.$/u);
  expect(attempts).toEqual([]);
  expect(room.simulator.ledger.entries().filter(({ method }) => method === "PUT")).toEqual([]);
  const { revision } = room.changes.detail(id);
  room.changes.withdraw({ id, revision, reason: "" }, callBy());
  expect(room.accounts.detail(room.row().id).accountName).not.toBe("Mine");
});
