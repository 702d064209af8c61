import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallName, InputOf, OutputOf } from "@contract";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { findElectron, launchVostro, type LaunchedApp } from "../support/launch.ts";

let userData = "";
beforeAll(() => {
  userData = mkdtempSync(join(tmpdir(), "vostro-leaving-"));
});
afterAll(() => rmSync(userData, { recursive: true, force: true }));

async function ask<N extends CallName>(app: LaunchedApp, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const result = await app.page.evaluate(
    ([callName, given]) =>
      globalThis.window.vostro.calls[callName as "workspace.state"](given as Record<string, never>),
    [name, input] as const,
  );
  if (!result.ok) throw new Error(`${name}: ${result.failure.message}`);
  return result.value as unknown as OutputOf<N>;
}

async function signedIn(app: LaunchedApp): Promise<void> {
  await vi.waitFor(async () => expect((await ask(app, "workspace.state", {})).phase).toBe("sign-in"), {
    timeout: 20_000,
  });
  const [maya] = (await ask(app, "workspace.state", {})).trainingPassphrases;
  if (maya === undefined) throw new Error("Nobody can sign in.");
  await ask(app, "workspace.signIn", maya);
}

it.runIf(findElectron() === undefined)(
  "asks before it leaves a change behind, and never sends that change twice",
  async () => {
    const app = await launchVostro({ userData, args: ["--training"] });
    const { host } = app;
    if (host === undefined) throw new Error("The stand-in is missing.");
    await signedIn(app);
    const [connection] = await ask(app, "connections.list", {});
    if (connection === undefined) throw new Error("There is no connection.");
    await ask(app, "accounts.load", { connectionId: connection.id, customerUid: "100482" });
    await expect.poll(async () => (await ask(app, "accounts.loadJobs", {}))[0]?.state).toBe("finished");
    const sort = { column: "accountName", direction: "ascending" } as const;
    const accountId = (await ask(app, "accounts.page", { search: "Payroll Clearing", sort, limit: 1 })).rows[0]?.id;
    if (accountId === undefined) throw new Error("The account is missing.");
    await ask(app, "training.setFault", { route: "accounts.update", kind: "hang-before", times: 0 });
    const draft = await ask(app, "changes.saveDraft", {
      accountId,
      proposed: { accountName: "Payroll Clearing II" },
      keepMasked: [],
      reasonCategory: "",
      authorisationRef: "",
    });
    await ask(app, "changes.send", { id: draft.id, revision: draft.revision });
    await expect.poll(async () => (await ask(app, "workspace.status", {})).work.sending).toBe(1);

    await host.answerNextDialog({ response: 0 });
    await host.closeWindow();
    await expect.poll(() => host.dialogs().then((dialogs) => dialogs.length)).toBe(1);
    expect(JSON.stringify(await host.dialogs())).toContain("One change is being sent.");
    expect((await ask(app, "workspace.state", {})).phase).toBe("open");

    await host.answerNextDialog({ response: 1 });
    await host.closeWindow();
    expect(await app.exited).toEqual({ code: 0, signal: null });

    const again = await launchVostro({ userData, args: ["--training"] });
    await signedIn(again);
    await expect
      .poll(async () => (await ask(again, "changes.detail", { id: draft.id })).state, { timeout: 15_000 })
      .not.toBe("sending");
    const detail = await ask(again, "changes.detail", { id: draft.id });
    expect(detail.attempts.map(({ outcome }) => outcome)).toEqual(["unknown"]);
    await again.close();
  },
);
