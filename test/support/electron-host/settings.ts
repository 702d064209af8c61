import type { Theme } from "./desktop.ts";
import type { Keyring } from "./safe-storage.ts";

export interface HostSettings {
  readonly appRoot: string;
  readonly argv: readonly string[];
  readonly isPackaged: boolean;
  readonly headless: boolean;
  readonly keyring: Keyring;
  readonly keyringFile: string | undefined;
  readonly colorScheme: Theme;
  readonly viewport: { readonly widthPx: number; readonly heightPx: number } | undefined;
}

/** The settings of one run, from the names VOSTRO_HOST_* of its environment. Throws for a value it does not know. */
export function readSettings(
  appRoot: string,
  argv: readonly string[],
  isPackaged: boolean,
  env: NodeJS.ProcessEnv,
): HostSettings {
  const oneOf = <T extends string>(name: string, values: readonly [T, ...T[]]): T => {
    const given = env[name];
    if (given === undefined || given === "") return values[0];
    const value = values.find((known) => known === given);
    if (value === undefined) throw new Error(`${name} must be one of ${values.join(", ")}`);
    return value;
  };
  const [, widthPx, heightPx] = /^(\d+)x(\d+)$/.exec(env["VOSTRO_HOST_VIEWPORT"] ?? "") ?? [];
  return {
    appRoot,
    argv,
    isPackaged,
    headless: oneOf("VOSTRO_HOST_WINDOW", ["headless", "headed"]) === "headless",
    keyring: oneOf("VOSTRO_HOST_KEYRING", ["basic_text", "gnome_libsecret"]),
    keyringFile: env["VOSTRO_HOST_KEYRING_FILE"],
    colorScheme: oneOf("VOSTRO_HOST_COLOR_SCHEME", ["light", "dark"]),
    viewport: widthPx && heightPx ? { widthPx: Number(widthPx), heightPx: Number(heightPx) } : undefined,
  };
}
