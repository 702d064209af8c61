import { startChild } from "../child-process.ts";
import { ms, type BenchContext, type Line, type Measured, type Measurement } from "../measurement.ts";
import { percentile } from "../statistics.ts";
import type { PagesAnswer, PagesQuestion } from "./pages-process.ts";

const accounts = 100_000;

function pair(
  what: string,
  ours: readonly number[],
  beside: string,
  theirs: readonly number[],
  goals: readonly [string, string],
): Line[] {
  return (
    [
      ["p50", 0.5],
      ["p99", 0.99],
    ] as const
  ).map(([name, share], index) => {
    const [mine, other] = [percentile(ours, share), percentile(theirs, share)];
    return {
      what: `${what}, ${name}`,
      value: ms(mine),
      beside: `${beside} ${ms(other)}`,
      ratio: mine / other,
      goal: goals[index] ?? "",
    };
  });
}

async function run(context: BenchContext): Promise<Measured> {
  context.say(`pages and searches of ${accounts} accounts`);
  const child = startChild<PagesQuestion, PagesAnswer>("accounts/pages-process.ts");
  try {
    const folder = context.scratch("pages");
    const answer = await child.ask({
      folder,
      accounts,
      pages: context.quick ? 100 : 400,
      searches: context.quick ? 5 : 20,
    });
    const { encrypted, plain, typed, like } = answer;
    const lines = [
      ...pair("page of 100, encrypted", encrypted, "plain file", plain, ["≤ 1.10", "p99 ≤ 1 ms, ≤ 1.10"]),
      ...pair("search as you type, encrypted", typed, "LIKE on the same file", like, ["", "p99 ≤ 5 ms, ≤ 1/300"]),
    ];
    return { lines, data: { accounts, ...answer } };
  } finally {
    await child.end();
  }
}

/** Lists and searches of a large cache; the goals are for 1,000,000 accounts, measured here with 100,000. */
export const pages: Measurement = { name: "pages", title: "100,000 accounts in the encrypted file", run };
