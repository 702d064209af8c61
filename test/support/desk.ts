import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type {
  CallName,
  FinzlyFields,
  ConnectionId,
  FaultSettings,
  InputOf,
  OutputOf,
  Result,
  VostroBridge,
} from "@contract";
import { vi } from "vitest";
import type { FinzlySimulator } from "../../src/main/training/finzly/index.ts";
import { launchVostro, type LaunchedApp, type LaunchOptions } from "./launch.ts";
import { removeAfterScan } from "./left-behind.ts";

declare global {
  interface Window {
    readonly vostro: VostroBridge;
  }
}

/** A running app with somebody signed in, for a test that begins at the desk and not at the first start. */
export interface Desk {
  readonly app: LaunchedApp;
  readonly page: Page;
  readonly userData: string;
  /** Makes a call as the page would; the answer of a call that must succeed. */
  ask<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  /** Closes the app and removes its folder; fails when its log or its file gives something away. */
  leave(): Promise<void>;
}

export interface DeskOptions extends Partial<LaunchOptions> {
  /** False: the accounts of an earlier run in the same folder are enough. */
  readonly load?: boolean;
  /** How long reading all accounts may take; many accounts take longer. */
  readonly loadPatienceMs?: number;
}

const livePassphrase = "marble orchard violet canyon";
const unlockPassphrase = "silver harvest window thunder";
const patienceMs = 15_000;

/** Makes a call as the page would. */
export async function callFrom<N extends CallName>(
  page: Page,
  name: N,
  input: InputOf<N>,
): Promise<Result<OutputOf<N>>> {
  return await page.evaluate(
    ([called, given]) => {
      const calls = globalThis.window.vostro.calls as Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
      return calls[called]?.(given) as never;
    },
    [name as string, input as unknown] as const,
  );
}

async function makeDesk(options: DeskOptions): Promise<Desk> {
  const { load: _load, loadPatienceMs: _patience, ...given } = options;
  const { userData = mkdtempSync(join(tmpdir(), "vostro-desk-")), ...launch } = given;
  const app = await launchVostro({ viewport: { width: 1440, height: 900 }, colorScheme: "light", ...launch, userData });
  app.page.setDefaultTimeout(patienceMs);
  return {
    app,
    page: app.page,
    userData,
    ask: async (name, input) => {
      const result = await callFrom(app.page, name, input);
      if (!result.ok) throw new Error(`${name} failed with ${result.failure.code}: ${result.failure.message}`);
      return result.value;
    },
    leave: async () => {
      await app.close();
      removeAfterScan(userData, app.output(), [livePassphrase, unlockPassphrase]);
    },
  };
}

async function loadEverything(desk: Desk, connectionId: ConnectionId, timeout = patienceMs): Promise<void> {
  await desk.ask("accounts.load", { connectionId });
  await vi.waitFor(
    async () => {
      const jobs = await desk.ask("accounts.loadJobs", {});
      if (jobs.length === 0 || jobs.some((job) => job.state === "running"))
        throw new Error("The accounts are still being read.");
    },
    { timeout, interval: 100 },
  );
}

/** The training workspace, Maya (maker) signed in, all accounts of the simulated Finzly read. */
export async function trainingDesk(options: DeskOptions = {}): Promise<Desk> {
  const desk = await makeDesk(options);
  await desk.ask("workspace.createTraining", {});
  const state = await desk.ask("workspace.state", {});
  const maker = state.people.find((person) => person.role === "maker");
  const secret = state.trainingPassphrases.find((each) => each.personId === maker?.id);
  if (maker === undefined || secret === undefined) throw new Error("The training workspace has no maker to sign in.");
  await desk.ask("workspace.signIn", { personId: maker.id, passphrase: secret.passphrase });
  const [connection] = await desk.ask("connections.list", {});
  if (connection === undefined) throw new Error("The training workspace has no connection.");
  if (options.load !== false) await loadEverything(desk, connection.id);
  await desk.page.getByRole("link", { name: "Accounts" }).waitFor();
  return desk;
}

/** A live workspace whose one connection goes to a simulated Finzly of the test, its administrator signed in. */
export async function liveDesk(
  simulator: FinzlySimulator,
  connection: Partial<FinzlyFields> = {},
  options: DeskOptions = {},
): Promise<Desk> {
  const desk = await makeDesk(options);
  await desk.ask("workspace.createLive", {
    name: "Halden Bank",
    administrator: "Maya Lindqvist",
    passphrase: livePassphrase,
    unlockPassphrase,
  });
  const state = await desk.ask("workspace.state", {});
  const [person] = state.people;
  if (state.phase === "sign-in" && person !== undefined)
    await desk.ask("workspace.signIn", { personId: person.id, passphrase: livePassphrase });
  const saved = await desk.ask("connections.save", {
    provider: "finzly",
    name: "Finzly sandbox",
    environment: "sandbox",
    apiBaseUrl: simulator.apiBaseUrl,
    tokenUrl: simulator.tokenUrl,
    clientAuth: "basic",
    canRead: true,
    concurrency: 4,
    requestsPerSecond: 200,
    connectTimeoutMs: 2_000,
    headersTimeoutMs: 2_000,
    bodyTimeoutMs: 2_000,
    settleWindowMs: 600_000,
    busyRetries: 2,
    ...connection,
    clientId: "training-client",
    clientSecret: "training-secret",
  });
  if (saved.canRead) await loadEverything(desk, saved.id, options.loadPatienceMs);
  await desk.page.getByRole("link", { name: "Accounts" }).waitFor();
  return desk;
}

/** Switches a fault of the training workspace's Finzly on, once unless `times` says otherwise. */
export async function setFault(
  desk: Desk,
  fault: Omit<FaultSettings, "times"> & { readonly times?: number },
): Promise<void> {
  await desk.ask("training.setFault", { times: 1, ...fault });
}

/** Tries a check until it holds, as long as the patience of the page's own waits. */
export async function soon<T>(check: () => Promise<T>): Promise<T> {
  return await vi.waitFor(check, { timeout: patienceMs, interval: 50 });
}

/** Shows a place through the rail. */
export async function goTo(
  page: Page,
  place: "Today" | "Accounts" | "Import" | "Outbox" | "Log" | "Settings",
): Promise<void> {
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: new RegExp(`^${place}`, "u") })
    .click();
}

/** Opens the editor of the one account a search finds (last four, UID or name), as a person would. */
export async function openEditor(page: Page, search: string): Promise<void> {
  await goTo(page, "Accounts");
  await page.getByRole("searchbox", { name: /Last four/u }).fill(search);
  await page.getByText(/^1 of \d+ accounts?$/u).waitFor();
  await page.getByRole("grid", { name: "Accounts" }).getByRole("row").nth(1).click();
  await page.getByRole("button", { name: /^Edit/u }).click();
  await page.getByRole("heading", { name: "Change sheet" }).waitFor();
}

/** Presses the primary button of the change sheet and confirms where it is High risk. */
export async function send(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Send \d+ fields? to Finzly/u }).click();
  const dialog = page.getByRole("alertdialog");
  const outcome = page.getByRole("region", { name: "Outcome" });
  await dialog.or(outcome).first().waitFor();
  if (await dialog.isVisible()) await dialog.getByRole("button", { name: /^Send/u }).click();
  await outcome.waitFor();
}
