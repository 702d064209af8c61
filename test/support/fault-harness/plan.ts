import type { FinzlyFields } from "@contract";
import type { FaultSpec } from "../../../src/main/training/finzly/index.ts";
import type { CommitPoint } from "./kill-at-commit.ts";
import type { Meanwhile } from "./meanwhile.ts";
import { seededDraws, type Draws } from "./seeded.ts";

/** A moment seen at the provider: the nth update (or read of an account) has come so far. */
export const providerPoints = ["random", "request-received", "applied-before-answer", "answered", "pre-read"] as const;
export type ProviderPoint = (typeof providerPoints)[number];

/** One killing: at the nth time the point is reached in that life of the app; `random` waits `delayMs` more. */
export interface Kill {
  readonly at: ProviderPoint | CommitPoint;
  readonly nth: number;
  readonly delayMs: number;
}

/**
 * `disturbed`: between comparing and confirming somebody begins a draft for the account of one row. `undone`: once it is
 * finished it is undone.
 */
export type BatchKind = "calm" | "disturbed" | "undone";

/** Everything that is decided before a run starts; seed and run number alone give it again. */
export interface RunPlan {
  readonly seed: number;
  readonly run: number;
  readonly name: string;
  /** One a life of the app; after the last the app lives until nothing is left to do. */
  readonly kills: readonly Kill[];
  readonly connection: Partial<FinzlyFields>;
  readonly weather: readonly FaultSpec[];
  /** The rows come from a file, as a batch; otherwise drafts are sent one by one. */
  readonly asBatch?: BatchKind;
  /** What happens at the provider while the rows are sent. */
  readonly meanwhile?: readonly Meanwhile[];
  /** Approved offline and copied before the first life; the copy is put in the place of the file before the last one. */
  readonly putsBack?: true;
}

type Draw = (random: Draws, changes: number) => Pick<RunPlan, "kills"> & Partial<RunPlan>;

const within = (random: Draws, changes: number): number => 1 + random.below(Math.max(1, changes - 20));
const anyMoment = (random: Draws, changes: number): Kill => ({
  at: "random",
  nth: within(random, changes),
  delayMs: random.below(15),
});
const at =
  (point: Kill["at"]): Draw =>
  (random, changes) => ({ kills: [{ at: point, nth: within(random, changes), delayMs: 0 }] });
/** Marks that are ready together share a commit, so there are fewer commits than changes. */
const atCommit =
  (point: CommitPoint): Draw =>
  (random, changes) =>
    at(point)(random, 20 + Math.floor(changes / 20));
const reading = { connection: { canRead: true } };
const blind = { connection: { canRead: false } };

const roughWeather: readonly FaultSpec[] = [
  { route: "accounts.update", kind: "reset-before", every: 37, times: 4 },
  { route: "accounts.update", kind: "reset-after", every: 41, times: 4 },
  { route: "accounts.update", kind: "truncated-json", every: 43, times: 4 },
  { route: "accounts.update", kind: "late-apply", every: 47, times: 4, delayMs: 300 },
  { route: "accounts.update", kind: "hang-after", every: 53, times: 2 },
  { route: "accounts.update", kind: "unauthorized", every: 59, times: 2 },
  { route: "accounts.update", kind: "too-many-requests", every: 61, times: 2, retryAfter: 0 },
];

/** Every named point of the killing, in turn; a run takes the one its number says. */
const draws: readonly (readonly [name: string, draw: Draw])[] = [
  ["random", (random, changes) => ({ kills: [anyMoment(random, changes)] })],
  ["request received", at("request-received")],
  ["applied before the answer", at("applied-before-answer")],
  ["answered", at("answered")],
  ["before the intent's commit", atCommit("before-intent-commit")],
  ["after the intent's commit", atCommit("after-intent-commit")],
  ["before the outcome's commit", atCommit("before-outcome-commit")],
  ["after the outcome's commit", atCommit("after-outcome-commit")],
  ["read before sending", (random, changes) => ({ ...at("pre-read")(random, changes), ...reading })],
  [
    "before the recovery's commit",
    (random, changes) => ({
      kills: [
        ...at("request-received")(random, changes).kills,
        { at: "before-recovery-commit", nth: 1, delayMs: 0 },
        { at: "after-recovery-commit", nth: 1, delayMs: 0 },
      ],
    }),
  ],
  [
    "random, in rough weather",
    (random, changes) => ({
      kills: [anyMoment(random, changes)],
      weather: roughWeather,
      connection: { canRead: true, headersTimeoutMs: 600 },
    }),
  ],
  [
    "random, twice",
    (random, changes) => ({
      kills: [
        anyMoment(random, Math.ceil(changes / 2)),
        { at: "random", nth: 1 + random.below(20), delayMs: random.below(15) },
      ],
    }),
  ],
];

/** What a run does; the same seed, run and number of changes give the same plan. */
export function planRun(seed: number, run: number, changes: number): RunPlan {
  const random = seededDraws(seed * 100_003 + run);
  const [name, draw] = draws[run % draws.length] ?? ["random", at("random")];
  const { connection = {} } = Math.floor(run / draws.length + run) % 3 === 0 ? reading : blind;
  const drawn = draw(random, changes);
  return {
    seed,
    run,
    name,
    weather: [],
    ...drawn,
    connection: { concurrency: 8 + random.below(9), ...connection, ...drawn.connection },
  };
}

/** Named points of the killing of a run that is a batch; a kill may also strike while the batch is undone. */
const batchDraws: readonly (readonly [name: string, draw: Draw])[] = [
  ["batch: before rows are staged", () => ({ kills: [{ at: "before-reading-commit", nth: 1, delayMs: 0 }] })],
  ["batch: after rows were staged", () => ({ kills: [{ at: "after-reading-commit", nth: 1, delayMs: 0 }] })],
  ["batch: while it is checked", () => ({ kills: [{ at: "after-checking-commit", nth: 1, delayMs: 0 }] })],
  [
    "batch: while it is made, twice",
    (random) => ({
      kills: [
        { at: "before-making-commit", nth: 1 + random.below(4), delayMs: 0 },
        { at: "after-making-commit", nth: 1 + random.below(2), delayMs: 0 },
      ],
    }),
  ],
  ["batch: random", (random, changes) => ({ kills: [anyMoment(random, changes)] })],
  ["batch: applied before the answer", at("applied-before-answer")],
  [
    "batch: while it is sent and undone",
    (random, changes) => {
      const first = anyMoment(random, changes);
      const whileUndone = changes - first.nth + 20 + random.below(Math.max(1, changes - 60));
      return { asBatch: "undone", kills: [first, { ...anyMoment(random, changes), nth: whileUndone }] };
    },
  ],
  [
    "batch: in rough weather",
    (random, changes) => ({
      kills: [anyMoment(random, changes)],
      weather: roughWeather,
      connection: { canRead: true, headersTimeoutMs: 600 },
    }),
  ],
];

/** What a run of a batch does; the same seed, run and number of changes give the same plan. */
export function planBatchRun(seed: number, run: number, changes: number): RunPlan {
  const random = seededDraws(seed * 100_003 + 50_000 + run);
  const [name, draw] = batchDraws[run % batchDraws.length] ?? ["batch: random", at("random")];
  const drawn = draw(random, changes);
  const connection = { concurrency: 8 + random.below(9), canRead: run % 2 === 0, ...drawn.connection };
  return { seed, run, name, weather: [], asBatch: "calm", ...drawn, connection };
}

/** How many different batch runs there are before the points come round again. */
export const differentBatchPoints = batchDraws.length;

/** How many different runs there are before the points come round again. */
export const differentPoints = draws.length;
