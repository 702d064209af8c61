import { posix } from "node:path";
import type { Import } from "./import-scan.ts";

type Area = {
  readonly name: string;
  /** Which files belong to it; a first group names the part (feature, provider) a file belongs to. */
  readonly covers: RegExp;
  /** Areas it may import; `self` is the same part only, `type:` marks areas of which only types may be imported. */
  readonly areas: readonly string[];
  /** Packages it may import, by package name. */
  readonly packages: readonly string[];
  readonly builtins: "all" | "none" | "no-network";
};

const network = /^node:(http|https|http2|net|tls|dgram|dns)(\/|$)/;
const allOfMain = [
  "core",
  "database",
  "http",
  "provider-interface",
  "provider",
  "feature",
  "shell",
  "training",
  "contract",
];
const screen = [
  "react",
  "react-aria-components",
  "react-hook-form",
  "@hookform/resolvers",
  "@tanstack/react-query",
  "@tanstack/react-table",
  "lucide-react",
  "tinykeys",
  "zod",
  "zustand",
];

/** Who may import whom. A file under src that no area covers is an error, and so is a package no area names. */
export const areas: readonly Area[] = [
  { name: "contract", covers: /^src\/preload\/contract\//, areas: ["contract"], packages: ["zod"], builtins: "none" },
  {
    name: "preload",
    covers: /^src\/preload\/index\.ts$/,
    areas: ["type:contract"],
    packages: ["electron"],
    builtins: "none",
  },
  {
    name: "core",
    covers: /^src\/main\/core\//,
    areas: ["core", "contract"],
    packages: ["electron-log", "zod"],
    builtins: "no-network",
  },
  {
    name: "database",
    covers: /^src\/main\/database\//,
    areas: ["database", "core"],
    packages: ["better-sqlite3"],
    builtins: "no-network",
  },
  {
    name: "http",
    covers: /^src\/main\/http\//,
    areas: ["http", "core"],
    packages: ["undici", "zod", "p-queue", "cockatiel", "lossless-json", "fast-xml-parser"],
    builtins: "all",
  },
  {
    name: "provider-interface",
    covers: /^src\/main\/providers\/[^/]+\.ts$/,
    areas: ["provider-interface", "http", "core", "contract"],
    packages: ["zod", "lossless-json"],
    builtins: "no-network",
  },
  {
    name: "provider",
    covers: /^src\/main\/providers\/([^/]+)\//,
    areas: ["self", "provider-interface", "http", "core", "contract"],
    packages: ["undici", "zod", "oauth4webapi", "p-queue", "cockatiel", "fast-xml-parser", "lossless-json"],
    builtins: "no-network",
  },
  {
    name: "feature",
    covers: /^src\/main\/features\/([^/]+)\//,
    areas: ["self", "type:feature-service", "core", "database", "provider-interface", "contract"],
    packages: ["zod", "csv-parse", "p-queue", "lossless-json"],
    builtins: "no-network",
  },
  {
    name: "shell",
    covers: /^src\/main\/shell\//,
    areas: ["shell", "core", "contract"],
    packages: ["electron", "electron-log", "electron-updater"],
    builtins: "no-network",
  },
  {
    name: "training",
    covers: /^src\/main\/training\//,
    areas: ["training", "core", "contract"],
    packages: ["undici", "zod", "lossless-json", "fast-xml-parser"],
    builtins: "all",
  },
  {
    name: "composition",
    covers: /^src\/main\/index\.ts$/,
    areas: [...allOfMain, "composition-part"],
    packages: ["electron"],
    builtins: "no-network",
  },
  {
    name: "composition-part",
    covers: /^src\/main\/compose(-[a-z-]+)?\.ts$/,
    areas: [...allOfMain, "composition-part"],
    packages: [],
    builtins: "no-network",
  },
  {
    name: "ui",
    covers: /^src\/renderer\/ui\//,
    areas: ["ui"],
    packages: [
      "react",
      "react-dom",
      "react-aria-components",
      "@tanstack/react-table",
          "@fontsource-variable/inter",
      "@fontsource-variable/jetbrains-mono",
      "lucide-react",
    ],
    builtins: "none",
  },
  {
    name: "bridge",
    covers: /^src\/renderer\/bridge\//,
    areas: ["bridge", "contract"],
    packages: ["react", "@tanstack/react-query"],
    builtins: "none",
  },
  {
    name: "screen",
    covers: /^src\/renderer\/features\/([^/]+)\//,
    areas: ["self", "ui", "bridge", "contract"],
    packages: screen,
    builtins: "none",
  },
  {
    name: "app",
    covers: /^src\/renderer\/(app\/|main\.tsx$|vite-env\.d\.ts$)/,
    areas: ["app", "screen", "ui", "bridge", "contract"],
    packages: [...screen, "react-dom"],
    builtins: "none",
  },
];

/** What a feature offers to others: its service's type, or the type of one side of it in a file that holds only types. */
const service = /\/(?:service|(?<side>[a-z-]+-(?:access|trail)))\.ts$/;

/** Whether a file may hold nothing but types, because other features import from it. */
export function isServiceSide(file: string): boolean {
  return areaOf(file)?.name === "feature" && service.exec(file)?.groups?.["side"] !== undefined;
}

/** The area that covers a file under src, or undefined where none does. */
export function areaOf(file: string): Area | undefined {
  return areas.find((area) => area.covers.test(file));
}

function partOf(area: Area, file: string): string | undefined {
  return area.covers.exec(file)?.[1];
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The file under the repository a specifier names, or undefined for a package or a built-in. */
export function targetFile(from: string, specifier: string): string | undefined {
  const path = specifier.replace(/\?.*$/, "");
  if (path.startsWith(".")) return posix.join(posix.dirname(from), path);
  if (path === "@contract") return "src/preload/contract/index.ts";
  if (path.startsWith("@contract/")) return `src/preload/contract/${path.slice("@contract/".length)}`;
  return undefined;
}

/** Why one import breaks the rules, in words, or undefined when it is allowed. */
export function brokenRule(file: string, imported: Import): string | undefined {
  const area = areaOf(file);
  if (area === undefined) return `${file} belongs to no area: no import rule covers it`;
  const { specifier, isTypeOnly } = imported;
  const target = targetFile(file, specifier);
  if (target === undefined) {
    if (specifier.startsWith("node:")) {
      const allowed = area.builtins === "all" || (area.builtins === "no-network" && !network.test(specifier));
      return allowed ? undefined : `${file} (${area.name}) may not import ${specifier}`;
    }
    if (area.packages.includes(packageName(specifier))) return undefined;
    return `${file} (${area.name}) may not import ${specifier}`;
  }
  const targetArea = areaOf(target);
  if (targetArea === undefined) return `${file} imports ${target}, which belongs to no area`;
  if (targetArea === area && partOf(area, file) === partOf(targetArea, target)) return undefined;
  const isService = targetArea.name === "feature" && service.test(target);
  const names = [targetArea.name, ...(isService ? ["feature-service"] : [])];
  const allowed = names.some(
    (name) => area.areas.includes(name) || (isTypeOnly && area.areas.includes(`type:${name}`)),
  );
  return allowed ? undefined : `${file} (${area.name}) may not import ${target} (${targetArea.name})`;
}
