import { describe, expect, it } from "vitest";
import { checkLaws, type LawName } from "../../support/fault-harness/laws.ts";
import {
  again,
  attempt,
  batchOf,
  type Bent,
  broken,
  confirmedWith,
  evidence,
  interrupted,
  moved,
  read,
  request,
  sent,
  twoAttempts,
  twoRequests,
  unknownOnce,
} from "./sample-evidence.ts";

describe("the laws", () => {
  it("find nothing in a change that was sent once, applied once and accepted", () => {
    expect(checkLaws(evidence())).toEqual([]);
  });

  it("find nothing in a second send that a person asked for", () => {
    expect(
      checkLaws(evidence({ audit: again({ personId: 1 }), attempts: twoAttempts, requests: twoRequests })),
    ).toEqual([]);
  });

  it("give with every violation what replays its run", () => {
    expect(checkLaws(evidence({ requests: [] }))[0]).toMatchObject({ seed: 5, run: 3, point: "answered" });
  });

  const cases: readonly (readonly [law: LawName, what: string, bent: Bent])[] = [
    ["L1", "a change left sending", { change: { state: "sending" } }],
    ["L1", "an approved change that nobody was told about", { change: { state: "approved" } }],
    ["L1", "an unclear outcome that was never settled", { change: { state: "outcome-unknown" } }],
    ["L1", "an approved change that is gone", { changes: [], attempts: [], requests: [] }],
    ["L2", "accepted, never applied", { requests: [{ ...request, applied: false }] }],
    ["L2", "accepted without an attempt", { attempts: [], requests: [] }],
    [
      "L2",
      "accepted, other bytes applied last",
      { requests: [request, { ...request, seq: 2, atMs: 3000, appliedAtMs: 3001, bodyText: "{}" }] },
    ],
    [
      "L2",
      "refused, and applied all the same",
      { change: { state: "refused" }, attempts: [{ ...attempt, outcome: "refused" }] },
    ],
    [
      "L2",
      "busy, and applied all the same",
      { change: { state: "approved", held: true }, attempts: [{ ...attempt, outcome: "busy" }] },
    ],
    [
      "L2",
      "not applied, although it was within the window",
      {
        change: { state: "outcome-unknown", settlement: "not-applied" },
        attempts: [{ ...attempt, outcome: "unknown" }],
        requests: [{ ...request, appliedAtMs: 1300 }],
      },
    ],
    ["L2", "other than was typed", { change: { proposed: { accountName: "Other" } } }],
    ["L3", "applied twice for one attempt", { requests: [request, { ...request, seq: 2, atMs: 1020 }] }],
    [
      "L4",
      "sent again by itself after an unclear outcome",
      { audit: again({}), attempts: twoAttempts, requests: twoRequests },
    ],
    [
      "L4",
      "sent again by a person who gave no reason",
      {
        audit: again({ personId: 1, after: { state: "approved" } }),
        attempts: twoAttempts,
        requests: twoRequests,
      },
    ],
    ["L4", "sent again after it was accepted", { attempts: [attempt, { ...attempt, id: 8, startedAtMs: 2000 }] }],
    [
      "L4",
      "sent again after busy without a reason",
      {
        attempts: [
          { ...attempt, outcome: "busy" },
          { ...attempt, id: 8, startedAtMs: 2000 },
        ],
        requests: twoRequests,
      },
    ],
    [
      "L4",
      "believed absent before the window ended",
      {
        attempts: [{ ...attempt, outcome: "unknown" }],
        requests: [{ ...request, applied: false }],
        change: { state: "outcome-unknown", settlement: "not-applied" },
        audit: [
          ...unknownOnce,
          { action: "change.settle", atMs: 1200, after: { state: "outcome-unknown", settlement: "not-applied" } },
        ],
      },
    ],
    ["L5", "a request without an intent", { attempts: [], requests: [request], changes: [] }],
    ["L5", "a request before its intent", { attempts: [{ ...attempt, startedAtMs: 1011 }] }],
    ["L5", "a request with other bytes", { requests: [{ ...request, bodyText: '{"accountName":"x"}' }] }],
    [
      "L5",
      "two requests for one intent",
      {
        requests: [
          { ...request, applied: false },
          { ...request, seq: 2, atMs: 1020 },
        ],
      },
    ],
    ["L6", "an unsound file", { file: { unsound: ["row 3 missing from index"] } }],
    ["L6", "a cut tail of the audit trail", { file: { auditHead: { entries: 4, hash: "x" } } }],
    ["L6", "a state that no audit row tells of", { audit: sent.slice(0, 2) }],
    ["L6", "a move from another state than the trail left", { audit: [...sent.slice(0, 1), ...sent.slice(2)] }],
    [
      "L6",
      "an attempt without an audit row",
      { attempts: [attempt, { ...attempt, id: 9, changeId: 1, path: "/other" }] },
    ],
    [
      "L7",
      "a request that reached another host",
      { requests: [request, { ...request, origin: "http://127.0.0.1:9", seq: 1, method: "POST" }] },
    ],
    [
      "L7",
      "an intent for another host",
      {
        attempts: [{ ...attempt, origin: "http://127.0.0.1:9" }],
        requests: [{ ...request, origin: "http://127.0.0.1:9" }],
      },
    ],
    ["L8", "a secret in a log", { logs: [{ name: "vostro.log", text: "secret s3cr3t/of+bank" }] }],
    [
      "L8",
      "a secret in a log, percent-encoded",
      { logs: [{ name: "vostro.log", text: "client_secret=s3cr3t%2Fof%2Bbank&" }] },
    ],
    ["L9", "a confirmed row that became nothing", batchOf({ chosen: 3, unmade: 1 })],
    ["L9", "more changes than rows", batchOf({ changes: 2, unmade: 1 })],
    ["L9", "a plan that shrank after it was confirmed", batchOf({ chosen: 1 }, 2)],
    ["L9", "a batch nobody confirmed", { ...batchOf(), audit: sent }],
    ["L9", "a batch left in the middle", batchOf({ state: "sending" })],
    [
      "L9",
      "a change of an interrupted batch sent before a person resumed it",
      { ...batchOf(), audit: [confirmedWith(1), interrupted, ...sent] },
    ],
    [
      "L9",
      "a change of a batch that a person paused, sent before they resumed it",
      { ...batchOf(), audit: [confirmedWith(1), { ...interrupted, summary: "Paused", personId: 1 }, ...sent] },
    ],
    ["L11", "written over what a read had shown to be somebody else's", { moved: [moved], requests: [read, request] }],
  ];

  it("find nothing in an update that was under way, or was read for, before somebody else changed the account", () => {
    const later = { ...read, seq: 2, atMs: 1030 };
    expect(checkLaws(evidence({ moved: [moved], requests: [request, later] }))).toEqual([]);
    const crossed = { ...request, atMs: 999, appliedAtMs: 1001 };
    const undo = { ...request, seq: 3, atMs: 1040, applied: false };
    expect(broken({ moved: [moved], requests: [crossed, later, undo] })).not.toContain("L11");
    expect(checkLaws(evidence({ moved: [{ ...moved, atMs: 1006 }], requests: [read, request] }))).toEqual([]);
  });

  it("find nothing in a batch whose rows became a change or are written down, resumed by a person", () => {
    const resumed = { action: "batch.resume", subject: "batch 4", personId: 1 };
    const audit = [confirmedWith(2), interrupted, resumed, ...sent];
    expect(checkLaws(evidence({ ...batchOf({ chosen: 2, unmade: 1 }), audit }))).toEqual([]);
  });

  it("leave alone what waits in a batch that is held back", () => {
    const waiting = { state: "approved", heldBack: true, batchId: 4 } as const;
    const bent = { ...batchOf({ state: "paused", chosen: 2, unmade: 1 }), change: waiting, attempts: [], requests: [] };
    expect(broken({ ...bent, audit: [confirmedWith(2), ...sent.slice(0, 1)] })).toEqual([]);
    expect(broken({ ...bent, change: { ...waiting, heldBack: false } })).toContain("L1");
  });

  it.each(cases)("%s is broken by: %s", (law, _what, bent) => {
    expect(broken(bent)).toContain(law);
  });

  it("L6 is broken by a changed audit row, whichever column was changed", () => {
    const { file } = evidence();
    for (const [column, value] of Object.entries({
      atMs: 1,
      personId: 9,
      person: "x",
      action: "x",
      subject: "x",
      summary: "x",
      before: "{}",
      after: "{}",
      correlationId: "x",
    })) {
      const audit = file.audit.map((row, index) => (index === 0 ? { ...row, [column]: value } : row));
      expect(checkLaws(evidence({ file: { audit } })).map(({ what }) => what)).toContain(
        "audit row 1 breaks the chain",
      );
    }
  });

  it("do not blame the product for what a provider applies after the settle window, or for a person's word", () => {
    const late = {
      change: { state: "outcome-unknown", settlement: "not-applied" },
      attempts: [{ ...attempt, outcome: "unknown" }],
      audit: unknownOnce,
    } as const;
    expect(broken({ ...late, requests: [{ ...request, appliedAtMs: 1600 }] })).toEqual([]);
    expect(
      broken({
        change: { settlement: "person-accepted" },
        attempts: [{ ...attempt, outcome: "unknown" }],
        requests: [],
        audit: [
          ...unknownOnce,
          { action: "change.accept", before: { state: "outcome-unknown" }, after: { state: "accepted" }, personId: 1 },
        ],
      }),
    ).toEqual([]);
  });
});
