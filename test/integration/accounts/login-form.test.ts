import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { accounts as accountCalls } from "@contract/accounts.ts";
import type { AccountId, ConnectionId } from "@contract";
import type { Log } from "../../../src/main/core/log.ts";
import { startFinicitySimulator, type FinicitySimulator } from "../../../src/main/training/finicity/index.ts";
import { scanBytes, scanForSecrets } from "../../support/fault-harness/secret-scan.ts";
import { finicityConnection, partner } from "../finicity/finicity-rig.ts";
import { auditRows, everyTable, maya, quietConnection, readAccount, startBench, type Bench } from "./account-bench.ts";

const userName = "profile_03";
const owner = { customerUid: "6018678884", accountUid: "5011648377" };
let bench: Bench;
let simulator: FinicitySimulator;
let connectionId: ConnectionId;
let logged: string[];

beforeEach(async () => {
  logged = [];
  const note = (...parts: unknown[]): void => void logged.push(JSON.stringify(parts));
  const log: Log = { info: note, warn: note, error: note };
  simulator = await startFinicitySimulator({ timeScale: 0 });
  bench = startBench(log);
  const { id: _id, builtIn: _builtIn, state: _state, ...fields } = finicityConnection(simulator.origin);
  connectionId = bench.connections.save({ ...fields, ...partner }, maya).id;
});
afterEach(async () => {
  await bench.close();
  await simulator.close();
});

async function load(): Promise<AccountId> {
  bench.accounts.load({ connectionId, customerUid: owner.customerUid }, maya);
  return await vi.waitFor(() => {
    const { rows } = bench.accounts.page({ sort: { column: "accountName", direction: "ascending" }, limit: 200 });
    return rows.find(({ accountUid }) => accountUid === owner.accountUid)?.id ?? expect.fail("not loaded yet");
  }, { timeout: 15_000 });
}
const asks = () => simulator.ledger.entries().filter(({ route }) => route === "accounts.login-form");

describe("the login form of a Finicity account", () => {
  it("shows the stored user name for 20 s and no value of a masked field, through the contract as well", async () => {
    const id = await load();
    const form = await bench.accounts.loginForm(id, maya);
    expect(accountCalls.loginForm.output.parse(form)).toEqual(form);
    expect(form.hideAfterMs).toBe(20_000);
    expect(form.fields.map(({ value, mask, order }) => ({ value, mask, order }))).toEqual([
      { value: userName, mask: false, order: 1 },
      { value: undefined, mask: true, order: 2 },
    ]);
    expect(accountCalls.loginForm.access).toEqual(["maker", "checker", "administrator"]);
  });

  it("is asked of Finicity each time, and each look stands in the trail under the person's name", async () => {
    const id = await load();
    await bench.accounts.loginForm(id, maya);
    await bench.accounts.loginForm(id, maya);
    expect(asks()).toHaveLength(2);
    const looks = auditRows(bench).filter(({ action }) => action === "account.login-form-asked");
    expect(looks).toHaveLength(2);
    expect(looks[0]?.summary).toContain(owner.accountUid);
    const trail = bench.file.store.read.all<{ person: string }>({
      text: "SELECT person FROM work_audit WHERE action = 'account.login-form-asked'",
      values: [],
    });
    expect(trail.map(({ person: name }) => name)).toEqual(["Maya Lindqvist", "Maya Lindqvist"]);
  });

  it("leaves no value behind: not in a table, the file's bytes, the log, the trail or an event to the page", async () => {
    const id = await load();
    expect((await bench.accounts.loginForm(id, maya)).fields[0]?.value).toBe(userName);
    const secrets = [{ name: "the user name", text: userName }];
    const texts = [
      { name: "tables", text: everyTable(bench) },
      { name: "log", text: logged.join("\n") },
      { name: "trail", text: JSON.stringify(auditRows(bench)) },
      { name: "events", text: JSON.stringify(bench.events) },
      { name: "page", text: JSON.stringify(bench.accounts.detail(id)) },
    ];
    expect(scanForSecrets(texts, secrets)).toEqual([]);
    const folder = dirname(bench.file.path);
    const files = readdirSync(folder).filter((name) => name.startsWith(basename(bench.file.path)));
    expect(files).not.toHaveLength(0);
    for (const name of files) expect(scanBytes(name, readFileSync(join(folder, name)), secrets)).toEqual([]);
  });

  it("says why when Finicity no longer holds the account; the look still stands in the trail", async () => {
    const id = await load();
    simulator.aggregator.removeAccount(owner.accountUid);
    await expect(bench.accounts.loginForm(id, maya)).rejects.toMatchObject({ code: "not-found" });
    expect(auditRows(bench).at(-1)).toMatchObject({ action: "account.login-form-asked" });
  });

  it("and another read name the connection whose sign-in was refused, and ask nothing", async () => {
    const id = await load();
    bench.connections.markSignInRefused(connectionId, "The credentials were refused.", "call-2");
    const asked = simulator.ledger.entries().length;
    const refused = {
      code: "sign-in-needed",
      message: "Test Finicity did not accept our sign-in. Replace it or test the connection first.",
    };
    await expect(bench.accounts.readAgain(id, maya)).rejects.toMatchObject(refused);
    await expect(bench.accounts.loginForm(id, maya)).rejects.toMatchObject(refused);
    expect(simulator.ledger.entries()).toHaveLength(asked);
  });

  it("is not there for an account of Finzly, and nothing is asked", async () => {
    const quiet = quietConnection(bench);
    const { id } = bench.file.store.transaction((writer) =>
      bench.accounts.absorbRead(writer, quiet, readAccount("2156"), 1000),
    );
    await expect(bench.accounts.loginForm(id, maya)).rejects.toMatchObject({ code: "not-found" });
    expect(asks()).toEqual([]);
    expect(auditRows(bench).map(({ action }) => action)).not.toContain("account.login-form-asked");
  });
});
