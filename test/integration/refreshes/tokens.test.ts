import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConnectionId } from "@contract";
import type { Log } from "../../../src/main/core/log.ts";
import { composeRefreshes } from "../../../src/main/compose-refreshes.ts";
import { usualSignzyPaths } from "../../../src/main/providers/signzy/client.ts";
import { createAggregator } from "../../../src/main/training/aggregator/index.ts";
import { startFinicitySimulator } from "../../../src/main/training/finicity/index.ts";
import { startSignzySimulator } from "../../../src/main/training/signzy/index.ts";
import { scanBytes, scanForSecrets } from "../../support/fault-harness/secret-scan.ts";
import { finicityConnection, partner } from "../finicity/finicity-rig.ts";
import { auditRows, everyTable, maya, startBench, type Bench } from "../accounts/account-bench.ts";

const customerId = "6018678884";
/** Every token a simulated provider received, by the header that carried it. */
const seen = { "finicity-app-token": new Set<string>(), authorization: new Set<string>() };
const note = (message: unknown): void => {
  const { headers } = (message as { readonly request: IncomingMessage }).request;
  for (const [name, tokens] of Object.entries(seen)) {
    const value = headers[name];
    if (typeof value === "string") tokens.add(value);
  }
};

let bench: Bench;
let logged: string[];
const endings: (() => Promise<void> | void)[] = [];
beforeEach(() => {
  logged = [];
  const line = (...parts: unknown[]): void => void logged.push(JSON.stringify(parts));
  const log: Log = { info: line, warn: line, error: line };
  bench = startBench(log);
  for (const tokens of Object.values(seen)) tokens.clear();
  subscribe("http.server.request.start", note);
  endings.push(() => bench.close(), () => void unsubscribe("http.server.request.start", note));
});
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function connected(): Promise<Record<"finicity" | "signzy", ConnectionId>> {
  const aggregator = createAggregator({ timeScale: 0.0001 });
  const finicity = await startFinicitySimulator({ aggregator });
  const signzy = await startSignzySimulator({ aggregator });
  endings.push(async () => {
    await Promise.all([finicity.close(), signzy.close()]);
    aggregator.close();
  });
  const { id: _id, builtIn: _builtIn, state: _state, ...fields } = finicityConnection(finicity.origin);
  const { wire: _wire, forms: _forms, ...shared } = fields;
  const signingIn = { username: "training-user", password: "training-pre-production-password" };
  const settings = { ...usualSignzyPaths, signIn: "login", apiBaseUrl: signzy.origin } as const;
  return {
    finicity: bench.connections.save({ ...fields, ...partner }, maya).id,
    signzy: bench.connections.save(
      { ...shared, ...settings, ...signingIn, provider: "signzy", name: "Test Signzy" },
      maya,
    ).id,
  };
}

it("a provider's token stays in memory through a load and refreshes: no table, byte, log, trail or event has it", async () => {
  const ids = await connected();
  const { file, accounts, events } = bench;
  const refreshes = composeRefreshes({ ...bench, store: file.store, online: () => true, notify: () => undefined });
  refreshes.begin();
  endings.push(() => refreshes.stop());
  accounts.load({ connectionId: ids.finicity, customerUid: customerId }, maya);
  await expect.poll(() => accounts.loadJobs()[0]?.state, { timeout: 20_000 }).toBe("finished");
  for (const connectionId of [ids.finicity, ids.signzy]) {
    const input = { connectionId, customers: [{ customerId }], reason: "Customer on the phone" };
    const [row] = refreshes.ask(input, maya).started;
    const state = () => refreshes.detail(row?.id ?? expect.fail("nothing was started")).state;
    await expect.poll(state, { timeout: 20_000 }).toMatch(/succeeded$/u);
  }

  const secrets = Object.entries(seen).flatMap(([header, tokens]) => {
    expect(tokens, header).not.toHaveLength(0);
    return [...tokens].map((text) => ({ name: header, text }));
  });
  expect(secrets.length).toBeGreaterThan(1);
  const texts = [
    { name: "tables", text: everyTable(bench) },
    { name: "log", text: logged.join("\n") },
    { name: "trail", text: JSON.stringify(auditRows(bench)) },
    { name: "events", text: JSON.stringify(events) },
    { name: "refreshes", text: JSON.stringify(refreshes.page({ view: "all", limit: 50 })) },
  ];
  expect(logged).not.toHaveLength(0);
  expect(events).not.toHaveLength(0);
  expect(scanForSecrets(texts, secrets)).toEqual([]);
  const folder = dirname(file.path);
  for (const name of readdirSync(folder).filter((one) => one.startsWith(basename(file.path))))
    expect(scanBytes(name, readFileSync(join(folder, name)), secrets)).toEqual([]);
});
