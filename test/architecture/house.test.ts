import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { linesMatching, repositoryFiles, textOf } from "./tracked-files.ts";

const files = repositoryFiles();
const code = files.filter((file) => /^(src|test|resources)\/.*\.(tsx?|mjs|cjs|js)$/.test(file));
const styled = [...code, ...files.filter((file) => /^src\/.*\.css$/.test(file))];
const tests = code.filter((file) => file.startsWith("test/"));
const texts = files.filter(
  (file) => /(\.(tsx?|mjs|cjs|js|css|html|json|md|yml|yaml|sql|svg|txt|csv)|^\.ci\/run|^\.[a-z]+rc|ignore)$/.test(file),
);

type Manifest = Record<"dependencies" | "devDependencies", Record<string, string> | undefined>;
type Lock = {
  readonly packages: Record<
    string,
    { readonly dependencies?: Record<string, string>; readonly optionalDependencies?: Record<string, string> }
  >;
};

describe("source files", () => {
  it("stay under 350 lines", () => {
    const long = styled.map((file) => `${textOf(file).trimEnd().split("\n").length} ${file}`);
    expect(long.filter((line) => Number.parseInt(line, 10) > 350)).toEqual([]);
  });

  it("aim at 120 columns and stay within 140", () => {
    expect(linesMatching(code, /^.{141,}$/)).toEqual([]);
  });

  it("are named in kebab-case for what they hold", () => {
    const names = code.map((file) => basename(file).replace(/(\.(test|config|d))?\.[a-z]+$/, ""));
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^(utils?|helpers?|common|misc|.*-?manager)$/.test(name))).toEqual([]);
  });

  it("carry no notes to self and switch no checker off without a reason", () => {
    expect(linesMatching(code, /\b(TO[D]O|FIX[M]E|HA[C]K)\b|\bXX[X]:/)).toEqual([]);
    expect(linesMatching(code, /@ts-(ignore|expect-error|nocheck)\b|(ox|es)lint-disable(?!.* -- \w)/)).toEqual([]);
  });

  it("ignore no error silently", () => {
    expect(linesMatching(code, /catch *(\([^)]*\))? *\{ *\}|\.catch\(\(\) *=> *\{ *\}\)/)).toEqual([]);
  });
});

describe("tests", () => {
  it("are neither focused nor switched off", () => {
    expect(linesMatching(tests, /\b(it|test|describe|suite)(\.\w+)*\.(skip|only|todo|fixme|fails)\b/)).toEqual([]);
  });

  it("wait for conditions, never for a fixed time", () => {
    expect(linesMatching(tests, /waitForTimeout\(|setTimeout\([^,]+, *[0-9_]{3,}\)|\bsleep\([0-9_]+\)/)).toEqual([]);
  });
});

describe("the repository", () => {
  it("names no machine path and no package host", () => {
    const machine = new RegExp(`(^|[^a-zA-Z0-9.])/(${["work", "farm", "shared", "tmp/bash_jobs"].join("|")})/`);
    const hosts = new RegExp([["registry", "npmjs"], ["registry", "yarnpkg"], ["deb", "debian"]]
      .map((parts) => parts.join("\\.")).join("|"));
    expect(linesMatching(texts, machine)).toEqual([]);
    expect(linesMatching(texts, hosts)).toEqual([]);
  });

  it("keeps download addresses out of the lock file", () => {
    expect(linesMatching(files.filter((file) => file.endsWith("package-lock.json")), /"resolved":/)).toEqual([]);
  });

  it("locks every package for every system, so that a clean install works on each", () => {
    const lock: Lock = JSON.parse(textOf("package-lock.json"));
    const paths = Object.keys(lock.packages);
    const unlocked = Object.entries(lock.packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !paths.some((other) => other.endsWith(`node_modules/${name}`)))
        .map((name) => `${path} needs ${name}`),
    );
    expect(unlocked).toEqual([]);
  });

  it("pins every package to one exact version", () => {
    const loose = files
      .filter((file) => basename(file) === "package.json")
      .flatMap((file) => {
        const manifest: Manifest = JSON.parse(textOf(file));
        return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).map(
          ([name, version]) => `${file}: ${name}@${version}`,
        );
      })
      .filter((line) => !/: (@[^@]+|[^@]+)@(npm:(@[^@]+|[^@]+)@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(line));
    expect(loose).toEqual([]);
  });

  const explained = ["src/main", "src/preload", "src/renderer", "test"];

  it.each(explained)("explains %s in a README of at most 40 lines", (folder) => {
    const readme = `${folder}/README.md`;
    expect(files).toContain(readme);
    expect(textOf(readme).trimEnd().split("\n").length).toBeLessThanOrEqual(40);
  });
});
