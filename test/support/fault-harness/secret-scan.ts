import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { NamedText } from "./evidence.ts";

export interface FoundSecret {
  /** The secret's name, never its value. */
  readonly secret: string;
  readonly where: string;
}

function disguises(value: string): readonly string[] {
  const bytes = Buffer.from(value, "utf8");
  return [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString("base64").replace(/=+$/u, ""),
    bytes.toString("hex"),
  ];
}

/** Finds secrets in texts: as they are, percent-encoded, as JSON, in base64 and in hex. */
export function scanForSecrets(texts: readonly NamedText[], secrets: readonly NamedText[]): FoundSecret[] {
  const hunted = secrets.map(({ name, text }) => ({ name, forms: [...new Set(disguises(text))] }));
  return texts.flatMap(({ name: where, text }) =>
    hunted
      .filter(({ forms }) => forms.some((form) => text.includes(form)))
      .map(({ name }) => ({ secret: name, where })),
  );
}

/** Finds secrets in bytes of any kind, as UTF-8 and as UTF-16. */
export function scanBytes(where: string, bytes: Buffer, secrets: readonly NamedText[]): FoundSecret[] {
  return secrets
    .filter(({ text }) => bytes.includes(Buffer.from(text, "utf8")) || bytes.includes(Buffer.from(text, "utf16le")))
    .map(({ name }) => ({ secret: name, where }));
}

/** Finds secrets in the bytes of every file under a folder. */
export function scanFolder(folder: string, secrets: readonly NamedText[]): FoundSecret[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return scanBytes(relative(folder, path), readFileSync(path), secrets);
    });
}
