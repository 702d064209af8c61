import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { trainingPeople } from "../../src/main/features/workspace/training-people.ts";
import type { NamedText } from "./fault-harness/evidence.ts";
import { scanBytes, scanForSecrets } from "./fault-harness/secret-scan.ts";

const trainingSecrets: readonly NamedText[] = [
  ...trainingPeople.map(({ name, passphrase }) => ({ name: `the passphrase of ${name}`, text: passphrase })),
  { name: "the client or partner secret", text: "training-secret" },
  { name: "the sign-in header", text: Buffer.from("training-client:training-secret").toString("base64") },
  { name: "the account manager's token", text: "training-pre-production-token" },
];

/** What nobody writes but a random token: long, of letters in both cases and digits, with no word in it. */
const tokenLike = /(?=[\w-]*\d)(?=[\w-]*[A-Z])(?![\w-]*[a-z]{6})(?=[\w-]*[a-z])[\w-]{27,}/gu;
const longNumber = /\d{7,}/gu;
/** An encrypted file of 100 MB has such a run by chance once in a hundred thousand files. */
const readableRun = 30;
const digitRun = 9;

const named = (texts: readonly string[]): NamedText[] => texts.map((text) => ({ name: "what the test typed", text }));

/** What stands in a log and must not: secrets in any guise, what looks like a token, numbers of seven digits. */
export function leaksInLog(log: NamedText, typed: readonly string[] = []): string[] {
  const secrets = scanForSecrets([log], [...trainingSecrets, ...named(typed)]);
  const lines = log.text.split("\n").flatMap((line) => {
    const masked = line.replaceAll(longNumber, (run) => `(number of ${run.length} digits)`);
    const bare = masked.replaceAll(tokenLike, "(what looks like a token)");
    return bare === line ? [] : [`${log.name} holds ${bare}`];
  });
  return [...secrets.map(({ secret, where }) => `${where} holds ${secret}`), ...lines];
}

/** Whether `least` bytes of a kind stand in a row: looks at every `least`-th byte, and around it where it is one. */
function hasRun(bytes: Buffer, least: number, isOfKind: (byte: number) => boolean): boolean {
  const isAt = (at: number): boolean => {
    const byte = bytes[at];
    return byte !== undefined && isOfKind(byte);
  };
  for (let at = least - 1; at < bytes.length; at += least) {
    if (!isAt(at)) continue;
    let [first, last] = [at, at];
    while (isAt(first - 1)) first -= 1;
    while (isAt(last + 1)) last += 1;
    if (last - first + 1 >= least) return true;
  }
  return false;
}

/** What can be read in a file that should be encrypted throughout: secrets, a long number, or any longer text. */
export function leaksInFile(name: string, bytes: Buffer, typed: readonly string[] = []): string[] {
  const secrets = scanBytes(name, bytes, [...trainingSecrets, ...named(typed)]).map(({ secret }) => secret);
  const number = hasRun(bytes, digitRun, (byte) => byte >= 0x30 && byte <= 0x39) ? ["a long number"] : [];
  const text = hasRun(bytes, readableRun, (byte) => byte >= 0x20 && byte <= 0x7e) ? ["readable text"] : [];
  return [...secrets, ...number, ...text].map((what) => `${name} holds ${what} in clear`);
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What an app that has ended left in its logs and its workspaces that must not be there, as sentences. */
export function leaksIn(userData: string, output: string, typed: readonly string[] = []): string[] {
  const logs = filesBelow(join(userData, "logs")).flatMap((path) =>
    leaksInLog({ name: relative(userData, path), text: readFileSync(path, "utf8") }, typed),
  );
  const files = filesBelow(join(userData, "workspaces"))
    .filter((path) => !path.endsWith(".json"))
    .flatMap((path) => leaksInFile(relative(userData, path), readFileSync(path), typed));
  const told = scanForSecrets([{ name: "the output", text: output }], [...trainingSecrets, ...named(typed)]);
  return [...logs, ...files, ...told.map(({ secret, where }) => `${where} holds ${secret}`)];
}

/** Removes the folder of an app that has ended. Fails when a log or a workspace's file gives something away. */
export function removeAfterScan(userData: string, output = "", typed: readonly string[] = []): void {
  try {
    const leaks = leaksIn(userData, output, typed);
    if (leaks.length > 0) throw new Error(`Left behind in ${userData}:\n${leaks.slice(0, 20).join("\n")}`);
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
}
