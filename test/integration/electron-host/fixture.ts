import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchVostro } from "../../support/launch.ts";
import type { DesktopControl, LaunchOptions, LaunchedApp } from "../../support/launch.ts";

export const FIXTURE_APP = join(import.meta.dirname, "../../support/electron-host/fixture-app");

/** What the fixture's preload shows its page. */
export interface FixtureApi {
  readonly name: string;
  readonly calls: {
    echo(...args: unknown[]): Promise<unknown[]>;
    frame(): Promise<Record<string, unknown>>;
    fail(): Promise<never>;
    once(): Promise<unknown>;
    run(name: string, ...args: unknown[]): Promise<unknown>;
  };
  add(left: number, right: number): number;
  throws(): never;
  on(channel: string, listener: (...args: unknown[]) => void): () => void;
  pathOf(file: File): Promise<string[]>;
  tryRequire(name: string): string;
}

declare global {
  var fixture: FixtureApi;
}

export interface Fixture extends LaunchedApp {
  readonly host: DesktopControl;
  readonly userData: string;
  run(name: string, ...args: unknown[]): Promise<unknown>;
  /** Waits until the fixture's main has noted an entry that begins like this, and gives all that it noted. */
  noted(...start: unknown[]): Promise<unknown[][]>;
}

export function newUserData(): string {
  return join(mkdtempSync(join(tmpdir(), "vostro-fixture-")), "data");
}

export function removeUserData(userData: string): void {
  rmSync(join(userData, ".."), { recursive: true, force: true, maxRetries: 5 });
}

/** Starts the fixture app on the stand-in. These tests are about the stand-in: they run nowhere else. */
export async function openFixture(options: Partial<LaunchOptions> = {}): Promise<Fixture> {
  const userData = options.userData ?? newUserData();
  const app = await launchVostro({ appRoot: FIXTURE_APP, ...options, userData, onStandIn: true });
  if (app.host === undefined) throw new Error("the fixture needs the stand-in");
  const run = (name: string, ...args: unknown[]): Promise<unknown> => runIn(app.page, name, args);
  return {
    ...app,
    host: app.host,
    userData,
    run,
    noted: async (...start) => {
      for (;;) {
        const seen = (await run("seen")) as unknown[][];
        if (seen.some((entry) => start.every((part, at) => entry[at] === part))) return seen;
      }
    },
  };
}

function runIn(page: Page, name: string, args: unknown[]): Promise<unknown> {
  return page.evaluate(([call, rest]) => globalThis.fixture.calls.run(call, ...rest), [name, args] as const);
}
