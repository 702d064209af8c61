import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Attempt, ChangeDetail, ChangeId, ChangeState, FinzlyFields } from "@contract";
import { finzlyFaultKinds, type FaultKind, type FaultSpec } from "../../../src/main/training/finzly/index.ts";
import { openChangesRoom, type ChangesRoom } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

interface Expected {
  readonly state: ChangeState;
  readonly attempts: readonly Attempt["outcome"][];
  readonly applied: number;
  readonly settlement?: ChangeDetail["settlement"];
  /** What the first attempt came to, in words. */
  readonly says?: RegExp;
  readonly fault?: Partial<FaultSpec>;
  readonly flagged?: readonly (readonly [field: string, verdict: string])[];
}

const maybe = /The change may or may not have been applied\.$/u;
const stillThere: Expected = {
  state: "accepted",
  settlement: "applied",
  attempts: ["unknown"],
  applied: 1,
  says: maybe,
};
const notThere: Expected = {
  state: "outcome-unknown",
  settlement: "not-applied",
  attempts: ["unknown"],
  applied: 0,
  says: maybe,
};
const refused = (says: RegExp): Expected => ({ state: "refused", attempts: ["refused"], applied: 0, says });

const expectations: Readonly<Record<FaultKind, Expected>> = {
  latency: { state: "accepted", attempts: ["accepted"], applied: 1, fault: { delayMs: 150 } },
  unauthorized: {
    state: "accepted",
    attempts: ["not-sent", "accepted"],
    applied: 1,
    says: /did not accept our sign-in/u,
  },
  "too-many-requests": {
    state: "accepted",
    attempts: ["busy", "accepted"],
    applied: 1,
    says: /more slowly \(429\)\. Nothing was applied/u,
    fault: { retryAfter: 0 },
  },
  unavailable: {
    state: "accepted",
    attempts: ["busy", "accepted"],
    applied: 1,
    says: /out of service for now \(503\)\. Nothing was applied/u,
    fault: { retryAfter: 0 },
  },
  "server-error-array": { ...notThere, says: /Finzly failed \(500\)/u },
  "server-error-array-after": { ...stillThere, says: /Finzly failed \(500\)/u },
  "server-error-html": { ...notThere, says: /Finzly failed \(500\)/u },
  "server-error-html-after": { ...stillThere, says: /Finzly failed \(500\)/u },
  "empty-body": { ...notThere, says: /with nothing in it/u },
  "empty-body-after": { ...stillThere, says: /with nothing in it/u },
  "html-body": { ...notThere, says: /something that is not JSON/u },
  "html-body-after": { ...stillThere, says: /something that is not JSON/u },
  "failure-200": {
    ...refused(/Failed to update an account: limit above policy/u),
    fault: { code: "ACC001", message: "Failed to update an account: limit above policy" },
  },
  "refused-400": refused(/refused by the training panel/u),
  "refused-403": refused(/refused by the training panel/u),
  "refused-404": refused(/refused by the training panel/u),
  "refused-409": refused(/refused by the training panel/u),
  "refused-422": { ...refused(/Finzly refused the values \(422\)/u), fault: { body: "html" } },
  "hang-before": { ...notThere, says: /did not answer in 0\.7 s/u },
  "hang-after": { ...stillThere, says: /did not answer in 0\.7 s/u },
  "reset-before": { ...notThere, says: /broke before its answer was complete/u },
  "reset-after": { ...stillThere, says: /broke before its answer was complete/u },
  "late-apply": { ...stillThere, says: /broke before its answer was complete/u, fault: { delayMs: 60 } },
  "truncated-json": { ...stillThere, says: /broke before its answer was complete/u },
  "truncated-chunked": { ...stillThere, says: /broke before its answer was complete/u },
  "wrong-content-type": { ...stillThere, says: /something that is not JSON/u },
  "slow-body": { ...stillThere, says: /did not end in 0\.7 s/u, fault: { delayMs: 3000 } },
  "huge-body": { ...stillThere, says: /too large to read/u },
  "duplicate-keys": { ...stillThere, says: /names a key twice/u },
  "ignore-field": {
    state: "accepted",
    attempts: ["accepted"],
    applied: 1,
    fault: { field: "accountName" },
    flagged: [["accountName", "ignored"]],
  },
  "alter-field": {
    state: "accepted",
    attempts: ["accepted"],
    applied: 1,
    fault: { field: "accountName", value: "Altered by Finzly" },
    flagged: [["accountName", "changed"]],
  },
};
const kinds = Object.keys(expectations) as FaultKind[];

/** Silence must be cut short; everything else gets all the time a busy machine needs. */
const silent: readonly FaultKind[] = ["hang-before", "hang-after", "slow-body"];
/** Ends the token, so that others under way with it are sent once more: these go alone. */
const endsToken: readonly FaultKind[] = ["unauthorized"];

