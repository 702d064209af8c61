import { afterEach, describe, expect, it } from "vitest";
import type { AccountId, ChangeId, FinzlyConnection } from "@contract";
import { sql } from "../../../src/main/database/sql.ts";
import type { FinzlySimulatorOptions } from "../../../src/main/training/finzly/index.ts";
import { asFinzly } from "../../support/as-finzly.ts";
import { callBy, openChangesRoom, type ChangesRoom } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

const secrets = { clientId: "training-client", clientSecret: "training-secret" };
const settingsOf = ({ state: _state, secretSavedAtMs: _saved, builtIn: _builtIn, ...fields }: FinzlyConnection) => fields;

/** A second connection, and one account of the provider as either connection lists it. */
async function openTwo(simulator: FinzlySimulatorOptions = {}) {
  room = await openChangesRoom({ simulator, connection: { settleWindowMs: 400 } });
  const { id: _id, ...fields } = settingsOf(room.connection);
  const apiBaseUrl = fields.apiBaseUrl.replace("http:", "HTTP:");
  const second = asFinzly(
    room.connections.save({ ...fields, ...secrets, name: "Night desk", apiBaseUrl }, callBy()),
  );
  const [made] = room.simulator.addAccounts(1);
  if (made === undefined) throw new Error("no account");
  const through = async ({ id }: FinzlyConnection): Promise<AccountId> => {
    const added = room.accounts.addByHand(
      {
        connectionId: id,
        customerUid: made.customerUID,
        customerName: "Customer",
        accountUid: made.accountUID,
        known: { currency: "USD" },
      },
      callBy(),
    );
    return (await room.accounts.readAgain(added.id, callBy())).id;
  };
  return { second, accounts: [await through(room.connection), await through(second)] as const };
}

/** A draft through each connection while the second leads elsewhere; then it is led to the first's address again. */
async function twoDrafts(simulator: FinzlySimulatorOptions = {}) {
  const { second, accounts } = await openTwo(simulator);
  const leadTo = (apiBaseUrl: string) =>
    room.connections.save({ ...settingsOf(second), ...secrets, apiBaseUrl }, callBy());
  leadTo("http://127.0.0.1:9/elsewhere");
  const drafts = [
    room.draft(accounts[0], { accountName: "First" }).id,
    room.draft(accounts[1], { debitExposureLimit: "500" }).id,
  ] as const;
  leadTo(room.connection.apiBaseUrl);
  return drafts;
}
const send = (id: ChangeId) => room.changes.send({ id, revision: room.changes.detail(id).revision }, callBy());
const puts = () => room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");
const bodies = () => puts().map(({ bodyText }) => Object.keys(JSON.parse(bodyText ?? "{}") as object));

describe("one account through two connections", () => {
  it("has one open change, and a person is told through which connection", async () => {
    const { accounts } = await openTwo();
    room.draft(accounts[0], { accountName: "First" });
    expect(() => room.draft(accounts[1], { accountName: "Second" })).toThrow(
      /already has a change: Draft, by Ada Marlow, through the connection Finzly\./u,
    );
  });

  it("has one change in flight, in the order in which people sent", async () => {
    const [first, second] = await twoDrafts({ delayMs: 60 });
    send(second);
    send(first);
    await room.until(second, "accepted");
    await room.until(first, "accepted", "conflict");
    expect(bodies()[0]).toContain("debitExposureLimit");
    const [before, after] = room.store.read.all<{ started_at_ms: number; finished_at_ms: number; change_id: number }>(
      sql`SELECT change_id, started_at_ms, finished_at_ms FROM work_attempts ORDER BY id`,
    );
    expect([before?.change_id, after?.change_id]).toEqual([second, first]);
    expect(after?.started_at_ms).toBeGreaterThanOrEqual(before?.finished_at_ms ?? Number.POSITIVE_INFINITY);
  });

  it("waits while the change through the other connection is of unknown outcome, then goes by itself", async () => {
    const [first, second] = await twoDrafts();
    room.simulator.faults.set({ route: "accounts.update", kind: "reset-after", times: 1 });
    send(first);
    send(second);
    await room.until(first, "outcome-unknown");
    expect(room.changes.detail(second).state).toBe("approved");
    expect(puts()).toHaveLength(1);
    await room.until(first, "accepted");
    await room.until(second, "accepted");
    expect(puts()).toHaveLength(2);
  });
});
