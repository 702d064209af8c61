import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type InlineConfig, type Plugin } from "vite";
import electronVite from "../../../electron.vite.config.ts";
import { copyApp, project } from "./app-copy.ts";

/** One cut in a source file; `find` must stand in it exactly once. */
export interface Cut {
  /** Under src/main. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A cut no longer fits the source it was made for. */
export class RottenMutant extends Error {
  override readonly name = "RottenMutant";
}

/** The source with the cut made. Throws RottenMutant unless the place is there exactly once. */
export function cutOnce(source: string, { file, find, replace }: Cut): string {
  const places = source.split(find).length - 1;
  if (places !== 1) throw new RottenMutant(`${file} holds the place to cut ${places} times, not once:\n${find}`);
  return source.replace(find, () => replace);
}

function cutting(cuts: readonly Cut[], done: Set<Cut>): Plugin {
  return {
    name: "planted-mutant",
    enforce: "pre",
    transform(source, id) {
      const file = relative(join(project, "src", "main"), id);
      const mine = cuts.filter((cut) => cut.file === file);
      if (mine.length === 0) return undefined;
      mine.forEach((cut) => done.add(cut));
      return { code: mine.reduce(cutOnce, source), map: null };
    },
  };
}

/** Builds main with the cuts made and puts it beside the app's own page: the root of an app to launch. */
export async function buildMutant(name: string, cuts: readonly Cut[]): Promise<string> {
  const { main } = electronVite as { readonly main: InlineConfig };
  const outDir = join(project, "out", "faults", "mutants", name);
  const done = new Set<Cut>();
  mkdirSync(outDir, { recursive: true });
  await build({
    ...main,
    configFile: false,
    root: project,
    logLevel: "error",
    plugins: [cutting(cuts, done)],
    ssr: { noExternal: true, external: ["electron", "better-sqlite3"], target: "node" },
    build: {
      ...main.build,
      outDir,
      emptyOutDir: true,
      ssr: true,
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
    },
  });
  const missed = cuts.filter((cut) => !done.has(cut));
  if (missed.length > 0)
    throw new RottenMutant(`The bundle does not hold ${missed.map(({ file }) => file).join(", ")}`);
  return copyApp(`mutant-${name}`, outDir);
}
