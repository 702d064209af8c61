import type { LawName } from "./laws.ts";
import type { Cut } from "./mutant-build.ts";
import type { Scenario } from "./scenarios.ts";

/** Which of the faults planted together in one build acts, in the environment of the app. */
const variable = "VOSTRO_TEST_MUTANT";

/** A fault in what a batch needs, the small run that brings it out, and the law that must see it. */
export interface BatchMutant {
  readonly what: string;
  readonly law: LawName;
  readonly scenario: Scenario;
  readonly cut: Cut;
}

const acts = (name: string): string => `(process.env["${variable}"] === "${name}")`;
const update = "accounts.update";
const blind = { canRead: false, concurrency: 2 };
const asBatch = { kills: [], connection: blind, weather: [], asBatch: "calm" } as const;

export const batchMutants = {
  "moved-unseen": {
    what: "an account that moved meanwhile is written over",
    law: "L11",
    scenario: {
      ...asBatch,
      connection: { canRead: true, concurrency: 1 },
      meanwhile: [{ nth: 1, does: "move-accounts" }],
    },
    cut: {
      file: "features/changes/read-around.ts",
      find: "  if (conflict.length > 0) {",
      replace: `  if (conflict.length > 0 && !${acts("moved-unseen")}) {`,
    },
  },
  "renewed-unjournalled": {
    what: "after renewing the token the request goes out once more under the intent of the one that was refused",
    law: "L5",
    scenario: { ...asBatch, meanwhile: [{ nth: 2, does: "expire-tokens" }] },
    cut: {
      file: "features/changes/send-one.ts",
      find: 'ended = await attempt(deps, provider, current, "after a fresh sign-in", turn);',
      replace: [
        `ended = ${acts("renewed-unjournalled")}`,
        "      ? { ...ended, outcome: await provider.write(",
        "          provider.prepareUpdate(current, current.update, current.currency), signal) }",
        '      : await attempt(deps, provider, current, "after a fresh sign-in", turn);',
      ].join("\n"),
    },
  },
  "storm-repeated": {
    what: "the HTTP client asks once more by itself after a 503",
    law: "L5",
    scenario: { ...asBatch, weather: [{ route: update, kind: "unavailable", every: 3, times: 2, retryAfter: 0 }] },
    cut: {
      file: "http/client.ts",
      find: "return exchange(poolOf(origin), options, { bodyTimeoutMs: settings.bodyTimeoutMs, maxBodyBytes }, signal);",
      replace: [
        "const once = () =>",
        "  exchange(poolOf(origin), options, { bodyTimeoutMs: settings.bodyTimeoutMs, maxBodyBytes }, signal);",
        "const answer = await once();",
        `return answer.status === 503 && ${acts("storm-repeated")} ? once() : answer;`,
      ].join("\n"),
    },
  },
  "made-twice": {
    what: "the mark how far the making has come stays one row behind",
    law: "L9",
    scenario: { ...asBatch, kills: [{ at: "after-making-commit", nth: 1, delayMs: 0 }] },
    cut: {
      file: "features/batches/making.ts",
      find: "{ toRow: last.row, made,",
      replace: `{ toRow: last.row - (${acts("made-twice")} ? 1 : 0), made,`,
    },
  },
  "pause-leaks": {
    what: "a batch that paused by itself goes on sending",
    law: "L9",
    scenario: {
      ...asBatch,
      connection: { canRead: false, concurrency: 1 },
      weather: [{ route: update, kind: "reset-after", times: 12 }],
      changes: 12,
    },
    cut: {
      file: "features/batches/sending.ts",
      find: "text: `Paused: ${message}` });\n      changes.setGate(writer, id, false);",
      replace: `text: \`Paused: \${message}\` });\n      changes.setGate(writer, id, ${acts("pause-leaks")});`,
    },
  },
} as const satisfies Readonly<Record<string, BatchMutant>>;

export type BatchMutantName = keyof typeof batchMutants;

/** The environment in which the planted fault acts. */
export function actingAs(name: BatchMutantName): Readonly<Record<string, string>> {
  return { [variable]: name };
}
