import { startChild } from "../child-process.ts";
import { ms, perSecond, type BenchContext, type Line, type Measured, type Measurement } from "../measurement.ts";
import { median, percentile } from "../statistics.ts";
import type { ReadingAnswer, ReadingQuestion } from "./reading-process.ts";

const rows = 100_000;
const manyRows = 1_000_000;

/** Asks a process of its own, so that its peak memory is that of this work alone. */
async function askOne(question: ReadingQuestion): Promise<ReadingAnswer> {
  const child = startChild<ReadingQuestion, ReadingAnswer>("batches/reading-process.ts");
  try {
    return await child.ask(question);
  } finally {
    await child.end();
  }
}

const megabytes = (value: number): string => `${Math.round(value)} MB`;
const figure = (count: number): string => count.toLocaleString("en-US");

interface Rounds {
  readonly vostro: readonly ReadingAnswer[];
  readonly "csv-parse": readonly ReadingAnswer[];
  readonly papaparse: readonly ReadingAnswer[];
  readonly lookups: readonly ReadingAnswer[];
}

async function runRounds(folder: string, count: number): Promise<Rounds> {
  const found = {
    vostro: [] as ReadingAnswer[],
    "csv-parse": [] as ReadingAnswer[],
    papaparse: [] as ReadingAnswer[],
    lookups: [] as ReadingAnswer[],
  };
  for (let round = 0; round < count; round += 1) {
    for (const ask of ["csv-parse", "vostro", "papaparse", "lookups"] as const)
      found[ask].push(await askOne({ ask, folder, rows }));
  }
  return found;
}

const cpuOf = (answers: readonly ReadingAnswer[]): number => median(answers.map(({ cpuMs }) => cpuMs));

function speedLines({ vostro, "csv-parse": bare, papaparse, lookups }: Rounds): Line[] {
  const ours = cpuOf(vostro);
  const value = `${perSecond((rows / ours) * 1000)} (${ms(ours)})`;
  const what = `read, map, check, compare and store ${figure(rows)} rows × 27 columns, computing time`;
  const line = (name: string, answers: readonly ReadingAnswer[], goal?: string): Line => ({
    what,
    value,
    beside: `bare ${name} ${ms(cpuOf(answers))}`,
    ratio: ours / cpuOf(answers),
    ...(goal === undefined ? {} : { goal }),
  });
  const peak = (answers: readonly ReadingAnswer[]): string =>
    megabytes(median(answers.map(({ peakMegabytes }) => peakMegabytes)));
  return [
    line("csv-parse", bare, "≤ 3.00"),
    line("papaparse", papaparse),
    {
      what: "  of it, finding, decrypting and decoding the cached accounts alone",
      value: ms(cpuOf(lookups)),
      beside: `all of it ${ms(ours)}`,
      ratio: cpuOf(lookups) / ours,
    },
    { what: "  its peak memory", value: peak(vostro), beside: `csv-parse ${peak(bare)}, papaparse ${peak(papaparse)}` },
  ];
}

function manyLines(many: ReadingAnswer, few: readonly ReadingAnswer[]): Line[] {
  const base = median(few.map(({ peakMegabytes }) => peakMegabytes));
  const pages = many.pagesMs ?? [];
  return [
    {
      what: `peak memory of the same with ${figure(manyRows)} rows`,
      value: megabytes(many.peakMegabytes),
      beside: `${figure(rows)} rows ${megabytes(base)}`,
      ratio: many.peakMegabytes / base,
      goal: "< 500 MB, ≤ 1.50",
    },
    {
      what: `page of 100 of a filter of ${figure(manyRows)} planned rows`,
      value: `p50 ${ms(percentile(pages, 0.5))}, p99 ${ms(percentile(pages, 0.99))}`,
      goal: "any page < 5 ms",
    },
  ];
}

async function run(context: BenchContext): Promise<Measured> {
  context.say(`reading and planning ${figure(rows)} rows, beside bare parsers`);
  const folder = context.scratch("batch-reading");
  await askOne({ ask: "fill", folder, rows });
  const rounds = await runRounds(folder, context.quick ? 1 : 3);
  const lines = speedLines(rounds);
  if (context.quick) return { lines, data: { rows, rounds } };
  context.say(`the same with ${figure(manyRows)} rows`);
  const wide = context.scratch("batch-reading-many");
  await askOne({ ask: "fill", folder: wide, rows: manyRows });
  const many = await askOne({ ask: "vostro", folder: wide, rows: manyRows });
  return { lines: [...lines, ...manyLines(many, rounds.vostro)], data: { rows, rounds, manyRows, many } };
}

/** Bulk edits from the file to the stored plan; parsers alone do not map, check, compare or store. */
export const reading: Measurement = { name: "reading", title: "Bulk edits: from the file to the stored plan", run };
