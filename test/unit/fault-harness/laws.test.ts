import { describe, expect, it } from "vitest";
import type {
  AttemptFacts,
  AuditFacts,
  BatchFacts,
  ChangeFacts,
  Evidence,
  SeenRequest,
} from "../../support/fault-harness/evidence.ts";
import { auditHash } from "../../support/fault-harness/law-records.ts";
import { checkLaws, type LawName } from "../../support/fault-harness/laws.ts";

const origin = "http://127.0.0.1:4001";
const path = "/api/openbanking/v2/customers/100482/accounts/2156";
const body = '{"accountName":"New name","creditExposureLimit":1000.50}';

const change: ChangeFacts = {
  id: 1,
  connectionId: 1,
  customerUid: "100482",
  accountUid: "2156",
  state: "accepted",
  settlement: null,
  settleAtMs: null,
  held: false,
  heldBack: false,
  batchId: null,
  proposed: { accountName: "New name", creditExposureLimit: "1,000.50" },
};
const attempt: AttemptFacts = {
  id: 7,
  changeId: 1,
  origin,
  path,
  body,
  outcome: "accepted",
  message: null,
  startedAtMs: 1000,
  finishedAtMs: 1050,
};
const request: SeenRequest = {
  origin,
  seq: 1,
  atMs: 1010,
  route: "accounts.update",
  method: "PUT",
  path,
  customerUID: "100482",
  accountUID: "2156",
  bodySha256: "",
  bodyText: body,
  bodyComplete: true,
  applied: true,
  appliedAtMs: 1011,
  status: 200,
};

type LooseRow = Pick<AuditFacts, "action"> & {
  before?: object;
  after?: object;
  personId?: number;
  subject?: string;
  summary?: string;
  atMs?: number;
};
const sent: LooseRow[] = [
  { action: "change.submit", before: { state: "draft" }, after: { state: "approved" }, personId: 1 },
  { action: "change.start", before: { state: "approved" }, after: { state: "sending", attempt: 7 } },
  {
    action: "change.accept",
    before: { state: "sending" },
    after: { state: "accepted", attempt: 7, outcome: "accepted" },
  },
];

function trail(rows: readonly LooseRow[]): Pick<Evidence["file"], "audit" | "auditHead"> {
  let previousHash = "0".repeat(64);
  const audit = rows.map((given, index): AuditFacts => {
    const row = {
      seq: index + 1,
      atMs: given.atMs ?? 1000 + index,
      personId: given.personId ?? null,
      person: "Ada",
      action: given.action,
      subject: given.subject ?? "change 1",
      summary: given.summary ?? "",
      before: given.before === undefined ? null : JSON.stringify(given.before),
      after: given.after === undefined ? null : JSON.stringify(given.after),
      correlationId: "c",
    };
    const hash = auditHash(previousHash, row);
    const made = { ...row, previousHash, hash };
    previousHash = hash;
    return made;
  });
  return { audit, auditHead: { entries: audit.length, hash: previousHash } };
}

interface Bent {
  readonly change?: Partial<ChangeFacts>;
  readonly changes?: readonly ChangeFacts[];
  readonly attempts?: readonly AttemptFacts[];
  readonly requests?: readonly SeenRequest[];
  readonly audit?: readonly LooseRow[];
  readonly file?: Partial<Evidence["file"]>;
  readonly logs?: Evidence["logs"];
}

function evidence(bent: Bent = {}): Evidence {
  return {
    replay: { seed: 5, run: 3, point: "answered" },
    requests: bent.requests ?? [request],
    file: {
      unsound: [],
      changes: bent.changes ?? [{ ...change, ...bent.change }],
      attempts: bent.attempts ?? [attempt],
      batches: [],
      connections: [{ id: 1, origins: [origin], settleWindowMs: 500, signInRefused: false }],
      ...trail(bent.audit ?? sent),
      ...bent.file,
    },
    logs: bent.logs ?? [{ name: "vostro.log", text: "Finzly answered a change" }],
    secrets: [{ name: "the client secret", text: "s3cr3t/of+bank" }],
  };
}

const broken = (given: Bent): string[] => [...new Set(checkLaws(evidence(given)).map(({ law }) => law))];
const unknownOnce: readonly LooseRow[] = [
  ...sent.slice(0, 2),
  {
    action: "change.lose-track",
    before: { state: "sending" },
    after: { state: "outcome-unknown", attempt: 7, outcome: "unknown" },
  },
];
const again = (by: Partial<LooseRow>): LooseRow[] => [
  ...unknownOnce,
  {
    action: "change.send-again",
    before: { state: "outcome-unknown" },
    after: { state: "approved", reason: "absent" },
    ...by,
  },
  { action: "change.start", before: { state: "approved" }, after: { state: "sending", attempt: 8 } },
  {
    action: "change.accept",
    before: { state: "sending" },
    after: { state: "accepted", attempt: 8, outcome: "accepted" },
  },
];
const twoAttempts = [
  { ...attempt, outcome: "unknown", message: "reset" },
  { ...attempt, id: 8, startedAtMs: 2000, finishedAtMs: 2040 },
];
const twoRequests = [
  { ...request, applied: false },
  { ...request, seq: 2, atMs: 2010, appliedAtMs: 2011 },
];

const confirmedWith = (chosen: number): LooseRow => ({
  action: "batch.confirm",
  subject: "batch 4",
  personId: 1,
  after: { chosen },
});
const interrupted: LooseRow = { action: "batch.pause", subject: "batch 4", summary: "Paused: Vostro was closed" };
const batchOf = (bent: Partial<BatchFacts> = {}, confirmed = bent.chosen ?? 1): Bent => ({
  change: { batchId: 4 },
  audit: [confirmedWith(confirmed), ...sent],
  file: { batches: [{ id: 4, state: "finished", chosen: 1, changes: 1, unmade: 0, ...bent }] },
});

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
  ];

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
