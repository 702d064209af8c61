import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Locked */

/** @param {string} root */
function lockHash(root) {
  return createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
}

/** @param {string} root */
function stampFile(root) {
  return join(root, "node_modules", ".vostro-install");
}

/**
 * @param {string} file
 * @returns {Record<string, Locked>}
 */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/**
 * Whether node_modules holds what package-lock.json asks for. A matching stamp answers at once; without one (someone
 * ran npm by hand) npm's own record of what it installed is compared package by package.
 * @param {string} root
 */
export function isInstalled(root) {
  const nodeFolder = join(root, "node_modules", "node", "bin");
  if (!existsSync(join(nodeFolder, "node")) && !existsSync(join(nodeFolder, "node.exe"))) return false;
  const stamp = stampFile(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash(root)) return true;
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = lockedPackages(join(root, "package-lock.json"));
  const present = lockedPackages(record);
  const same = Object.entries(wanted).every(([path, locked]) => {
    if (path === "") return true;
    const found = present[path];
    if (found === undefined) return locked.optional === true || locked.devOptional === true;
    return found.version === locked.version && found.integrity === locked.integrity;
  });
  if (same) rememberInstall(root);
  return same;
}

/**
 * Records that node_modules was made from the package-lock.json of this moment.
 * @param {string} root
 */
export function rememberInstall(root) {
  writeFileSync(stampFile(root), lockHash(root));
}
