import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { kilobytes, type BenchContext, type Line, type Measured, type Measurement } from "../measurement.ts";

interface Bundle {
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

function bundlesUnder(folder: string, base: string): Bundle[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) !== ".map")
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const content = readFileSync(path);
      return { file: relative(base, path), bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length };
    })
    .toSorted((left, right) => right.bytes - left.bytes);
}

function lineOf(what: string, bundles: readonly Bundle[], goal?: string): Line {
  const sum = (pick: (bundle: Bundle) => number): number => bundles.reduce((total, bundle) => total + pick(bundle), 0);
  return {
    what: `${what} (${bundles.length} files)`,
    value: kilobytes(sum((bundle) => bundle.bytes)),
    beside: `gzip ${kilobytes(sum((bundle) => bundle.gzipBytes))}`,
    ...(goal === undefined ? {} : { goal }),
  };
}

/** The scripts index.html names, and what those import at once. */
function isInitial(root: string): (bundle: Bundle) => boolean {
  const html = readFileSync(join(root, "renderer", "index.html"), "utf8");
  const named = new Set([...html.matchAll(/(?:src|href)="[./]*([^"]+\.js)"/gu)].map(([, path]) => path ?? ""));
  for (const path of named) {
    const text = readFileSync(join(root, "renderer", path), "utf8");
    for (const [, imported] of text.matchAll(/(?:^|[;}])import\s*(?:[\w*{}\s,$]+?from)?\s*"\.\/([^"]+\.js)"/gu))
      named.add(join("assets", imported ?? ""));
  }
  return ({ file }) => named.has(relative("renderer", file));
}

async function run({ root }: BenchContext): Promise<Measured> {
  const out = join(root, "out");
  const folders = ["main", "preload", "renderer"].map((name) => [name, bundlesUnder(join(out, name), out)] as const);
  const renderer = folders.find(([name]) => name === "renderer")?.[1] ?? [];
  const scripts = (bundles: readonly Bundle[]): Bundle[] => bundles.filter(({ file }) => file.endsWith("js"));
  const lines = [
    ...folders.slice(0, 2).map(([name, bundles]) => lineOf(name, bundles)),
    lineOf("renderer, scripts at the first screen", scripts(renderer).filter(isInitial(out)), "gzip < 250 kB"),
    lineOf("renderer, all scripts", scripts(renderer)),
    lineOf(
      "renderer, styles and fonts",
      renderer.filter(({ file }) => !file.endsWith(".js") && !file.endsWith(".html")),
    ),
  ];
  return { lines, data: { bundles: folders.flatMap(([, bundles]) => bundles) } };
}

export const bundles: Measurement = { name: "bundles", title: "Size of the bundles", run };