interface Sent {
  readonly room: ChangesRoom;
  readonly id: ChangeId;
  readonly accountUID: string;
  readonly customerUID: string;
}

const rooms: ChangesRoom[] = [];
const changes = new Map<FaultKind, Sent>();

async function sendUnder(chosen: readonly FaultKind[], connection: Partial<FinzlyFields>): Promise<void> {
  const room = await openChangesRoom({ connection: { concurrency: 16, settleWindowMs: 500, ...connection } });
  rooms.push(room);
  const accounts = room.simulator.addAccounts(chosen.length);
  const ids = await Promise.all(accounts.map(({ customerUID, accountUID }) => room.account(customerUID, accountUID)));
  chosen.forEach((kind, index) => {
    const account = accounts[index];
    const accountId = ids[index];
    if (account === undefined || accountId === undefined) throw new Error("too few accounts");
    room.simulator.faults.set({
      route: "accounts.update",
      kind,
      match: { accountUID: account.accountUID },
      ...expectations[kind].fault,
    });
    const id = room.send(accountId, { accountName: `Under ${kind}`, debitExposureLimit: "1,250.50" });
    changes.set(kind, { room, id, ...account });
  });
}

function sentUnder(kind: FaultKind): Sent {
  const sent = changes.get(kind);
  if (sent === undefined) throw new Error(`Nothing was sent under ${kind}`);
  return sent;
}

beforeAll(async () => {
  await sendUnder(
    kinds.filter((kind) => !silent.includes(kind) && !endsToken.includes(kind)),
    {},
  );
  await sendUnder(endsToken, {});
  await sendUnder(silent, { headersTimeoutMs: 700, bodyTimeoutMs: 700 });
});
afterAll(() => Promise.all(rooms.map((room) => room.dispose())));

function settled(detail: ChangeDetail, expected: Expected): boolean {
  return detail.state === expected.state && (detail.state !== "outcome-unknown" || detail.settlement !== undefined);
}

describe("each fault of the provider", () => {
  it("has an expectation here", () => {
    expect(kinds.toSorted()).toEqual(finzlyFaultKinds.map(({ kind }) => kind).toSorted());
  });

  it.each(kinds)("%s ends as the life of a change says", async (kind) => {
    const expected = expectations[kind];
    const { room, id, accountUID, customerUID } = sentUnder(kind);
    await expect
      .poll(() => settled(room.changes.detail(id), expected), {
        timeout: 15_000,
        message: `${kind}: ${JSON.stringify(room.changes.detail(id).history)}`,
      })
      .toBe(true);
    const reread = expected.state === "accepted" && expected.settlement === undefined;
    if (reread) await expect.poll(() => room.changes.detail(id).verifiedAtMs, { timeout: 5000 }).toBeDefined();
    const detail = room.changes.detail(id);
    expect(detail.attempts.map(({ outcome }) => outcome)).toEqual(expected.attempts);
    if (expected.says !== undefined) expect(detail.attempts[0]?.message).toMatch(expected.says);
    expect(detail.settlement).toBe(expected.settlement);

    const puts = room.simulator.ledger
      .entries()
      .filter((entry) => entry.route === "accounts.update" && entry.accountUID === accountUID);
    expect(puts).toHaveLength(expected.attempts.length);
    expect(puts.filter(({ applied }) => applied)).toHaveLength(expected.applied);
    expect(puts[0]?.fault).toBe(kind);
    const stored = room.simulator.account(customerUID, accountUID);
    expect(stored?.debitExposureLimitMinor).toBe(expected.applied > 0 ? 125_050 : null);

    const flagged = detail.verification
      .filter(({ verdict }) => verdict === "ignored" || verdict === "changed")
      .map(({ field, verdict }) => [field, verdict]);
    if (expected.state === "accepted") expect(flagged).toEqual(expected.flagged ?? []);
    if (expected.flagged !== undefined)
      expect(detail.message).toMatch(/Account name was (ignored|changed by the provider)/u);
    if (expected.state === "refused") {
      expect(detail.message).toMatch(expected.says ?? /./u);
      expect(room.changes.editable(detail.accountId)?.proposed.accountName).toBe(`Under ${kind}`);
    }
    if (expected.settlement === "not-applied")
      expect(detail.message).toBe("Read again: the change is not there. Send it again, or mark it as refused.");
  });

  it("keeps the provider's own code and message of a refusal", () => {
    const { room, id } = sentUnder("failure-200");
    const refusal = room.changes.detail(id);
    expect(refusal).toMatchObject({
      providerCode: "ACC001",
      providerMessage: "Failed to update an account: limit above policy",
    });
  });

  it("breaks no law", () => {
    expect(rooms.flatMap(brokenLaws)).toEqual([]);
  });
});
