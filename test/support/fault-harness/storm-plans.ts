import type { FaultSpec } from "../../../src/main/training/finzly/index.ts";
import type { Meanwhile } from "./meanwhile.ts";
import type { Kill, RunPlan } from "./plan.ts";
import { seededDraws, type Draws } from "./seeded.ts";

type Drawn = Pick<RunPlan, "kills" | "weather"> & Partial<RunPlan>;
type StormDraw = (random: Draws, rows: number) => Drawn;

const update = "accounts.update";
const anywhere = (random: Draws, rows: number): number => 1 + random.below(Math.max(1, rows - 20));
const kill = (random: Draws, rows: number): Kill => ({
  at: "random",
  nth: anywhere(random, rows),
  delayMs: random.below(15),
});
const reading = { canRead: true, busyRetries: 20 };

/** A window of 503 that opens after some updates and shuts after some requests. */
const unavailable = (random: Draws, rows: number): Meanwhile => ({
  nth: anywhere(random, rows),
  does: { route: update, kind: "unavailable", times: 8 + random.below(20), retryAfter: 0 },
});
const tooMany = (every: number, times: number): FaultSpec => ({
  route: update,
  kind: "too-many-requests",
  every,
  times,
  retryAfter: 0,
});
const expiring = (random: Draws, rows: number): Meanwhile => ({ nth: anywhere(random, rows), does: "expire-tokens" });
const noNewToken: readonly FaultSpec[] = [
  { route: "token", kind: "unavailable", every: 2, times: 2 },
  { route: "token", kind: "reset-before", every: 5, times: 1 },
];

const stormDraws: readonly (readonly [name: string, draw: StormDraw])[] = [
  [
    "storm: tokens expire and cannot be renewed at once",
    (random, rows) => ({
      kills: [kill(random, rows)],
      weather: noNewToken,
      meanwhile: [expiring(random, rows), expiring(random, rows)],
    }),
  ],
  [
    "storm: 429 and windows of 503",
    (random, rows) => ({
      kills: [kill(random, rows)],
      weather: [tooMany(3 + random.below(4), Math.ceil(rows / 5))],
      meanwhile: [unavailable(random, rows), unavailable(random, rows)],
    }),
  ],
  [
    "storm: accounts change at the provider, while it is sent and undone",
    (random, rows) => ({
      asBatch: "undone",
      kills: [],
      weather: [],
      connection: reading,
      meanwhile: [
        { nth: Math.ceil(rows / 5) + random.below(Math.ceil(rows / 5)), does: "move-accounts" },
        { nth: rows - Math.floor(rows / 20), does: "move-accounts" },
      ],
    }),
  ],
  [
    "storm: everything at once, killed while it is sent and undone",
    (random, rows) => ({
      asBatch: "undone",
      kills: [kill(random, Math.floor(rows / 2)), kill(random, Math.floor(rows / 2))],
      weather: [...noNewToken, tooMany(7, Math.ceil(rows / 10))],
      connection: reading,
      meanwhile: [
        expiring(random, rows),
        unavailable(random, rows),
        { nth: Math.ceil(rows / 3), does: "move-accounts" },
      ],
    }),
  ],
];

/** How many different storms there are before they come round again. */
export const differentStorms = stormDraws.length;

/** A batch in bad weather; the same seed, run and number of rows give the same plan. */
export function planStormRun(seed: number, run: number, rows: number): RunPlan {
  const random = seededDraws(seed * 100_003 + 70_000 + run);
  const found = stormDraws[run % stormDraws.length];
  if (found === undefined) throw new RangeError("A run has a whole number of at least 0.");
  const [name, draw] = found;
  const drawn = draw(random, rows);
  const canRead = Math.floor(run / stormDraws.length + run) % 2 === 0;
  return {
    seed,
    run,
    name,
    asBatch: "calm",
    ...drawn,
    connection: { concurrency: 8 + random.below(9), busyRetries: 20, canRead, ...drawn.connection },
  };
}
