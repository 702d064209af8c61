import type { CallName, InputOf, OutputOf, VostroBridge } from "@contract";
import { launchVostro, type LaunchedApp } from "../launch.ts";

declare global {
  interface Window {
    readonly vostro: VostroBridge;
  }
}

/** What opens the workspace and signs the administrator in. */
export const passphrases = {
  administrator: "kestrel-orchard-917-lantern",
  unlock: "granite-harbour-403-violin",
} as const;

/** The running app, used as its own page uses it: through window.vostro only. */
export interface AppSession {
  readonly app: LaunchedApp;
  /** Throws an Error with the failure's code and message. */
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  /**
   * The same call for many inputs, a few at a time; undefined where it failed. Of the answers, which may be large, only
   * the members in `keep` leave the page.
   */
  callMany<N extends CallName, K extends keyof OutputOf<N>>(
    name: N,
    inputs: readonly InputOf<N>[],
    keep: readonly K[],
  ): Promise<(Pick<OutputOf<N>, K> | undefined)[]>;
}

export interface StartOptions {
  readonly appRoot: string;
  readonly userData: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The app with its page working but not drawn: nobody looks at it, and runs are many. */
export async function startApp({ appRoot, userData, env }: StartOptions): Promise<AppSession> {
  const app = await launchVostro({ appRoot, userData, ...(env === undefined ? {} : { env }) });
  await app.page.waitForFunction(() => typeof window.vostro === "object");
  await app.page.evaluate(() => {
    document.documentElement.style.display = "none";
  });
  return {
    app,
    call: async (name, input) => {
      const result = await app.page.evaluate(
        ([calling, given]) => (window.vostro.calls[calling as CallName] as (value: unknown) => Promise<unknown>)(given),
        [name, input] as const,
      );
      const answer = result as
        { ok: true; value: OutputOf<typeof name> } | { ok: false; failure: { code: string; message: string } };
      if (answer.ok) return answer.value;
      throw new Error(`${name}: ${answer.failure.code}: ${answer.failure.message}`);
    },
    callMany: async <N extends CallName, K extends keyof OutputOf<N>>(
      name: N,
      inputs: readonly InputOf<N>[],
      keep: readonly K[],
    ) => {
      const results = await app.page.evaluate(
        async ([calling, given, kept]) => {
          const call = window.vostro.calls[calling as CallName] as (
            value: unknown,
          ) => Promise<{ ok: true; value: Readonly<Record<string, unknown>> } | { ok: false }>;
          const answers: unknown[] = [];
          for (let from = 0; from < given.length; from += 20) {
            const some = await Promise.all(given.slice(from, from + 20).map((value: unknown) => call(value)));
            for (const answer of some) {
              const members = answer.ok ? kept.map((key) => [key, answer.value[key]] as const) : undefined;
              answers.push(members && Object.fromEntries(members));
            }
          }
          return answers;
        },
        [name, inputs, keep.map(String)] as const,
      );
      return results as (Pick<OutputOf<N>, K> | undefined)[];
    },
  };
}

/** Opens the only workspace and signs its first person in. */
export async function enterWorkspace({ call }: AppSession): Promise<void> {
  const { workspaces } = await call("workspace.state", {});
  const [workspace] = workspaces;
  if (workspace === undefined) throw new Error("There is no workspace to open.");
  await call("workspace.open", { id: workspace.id, unlockPassphrase: passphrases.unlock });
  const { people } = await call("workspace.state", {});
  const [person] = people;
  if (person === undefined) throw new Error("There is nobody to sign in.");
  await call("workspace.signIn", { personId: person.id, passphrase: passphrases.administrator });
}

/** Whether an error only says that the app has ended under the caller. */
export function isGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    /closed|crashed|detached|has ended|before it showed a page|Target|disconnected/iu.test(error.message)
  );
}
