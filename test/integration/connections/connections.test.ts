import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConnectionId } from "../../../src/preload/contract/index.ts";
import type { ConnectionInput } from "../../../src/main/features/connections/connection-fields.ts";
import { silentLog } from "../../../src/main/core/log.ts";
import { createRemovedAccounts } from "../../../src/main/features/connections/removed-accounts.ts";
import { asFinzly } from "../../support/as-finzly.ts";
import { openBehindTheBack } from "../../support/scratch-audit.ts";
import { startFinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import { auditRows, maya, quietConnection, readAccount, startBench, type Bench } from "../accounts/account-bench.ts";
import { never, trainingSecrets } from "../finzly/finzly-rig.ts";

let bench: Bench;
beforeEach(() => {
  bench = startBench();
});
afterEach(() => bench.close());

type FinzlyInput = Extract<ConnectionInput, { provider: "finzly" }>;
const input = (over: Partial<FinzlyInput> = {}): FinzlyInput => ({
  provider: "finzly",
  name: "Bank",
  environment: "sandbox",
  apiBaseUrl: "https://api.bank.example/openbanking",
  tokenUrl: "https://sign-in.bank.example/token",
  clientAuth: "body",
  canRead: false,
  concurrency: 4,
  requestsPerSecond: 10,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 60_000,
  settleWindowMs: 30_000,
  busyRetries: 5,
  clientId: "the-client",
  clientSecret: "the-secret",
  ...over,
});
const { clientId: _id, clientSecret: _secret, ...withoutSecrets } = input();

function faultsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    const { details } = error as { details?: { fields?: { path: string }[] } };
    return (details?.fields ?? []).map((field) => field.path);
  }
  return [];
}

describe("saving a connection", () => {
  it("keeps every setting, gives the secrets to nobody, and lists them in the trail as replaced", () => {
    const saved = bench.connections.save(input(), maya);
    expect(saved).toMatchObject({ ...withoutSecrets, provider: "finzly", builtIn: false, state: "ready" });
    expect(saved.secretSavedAtMs).toBeGreaterThan(0);
    const shown = JSON.stringify([bench.connections.list(), auditRows(bench), bench.events]);
    expect(shown).not.toMatch(/the-secret|the-client/u);
    expect(auditRows(bench)[0]).toMatchObject({
      action: "connection.added",
      summary: expect.stringContaining("new client id and secret"),
    });
    const rows = bench.file.store.read.all<{ secrets: Buffer }>({
      text: "SELECT secrets FROM work_connections",
      values: [],
    });
    expect(rows[0]?.secrets.includes("the-secret")).toBe(false);
  });

  it("tidies addresses and the name", () => {
    const saved = bench.connections.save(
      input({ name: "  Bank ", apiBaseUrl: "https://api.bank.example/openbanking//" }),
      maya,
    );
    expect(saved).toMatchObject({ name: "Bank", apiBaseUrl: "https://api.bank.example/openbanking" });
  });

  it.each<[Partial<FinzlyInput>, string[]]>([
    [{ apiBaseUrl: "http://api.bank.example" }, ["apiBaseUrl"]],
    [{ tokenUrl: "https://user:pw@bank.example" }, ["tokenUrl"]],
    [{ apiBaseUrl: "https://bank.example/?x=1", tokenUrl: "https://bank.example/#f" }, ["apiBaseUrl", "tokenUrl"]],
    [{ environment: "training" }, ["environment"]],
    [{ clientSecret: undefined }, ["clientSecret"]],
    [{ clientId: undefined, clientSecret: undefined }, ["clientId", "clientSecret"]],
    [{ clientSecret: "a\r\nb" }, ["clientSecret"]],
    [{ clientSecret: "a\u0000b" }, ["clientSecret"]],
    [{ clientId: " a" }, ["clientId"]],
    [{ clientSecret: "a " }, ["clientSecret"]],
  ])("refuses %o and names %o", (over, paths) => {
    const given = Object.fromEntries(
      Object.entries(input(over)).filter(([, value]) => value !== undefined),
    ) as ConnectionInput;
    expect(faultsOf(() => bench.connections.save(given, maya))).toEqual(paths);
    expect(bench.connections.list()).toEqual([]);
  });

  it("refuses a name that another connection has", () => {
    bench.connections.save(input(), maya);
    expect(faultsOf(() => bench.connections.save(input({ name: "BANK" }), maya))).toEqual(["name"]);
  });
});

