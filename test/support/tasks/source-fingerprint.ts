import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

const buildInputs = ["src", "resources", "electron.vite.config.ts", "package.json", "package-lock.json"];

function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** SHA-256 over the path and content of everything the bundles are built from. */
export function sourceFingerprint(root: string): string {
  const hash = createHash("sha256");
  for (const input of buildInputs) {
    const path = join(root, input);
    if (!existsSync(path)) continue;
    const files = input.includes(".") ? [path] : filesBelow(path);
    for (const file of files) {
      const content = readFileSync(file);
      hash.update(`${relative(root, file).split(sep).join("/")}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}
