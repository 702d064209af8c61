import type {
  AttemptFacts,
  AuditFacts,
  BatchFacts,
  ChangeFacts,
  Evidence,
  SeenRequest,
} from "../../support/fault-harness/evidence.ts";
import { auditHash } from "../../support/fault-harness/law-records.ts";
import { checkLaws } from "../../support/fault-harness/laws.ts";

export const origin = "http://127.0.0.1:4001";
export const path = "/api/openbanking/v2/customers/100482/accounts/2156";
export const body = '{"accountName":"New name","creditExposureLimit":1000.50}';

export const change: ChangeFacts = {
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
export const attempt: AttemptFacts = {
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
export const request: SeenRequest = {
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

export type LooseRow = Pick<AuditFacts, "action"> & {
  before?: object;
  after?: object;
  personId?: number;
  subject?: string;
  summary?: string;
  atMs?: number;
};
export const sent: LooseRow[] = [
  { action: "change.submit", before: { state: "draft" }, after: { state: "approved" }, personId: 1 },
  { action: "change.start", before: { state: "approved" }, after: { state: "sending", attempt: 7 } },
  {
    action: "change.accept",
    before: { state: "sending" },
    after: { state: "accepted", attempt: 7, outcome: "accepted" },
  },
];

export function trail(rows: readonly LooseRow[]): Pick<Evidence["file"], "audit" | "auditHead"> {
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

export interface Bent {
  readonly change?: Partial<ChangeFacts>;
  readonly changes?: readonly ChangeFacts[];
  readonly attempts?: readonly AttemptFacts[];
  readonly requests?: readonly SeenRequest[];
  readonly audit?: readonly LooseRow[];
  readonly file?: Partial<Evidence["file"]>;
  readonly lost?: Evidence["lost"];
  readonly moved?: Evidence["moved"];
  readonly logs?: Evidence["logs"];
}

export function evidence(bent: Bent = {}): Evidence {
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
    ...(bent.lost === undefined ? {} : { lost: bent.lost }),
    ...(bent.moved === undefined ? {} : { moved: bent.moved }),
    logs: bent.logs ?? [{ name: "vostro.log", text: "Finzly answered a change" }],
    secrets: [{ name: "the client secret", text: "s3cr3t/of+bank" }],
  };
}

export const broken = (given: Bent): string[] => [...new Set(checkLaws(evidence(given)).map(({ law }) => law))];
export const unknownOnce: readonly LooseRow[] = [
  ...sent.slice(0, 2),
  {
    action: "change.lose-track",
    before: { state: "sending" },
    after: { state: "outcome-unknown", attempt: 7, outcome: "unknown" },
  },
];
export const again = (by: Partial<LooseRow>): LooseRow[] => [
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
export const twoAttempts = [
  { ...attempt, outcome: "unknown", message: "reset" },
  { ...attempt, id: 8, startedAtMs: 2000, finishedAtMs: 2040 },
];
export const moved = { customerUID: "100482", accountUID: "2156", atMs: 1000 };
export const read: SeenRequest = { ...request, seq: 0, atMs: 1005, route: "accounts.get", method: "GET", applied: false };
export const twoRequests = [
  { ...request, applied: false },
  { ...request, seq: 2, atMs: 2010, appliedAtMs: 2011 },
];

export const confirmedWith = (chosen: number): LooseRow => ({
  action: "batch.confirm",
  subject: "batch 4",
  personId: 1,
  after: { chosen },
});
export const interrupted: LooseRow = {
  action: "batch.pause",
  subject: "batch 4",
  summary: "Paused: Vostro was closed",
};
export const batchOf = (bent: Partial<BatchFacts> = {}, confirmed = bent.chosen ?? 1): Bent => ({
  change: { batchId: 4 },
  audit: [confirmedWith(confirmed), ...sent],
  file: { batches: [{ id: 4, state: "finished", chosen: 1, changes: 1, unmade: 0, ...bent }] },
});