describe("editing a connection", () => {
  it("needs both secrets again when an address changes, because they are bound to their host", () => {
    const { id } = bench.connections.save(input(), maya);
    const moved = { ...withoutSecrets, id, tokenUrl: "https://thief.example/token" };
    expect(faultsOf(() => bench.connections.save(moved, maya))).toEqual(["clientId", "clientSecret"]);
    expect(asFinzly(bench.connections.get(id)).tokenUrl).toBe(withoutSecrets.tokenUrl);
    bench.connections.save({ ...moved, clientId: "c", clientSecret: "s" }, maya);
    expect(asFinzly(bench.connections.get(id)).tokenUrl).toBe("https://thief.example/token");
  });

  it("keeps its API address and environment while changes are on their way there, and nothing else", () => {
    const { id } = bench.connections.save(input(), maya);
    const secrets = { clientId: "c", clientSecret: "s" };
    bench.unfinished.add(id);
    const elsewhere = { ...withoutSecrets, ...secrets, id, apiBaseUrl: "https://other.bank.example/openbanking" };
    expect(() => bench.connections.save(elsewhere, maya)).toThrow(/on their way to its present address/u);
    expect(faultsOf(() => bench.connections.save({ ...withoutSecrets, id, environment: "production" }, maya))).toEqual([
      "environment",
    ]);
    expect(bench.connections.get(id)).toMatchObject(withoutSecrets);
    bench.connections.save({ ...withoutSecrets, ...secrets, id, concurrency: 2 }, maya);
    bench.unfinished.clear();
    expect(bench.connections.save(elsewhere, maya).apiBaseUrl).toBe(elsewhere.apiBaseUrl);
  });

  it("keeps the secrets when only other settings change, and tells who waits that it is ready", () => {
    const { id } = bench.connections.save(input(), maya);
    const ready: ConnectionId[] = [];
    const stop = bench.connections.onReady((one) => void ready.push(one));
    bench.connections.save({ ...withoutSecrets, id, concurrency: 9 }, maya);
    expect(bench.connections.get(id).concurrency).toBe(9);
    expect(() => bench.connections.provider(id)).not.toThrow();
    expect(ready).toEqual([id]);
    stop();
    bench.connections.save({ ...withoutSecrets, id }, maya);
    expect(ready).toEqual([id]);
  });

  it("secrets moved to another address in the file cannot be opened", () => {
    const { id } = bench.connections.save(input(), maya);
    const behind = openBehindTheBack(bench.file.path, bench.file.key);
    const moved = "json_set(settings_json, '$.tokenUrl', 'https://thief.example/token')";
    behind.prepare(`UPDATE work_connections SET settings_json = ${moved}`).run();
    behind.close();
    const later = bench.connections;
    later.markPaused(id, undefined);
    later.markSignInRefused(id, "x", "c");
    expect(() => later.provider(id)).toThrow(/does not belong to this connection/u);
  });

  it("a refused sign-in is remembered until the secrets are replaced", () => {
    const { id } = bench.connections.save(input(), maya);
    bench.connections.markSignInRefused(id, "Finzly did not accept our sign-in.", "c-1");
    bench.connections.markSignInRefused(id, "Finzly did not accept our sign-in.", "c-2");
    expect(bench.connections.get(id).state).toBe("sign-in-refused");
    expect(auditRows(bench).filter((row) => row.action === "connection.sign-in-refused")).toHaveLength(1);
    bench.connections.save({ ...withoutSecrets, id, name: "Renamed" }, maya);
    expect(bench.connections.get(id).state).toBe("sign-in-refused");
    bench.connections.save({ ...input(), id }, maya);
    expect(bench.connections.get(id).state).toBe("ready");
  });

  it("a pause shows until its end", () => {
    const { id } = bench.connections.save(input(), maya);
    bench.connections.markPaused(id, bench.clock.nowMs() + 5000);
    expect(bench.connections.get(id)).toMatchObject({ state: "paused", pausedUntilMs: expect.any(Number) });
    bench.clock.forward(5001);
    expect(bench.connections.get(id).state).toBe("ready");
  });
});

