import { describe, expect, it } from "vitest";
import { contract } from "../../src/preload/contract/index.ts";
import { areaOf, brokenRule, isServiceSide } from "./import-rules.ts";
import { scanImports } from "./import-scan.ts";
import { filesBelow, textOf } from "./tracked-files.ts";

const sources = filesBelow("src").filter((file) => /\.tsx?$/.test(file));

function check(file: string, source: string): readonly string[] {
  return scanImports(source).flatMap((imported) => brokenRule(file, imported) ?? []);
}

describe("imports under src", () => {
  it("are those the areas allow", () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap((file) => check(file, textOf(file)))).toEqual([]);
  });

  it("leave no file without a rule", () => {
    expect(sources.filter((file) => areaOf(file) === undefined)).toEqual([]);
  });

  it("name files with their extension, so that Node can run pure modules", () => {
    const bare = sources.flatMap((file) =>
      scanImports(textOf(file))
        .filter((imported) => /^(\.|@contract\/)/.test(imported.specifier))
        .filter((imported) => !/\.(tsx?|css|json|svg|png|woff2|sql|html)(\?.*)?$/.test(imported.specifier))
        .map((imported) => `${file}: ${imported.specifier}`),
    );
    expect(bare).toEqual([]);
  });

  it("of a feature's side for others bring types and nothing that runs", () => {
    const running = sources
      .filter(isServiceSide)
      .filter((file) => /^(export )?(async )?(const|let|function|class)\b|^export (\*|\{)/m.test(textOf(file)));
    expect(running).toEqual([]);
  });

  it("keep each feature's name the same in contract, main and renderer", () => {
    const features = [...filesBelow("src/main/features"), ...filesBelow("src/renderer/features")].flatMap(
      (file) => /^src\/(?:main|renderer)\/features\/([^/]+)\//.exec(file)?.[1] ?? [],
    );
    const inContract = Object.keys(contract).map((name) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`));
    expect([...new Set(features)].filter((name) => !inContract.includes(name))).toEqual([]);
  });
});

describe("the import rules", () => {
  const cases: readonly (readonly [file: string, source: string, allowed: boolean])[] = [
    ["src/preload/contract/values.ts", 'import { z } from "zod";', true],
    ["src/preload/contract/values.ts", 'import { readFileSync } from "node:fs";', false],
    ["src/preload/contract/values.ts", 'import { log } from "../../main/core/log.ts";', false],
    ["src/preload/index.ts", 'import { contextBridge } from "electron";', true],
    ["src/preload/index.ts", 'import type { Bridge } from "./contract/index.ts";', true],
    ["src/preload/index.ts", 'import { contract } from "./contract/index.ts";', false],
    ["src/main/core/log.ts", 'import { app } from "electron";', false],
    ["src/main/core/log.ts", 'import { createServer } from "node:http";', false],
    ["src/main/database/open.ts", 'import Database from "better-sqlite3";', true],
    ["src/main/features/accounts/store.ts", 'import Database from "better-sqlite3";', false],
    ["src/main/features/accounts/service.ts", 'import { request } from "undici";', false],
    ["src/main/features/accounts/service.ts", 'import { finzly } from "../../providers/finzly/client.ts";', false],
    ["src/main/features/accounts/service.ts", 'import type { Provider } from "../../providers/provider.ts";', true],
    ["src/main/features/accounts/service.ts", 'import type { Audit } from "../audit/service.ts";', true],
    ["src/main/features/accounts/service.ts", 'import { audit } from "../audit/service.ts";', false],
    ["src/main/features/accounts/service.ts", 'import type { Trail } from "../audit/audit-trail.ts";', true],
    ["src/main/features/accounts/service.ts", 'import { trail } from "../audit/audit-trail.ts";', false],
    ["src/main/compose.ts", 'import { app } from "electron";', false],
    ["src/main/compose.ts", 'import { open } from "./database/open.ts";', true],
    ["src/main/features/accounts/service.ts", 'import type { Row } from "../audit/store.ts";', false],
    ["src/main/features/accounts/service.ts", 'import { plan } from "./plan.ts";', true],
    ["src/main/providers/finzly/client.ts", 'import { map } from "../signzy/map.ts";', false],
    ["src/main/providers/finzly/client.ts", 'export * from "undici";', true],
    ["src/main/shell/window.ts", 'const { app } = await import("electron");', true],
    ["src/main/shell/window.ts", 'import { open } from "../database/open.ts";', false],
    ["src/main/index.ts", 'import { open } from "./database/open.ts";', true],
    ["src/renderer/ui/button.tsx", 'import { call } from "../bridge/call.ts";', false],
    ["src/renderer/features/accounts/list.tsx", 'import { Editor } from "../changes/editor.tsx";', false],
    ["src/renderer/features/accounts/list.tsx", 'import { call } from "../../bridge/call.ts";', true],
    ["src/renderer/features/accounts/list.tsx", 'import { rules } from "../../../main/core/log.ts";', false],
    ["src/renderer/app/routes.tsx", 'import { List } from "../features/accounts/list.tsx";', true],
    ["src/main/odd.ts", 'import { z } from "zod";', false],
    ["src/main/core/log.ts", "const name = pick(); await import(name);", false],
  ];

  it.each(cases)("%s: %s → %s", (file, source, allowed) => {
    expect(check(file, source).length === 0).toBe(allowed);
  });
});

describe("the import scanner", () => {
  it("finds every form and reads neither comments nor strings as code", () => {
    const source = [
      'import a, { b } from "one";',
      "import {\n  c,\n  type D,\n} from 'two';",
      'import "three.css";',
      'export { e } from "four";',
      'export * as f from "five";',
      'const g = await import("six");',
      '// import h from "seven";',
      '/* import i from "eight"; */',
      'const text = "// not a comment"; import j from "nine";',
    ].join("\n");
    expect(scanImports(source).map((found) => found.specifier).toSorted()).toEqual(
      ["one", "two", "three.css", "four", "five", "six", "nine"].toSorted(),
    );
  });

  it("tells types from values", () => {
    const typeOnly = (source: string) => scanImports(source)[0]?.isTypeOnly;
    expect(typeOnly('import type { A } from "x";')).toBe(true);
    expect(typeOnly('import { type A, type B } from "x";')).toBe(true);
    expect(typeOnly('export type { A } from "x";')).toBe(true);
    expect(typeOnly('import { type A, b } from "x";')).toBe(false);
    expect(typeOnly('import b from "x";')).toBe(false);
    expect(typeOnly('type T = typeof import("x");')).toBe(true);
  });
});
