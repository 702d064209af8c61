import { builtinModules } from "node:module";
import { posix } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { scanImports } from "./import-scan.ts";
import { filesBelow, textOf } from "./tracked-files.ts";

const preload = "out/preload/index.cjs";
const page = "out/renderer/index.html";

function isProvided(specifier: string, packages: readonly string[]): boolean {
  return packages.includes(specifier) || specifier.startsWith("node:") || builtinModules.includes(specifier);
}

/** The scripts a page loads before it shows anything: those it names and all they import statically. */
function initialScripts(html: string): ReadonlySet<string> {
  const tags = html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+\.js)"/g);
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    const imports = textOf(file).matchAll(/(?:import|export)[^"'()]*?["'](\.{1,2}\/[^"']+\.js)["']/g);
    for (const match of imports) visit(posix.join(posix.dirname(file), match[1] ?? ""));
  };
  for (const tag of tags) visit(posix.join("out/renderer", tag[1] ?? ""));
  return found;
}

describe("the built preload script", () => {
  it("is smaller than 3 kB", () => {
    expect(Buffer.byteLength(textOf(preload))).toBeLessThan(3_000);
  });

  it("requires electron and nothing else", () => {
    const required = [...textOf(preload).matchAll(/\b(?:require|import)\s*\(?\s*["'`]([^"'`]+)["'`]/g)];
    expect(required.map((match) => match[1])).toEqual(["electron"]);
  });

  it("stands alone in its folder", () => {
    expect(filesBelow("out/preload").filter((file) => !file.endsWith(".map"))).toEqual([preload]);
  });
});

describe("the built main process", () => {
  it("imports only Electron, the database and what Node has", () => {
    const scripts = filesBelow("out/main").filter((file) => /\.(js|mjs|cjs)$/.test(file));
    const foreign = scripts.flatMap((file) =>
      scanImports(textOf(file))
        .filter(({ specifier }) => specifier !== "<computed>" && !specifier.startsWith("."))
        .filter(({ specifier }) => !isProvided(specifier, ["electron", "better-sqlite3"]))
        .map(({ specifier }) => `${file}: ${specifier}`),
    );
    expect(scripts).toContain("out/main/index.js");
    expect(foreign).toEqual([]);
  });
});

describe("the built page", () => {
  it("loads less than 250 kB of compressed script before it shows anything", () => {
    const scripts = [...initialScripts(textOf(page))];
    expect(scripts.length).toBeGreaterThan(0);
    const sizes = scripts.map((file) => gzipSync(textOf(file)).length);
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(250_000);
  });

  it("has no inline script or style and names no other host", () => {
    const html = textOf(page);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
});
