import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { pages } from "./accounts/measure-pages.ts";
import { bridge } from "./app/measure-bridge.ts";
import { bundles } from "./app/measure-bundles.ts";
import { compare } from "./app/measure-compare.ts";
import { lag } from "./app/measure-lag.ts";
import { start } from "./app/measure-start.ts";
import { reading } from "./batches/measure-reading.ts";
import type { BenchContext, Measurement } from "./measurement.ts";
import { sending } from "./sending/measure-sending.ts";
import { tableOf, type TitledLines } from "./table.ts";

const all: readonly Measurement[] = [sending, reading, pages, bridge, lag, compare, start, bundles];

function contextIn(root: string, quick: boolean): BenchContext & { readonly dispose: () => void } {
  const base = join(root, "out", "bench", "scratch");
  rmSync(base, { recursive: true, force: true });
  return {
    root,
    quick,
    scratch: (name) => {
      const folder = join(base, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    say: (text) => console.log(`… ${text}`),
    dispose: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** `npm run bench [-- name… --quick]`: measures, prints one table, writes out/bench/<name>.json. Judges nothing. */
async function main(args: readonly string[]): Promise<void> {
  const root = resolve(import.meta.dirname, "../..");
  const names = args.filter((arg) => !arg.startsWith("--"));
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0)
    throw new Error(`Unknown: ${unknown.join(", ")}. Known: ${all.map((one) => one.name).join(", ")}.`);
  const context = contextIn(root, args.includes("--quick"));
  const parts: TitledLines[] = [];
  try {
    for (const measurement of all.filter((one) => names.length === 0 || names.includes(one.name))) {
      const { lines, data } = await measurement.run(context);
      parts.push({ title: measurement.title, lines });
      const report = {
        name: measurement.name,
        atUtc: new Date().toISOString(),
        node: process.version,
        cpus: cpus().length,
        lines,
        data,
      };
      writeFileSync(
        join(root, "out", "bench", `${measurement.name}.json`),
        `${JSON.stringify(report, undefined, 2)}\n`,
      );
    }
  } finally {
    context.dispose();
  }
  console.log(tableOf(parts));
}

await main(process.argv.slice(2));