describe("removing a connection", () => {
  it("takes its secrets and cached accounts along, and gives its number to no other", async () => {
    const id = quietConnection(bench, "Old");
    const page = () => bench.accounts.page({ sort: { column: "status", direction: "ascending" }, limit: 5 });
    bench.file.store.transaction((writer) => void bench.accounts.absorbRead(writer, id, readAccount("1"), 1));
    expect(page().total).toBe(1);
    bench.connections.remove(id, maya);
    await bench.connections.removedAccounts.done();
    expect(page()).toMatchObject({ total: 0, rows: [] });
    expect(() => bench.connections.get(id)).toThrow(/no such connection/u);
    const rows = bench.file.store.read.all<{ secrets: Buffer | null }>({
      text: "SELECT secrets FROM work_connections",
      values: [],
    });
    expect(rows).toEqual([{ secrets: null }]);
    expect(quietConnection(bench, "Old")).not.toBe(id);
  });

  it("drops many cached accounts in steps between which other work is done, and goes on after a restart", async () => {
    const id = quietConnection(bench, "Large");
    const kept = quietConnection(bench, "Kept");
    bench.file.store.transaction((writer) => {
      for (let at = 1; at <= 350; at += 1) bench.accounts.absorbRead(writer, id, readAccount(String(at)), 1);
      bench.accounts.absorbRead(writer, kept, readAccount("1"), 1);
    });
    const total = () => bench.accounts.page({ sort: { column: "status", direction: "ascending" }, limit: 5 }).total;
    bench.connections.remove(id, maya);
    await vi.waitUntil(() => total() < 351, { interval: 0 });
    expect(total()).toBeGreaterThan(1);
    await bench.connections.removedAccounts.close();
    const { store } = bench.file;
    expect(total()).toBeGreaterThan(1);
    const later = createRemovedAccounts({ store, log: silentLog, publish: () => undefined });
    later.drop();
    await later.done();
    expect(total()).toBe(1);
  });

  it("is refused while changes are not finished, and for the built-in one", () => {
    const id = quietConnection(bench);
    bench.unfinished.add(id);
    expect(() => bench.connections.remove(id, maya)).toThrow(/not finished/u);
    expect(bench.connections.list()).toHaveLength(1);
  });
});

describe("the training workspace's own connection", () => {
  it("is made once, follows its provider's address from start to start, and works", async () => {
    const simulator = await startFinzlySimulator();
    const first = bench.connections.ensureTraining({
      apiBaseUrl: "http://127.0.0.1:9/api",
      tokenUrl: "http://127.0.0.1:9/t",
      ...trainingSecrets,
    });
    const again = bench.connections.ensureTraining({ ...simulator, ...trainingSecrets });
    expect(again).toMatchObject({
      id: first.id,
      name: "Training Finzly",
      environment: "training",
      builtIn: true,
      settleWindowMs: 2000,
      state: "ready",
    });
    expect(bench.connections.list()).toHaveLength(1);
    expect(await bench.connections.provider(again.id).signIn(never)).toBeUndefined();
    expect(() => bench.connections.remove(again.id, maya)).toThrow(/built-in/u);
    const { id, name, environment, apiBaseUrl, tokenUrl } = asFinzly(again);
    const edit = { ...withoutSecrets, id, name, environment, apiBaseUrl, tokenUrl };
    expect(() => bench.connections.save({ ...edit, apiBaseUrl: "http://127.0.0.1:9/x" }, maya)).toThrow(/built-in/u);
    expect(bench.connections.save({ ...edit, concurrency: 3 }, maya).concurrency).toBe(3);
    const steps = await bench.connections.test(id, maya);
    expect(steps.find((step) => step.step === "sign-in")?.verdict).toBe("yes");
    await simulator.close();
    const gone = await bench.connections.test(id, maya);
    expect(gone.map((step) => step.verdict)).toEqual(["no", "not-tried", "not-tried", "not-tried"]);
  });
});
