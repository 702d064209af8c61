import { startChild } from "../child-process.ts";
import { ms, perSecond, type BenchContext, type Line, type Measured, type Measurement } from "../measurement.ts";
import type { SimulatorAnswer, SimulatorQuestion } from "../simulator-process.ts";
import { median } from "../statistics.ts";
import type { SenderQuestion, Sent } from "./sender-process.ts";

const changes = 2000;
/** newman sends one row after another, so its rate needs no more rows. */
const newmanRows = 100;

interface Setting {
  readonly delayMs: number;
  readonly concurrency: number;
  readonly canRead: boolean;
  readonly rounds: number;
}

interface Result extends Setting {
  readonly outbox: readonly Sent[];
  readonly plain: readonly Sent[];
  readonly newman: Sent | undefined;
}

async function runSetting(context: BenchContext, setting: Setting): Promise<Result> {
  const { delayMs, concurrency, canRead, rounds } = setting;
  context.say(`${changes} changes, ${delayMs} ms provider, concurrency ${concurrency}${canRead ? ", with reads" : ""}`);
  const provider = startChild<SimulatorQuestion, SimulatorAnswer>("simulator-process.ts");
  const sender = startChild<SenderQuestion, Sent>("sending/sender-process.ts");
  try {
    const simulator = await provider.ask({ accounts: changes, delayMs, readable: canRead });
    const folder = context.scratch(`sending-${delayMs}-${concurrency}-${canRead}`);
    await sender.ask({ ask: "open", folder, simulator, concurrency, canRead });
    const outbox: Sent[] = [];
    const plain: Sent[] = [];
    for (let round = 0; round < rounds; round += 1) {
      outbox.push(await sender.ask({ ask: "outbox", round }));
      plain.push(await sender.ask({ ask: "plain" }));
    }
    const isSlow = delayMs > 0 && concurrency === 32 && !canRead;
    const newman = isSlow ? await sender.ask({ ask: "newman", requests: newmanRows }) : undefined;
    if (newman !== undefined && newman.accepted !== newmanRows) throw new Error("newman's updates were not accepted");
    return { ...setting, outbox, plain, newman };
  } finally {
    await sender.end();
    await provider.end();
  }
}

const rate = (rounds: readonly Sent[]): number => (changes / median(rounds.map((round) => round.elapsedMs))) * 1000;

function lineOf({ delayMs, concurrency, canRead, outbox, plain }: Result): Line {
  const [ours, theirs] = [rate(outbox), rate(plain)];
  const goal = canRead ? undefined : delayMs === 0 ? "≥ 0.60" : "≥ 0.95";
  return {
    what: `send ${changes}, ${delayMs} ms, concurrency ${concurrency}${canRead ? ", read before and after" : ""}`,
    value: perSecond(ours),
    beside: `plain undici ${perSecond(theirs)}${canRead ? ", its PUTs alone" : ""}`,
    ratio: ours / theirs,
    ...(goal === undefined ? {} : { goal }),
  };
}

function newmanLine({ delayMs, concurrency, outbox, newman }: Result): Line[] {
  if (newman === undefined) return [];
  const [ours, theirs] = [rate(outbox), (newmanRows / newman.elapsedMs) * 1000];
  const how = `${delayMs} ms, concurrency ${concurrency}`;
  return [
    {
      what: `the same beside newman run -d (${newmanRows} rows, one at a time), ${how}`,
      value: perSecond(ours),
      beside: `newman ${perSecond(theirs)}`,
      ratio: ours / theirs,
      goal: "≥ 35.00",
    },
  ];
}

function lagLine(results: readonly Result[]): Line {
  const rounds = results.filter((result) => !result.canRead).flatMap((result) => result.outbox);
  return {
    what: "event-loop lag of the sending process while it sends (worst round)",
    value: `p99 ${ms(Math.max(...rounds.map((round) => round.lagP99Ms)))}, max ${ms(Math.max(...rounds.map((round) => round.lagMaxMs)))}`,
    goal: "p99 < 10 ms, max < 50 ms",
  };
}

async function run(context: BenchContext): Promise<Measured> {
  const rounds = context.quick ? 1 : 3;
  const plain = [50, 0].flatMap((delayMs) =>
    (context.quick ? [32] : [8, 32]).map((concurrency) => ({
      delayMs,
      concurrency,
      canRead: false,
      rounds: delayMs === 0 ? rounds + 2 : rounds,
    })),
  );
  const reading = (context.quick ? [] : [50, 0]).map((delayMs) => ({ delayMs, concurrency: 32, canRead: true, rounds: 1 }));
  const results: Result[] = [];
  for (const setting of [...plain, ...reading]) {
    const result = await runSetting(context, setting);
    results.push(result);
    const { value, beside, ratio } = lineOf(result);
    context.say(`  ${value}, ${beside ?? ""}, ratio ${ratio?.toFixed(2) ?? ""}`);
  }
  const lines = results.flatMap((result) => [lineOf(result), ...newmanLine(result)]);
  return { lines: [...lines, lagLine(results)], data: { changes, results } };
}

/** Durable sending through the outbox against a plain loop that keeps nothing; one round of each in turn, medians. */
export const sending: Measurement = {
  name: "sending",
  title: "Sending durably, side by side with a plain undici loop",
  run,
};
