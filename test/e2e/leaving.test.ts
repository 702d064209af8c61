import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallName, ChangeId, InputOf, OutputOf } from "@contract";
import { afterAll, describe, expect, it, vi } from "vitest";
import { findElectron, launchVostro, type LaunchedApp } from "../support/launch.ts";
import { removeAfterScan } from "../support/left-behind.ts";

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "vostro-leaving-"));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) removeAfterScan(folder);
});

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

/** The app with a change whose request hangs at the provider. */
async function sendingOne(userData: string) {
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
  await expect.poll(async () => (await ask(app, "training.panel", {})).active[0]?.hits).toBe(1);
  return { app, host, change: draft.id };
}

async function isNeverSentTwice(userData: string, change: ChangeId): Promise<void> {
  const again = await launchVostro({ userData, args: ["--training"] });
  await signedIn(again);
  await expect
    .poll(async () => (await ask(again, "changes.detail", { id: change })).state, { timeout: 15_000 })
    .not.toBe("sending");
  const detail = await ask(again, "changes.detail", { id: change });
  expect(detail.attempts.map(({ outcome }) => outcome)).toEqual(["unknown"]);
  await again.close();
}

describe.runIf(findElectron() === undefined)("a change left behind", () => {
  it("is asked about before Vostro closes, and never sent twice", async () => {
    const userData = newFolder();
    const { app, host, change } = await sendingOne(userData);
    await host.answerNextDialog({ response: 0 });
    await host.closeWindow();
    await expect.poll(() => host.dialogs().then((dialogs) => dialogs.length)).toBe(1);
    expect(JSON.stringify(await host.dialogs())).toContain("One change is being sent.");
    expect((await ask(app, "workspace.state", {})).phase).toBe("open");

    await host.answerNextDialog({ response: 1 });
    await host.closeWindow();
    expect(await app.exited).toEqual({ code: 0, signal: null });
    await isNeverSentTwice(userData, change);
  });

  it("is not asked about when the session of the computer ends, and never sent twice", async () => {
    const userData = newFolder();
    const { app, host, change } = await sendingOne(userData);
    await app.page.evaluate(() => console.error("The page broke at account 4400112233445"));
    await host.endSession();
    expect(await app.exited).toEqual({ code: 0, signal: null });
    const log = readFileSync(join(userData, "logs", "vostro.log"), "utf8");
    expect(log).toContain("The page broke at account");
    expect(log).not.toContain("4400112233445");
    await isNeverSentTwice(userData, change);
  });
});
