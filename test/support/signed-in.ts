import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchVostro, type LaunchedApp, type LaunchOptions } from "./launch.ts";
import { removeAfterScan } from "./left-behind.ts";

export type TrainingPerson = "Maya Lindqvist" | "Tomas Okafor";

export interface StartedApp {
  readonly app: LaunchedApp;
  readonly page: Page;
  readonly userData: string;
  /** What the page wrote to its console as an error, and what it threw. */
  readonly complaints: readonly string[];
  /** Quits the app and removes its folder; fails when its log or its file gives away a secret, also one `typed` in. */
  readonly end: (typed?: readonly string[]) => Promise<void>;
}

/** The app on a folder of its own. */
export async function startApp(options: Partial<LaunchOptions> = {}): Promise<StartedApp> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), "vostro-e2e-"));
  const app = await launchVostro({ viewport: { width: 1440, height: 900 }, ...options, userData });
  const complaints: string[] = [];
  app.page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  app.page.on("pageerror", (error) => complaints.push(error.message));
  const end = async (typed?: readonly string[]): Promise<void> => {
    await app.close();
    removeAfterScan(userData, app.output(), typed);
  };
  return { app, page: app.page, userData, complaints, end };
}

/** Signs in on the training workspace's sign-in screen, as a person would. */
export async function signIn(page: Page, person: TrainingPerson = "Maya Lindqvist"): Promise<void> {
  await page.getByRole("button", { name: person }).first().click();
  await page.getByRole("button", { name: "Fill in" }).click();
  await page.getByRole("button", { name: `Sign in as ${person}` }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** The training workspace, open, with somebody signed in. */
export async function startTraining(
  options: Partial<LaunchOptions> & { readonly person?: TrainingPerson } = {},
): Promise<StartedApp> {
  const { person, ...launch } = options;
  const started = await startApp({ args: ["--training"], ...launch });
  await signIn(started.page, person);
  return started;
}

/** Goes to a page by the navigation at the left. */
export async function goTo(page: Page, place: "Today" | "Accounts" | "Outbox" | "Log" | "Settings"): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: place }).click();
}

/** Goes to a section of the settings. */
export async function goToSettings(page: Page, section: string): Promise<void> {
  await goTo(page, "Settings");
  await page.getByRole("navigation", { name: "Sections of the settings" }).getByRole("link", { name: section }).click();
  await page.getByRole("heading", { name: `Settings, ${section}` }).waitFor();
}
