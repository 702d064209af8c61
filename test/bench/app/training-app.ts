import type { InputOf, OutputOf, Result, VostroBridge } from "@contract";
import type { CallName } from "@contract";
import type { Page } from "playwright-core";
import { launchVostro, type LaunchedApp } from "../../support/launch.ts";

declare global {
  interface Window {
    readonly vostro: VostroBridge;
  }
}

export function launchTraining(
  userData: string,
  env: Readonly<Record<string, string>> = {},
): Promise<LaunchedApp> {
  return launchVostro({ userData, args: ["--training"], viewport: { width: 1440, height: 900 }, env });
}

/** A call as the page makes it; throws its failure. */
export async function ask<N extends CallName>(page: Page, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const result = await page.evaluate(
    ([called, given]) => {
      const calls = globalThis.window.vostro.calls as Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
      return calls[called]?.(given) as never;
    },
    [name as string, input as unknown] as const,
  );
  const { ok, ...rest } = result as Result<OutputOf<N>>;
  if (ok && "value" in rest) return rest.value;
  throw new Error(`${name} failed: ${JSON.stringify(rest)}`);
}

/** Signs the maker in by a call, with the passphrase the training workspace publishes. */
export async function signInMaker(page: Page): Promise<void> {
  const state = await ask(page, "workspace.state", {});
  const maker = state.people.find((person) => person.role === "maker");
  const secret = state.trainingPassphrases.find((each) => each.personId === maker?.id);
  if (maker === undefined || secret === undefined) throw new Error("The training workspace has no maker.");
  await ask(page, "workspace.signIn", { personId: maker.id, passphrase: secret.passphrase });
}
