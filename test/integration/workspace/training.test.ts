import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnyHandler, CallContext } from "../../../src/main/core/call-context.ts";
import { systemClock } from "../../../src/main/core/clock.ts";
import { silentLog } from "../../../src/main/core/log.ts";
import { createStartServices } from "../../../src/main/compose.ts";
import type { WorkspaceService } from "../../../src/main/features/workspace/workspace-life.ts";
import { memoryKeyring, workspaceBench, type Bench } from "./fixture.ts";

let bench: Bench;

const startServices = createStartServices({
  clock: systemClock,
  log: silentLog,
  publish: () => undefined,
  connectivity: { online: () => true, onChange: () => () => undefined },
  proxyFor: () => Promise.resolve("DIRECT"),
  notify: () => undefined,
  dialogs: {
    chooseFile: () => Promise.resolve(undefined),
    saveFile: () => Promise.resolve(undefined),
    clipboardText: () => Promise.resolve(""),
    copyText: () => Promise.resolve(),
  },
  clipboard: { read: () => Promise.resolve(""), write: () => Promise.resolve(), clear: () => undefined },
});

async function asMaya(service: WorkspaceService): Promise<(name: string, input: unknown) => unknown> {
  await service.createTraining();
  const [maya] = (await service.state()).trainingPassphrases;
  if (maya === undefined) throw new Error("Maya is missing.");
  await service.signIn(maya.personId, maya.passphrase, "c");
  const { person } = service.session();
  const context: CallContext = { correlationId: "c", person };
  return (name, input) => {
    const run: AnyHandler | undefined = service.current()?.handlers.get(name);
    if (run === undefined) throw new Error(`${name} is missing.`);
    return run(input, context);
  };
}

interface Row {
  readonly id: number;
  readonly accountName: string;
  readonly creditLimitMinor?: number;
}

async function payrollClearing(call: (name: string, input: unknown) => unknown): Promise<Row> {
  const sort = { column: "accountName", direction: "ascending" };
  const page = (await call("accounts.page", { search: "Payroll Clearing", sort, limit: 5 })) as { rows: Row[] };
  const row = page.rows.find((one) => one.accountName === "Payroll Clearing");
  if (row === undefined) throw new Error("The account is missing.");
  return row;
}

async function load(call: (name: string, input: unknown) => unknown): Promise<void> {
  await call("accounts.load", { connectionId: 1, customerUid: "100482" });
  const states = () => (call("accounts.loadJobs", {}) as { state: string }[]).map(({ state }) => state);
  await expect.poll(states).not.toContain("running");
}

beforeEach(() => {
  bench = workspaceBench(memoryKeyring(false), { startServices });
});
afterEach(() => bench.dispose());

describe("the training workspace", () => {
  it("changes an account at its own Finzly, and finds it changed at the same address after a restart", async () => {
    const call = await asMaya(bench.service);
    await load(call);
    const row = await payrollClearing(call);
    const proposed = { creditExposureLimit: "260,000.00", reason: "Season" };
    const draft = (await call("changes.saveDraft", {
      accountId: row.id,
      proposed,
      keepMasked: [],
      reasonCategory: "",
      authorisationRef: "AB-1",
    })) as { id: number; revision: number };
    await call("changes.send", { id: draft.id, revision: draft.revision });
    const stateOf = () => (call("changes.detail", { id: draft.id }) as { state: string }).state;
    await expect.poll(stateOf, { timeout: 10_000 }).toBe("accepted");
    expect(bench.service.status().work).toEqual({ drafts: 0, waiting: 0, sending: 0, attention: 0 });
    const [connection] = (await call("connections.list", {})) as { apiBaseUrl: string }[];
    await bench.service.stop();

    const again = await asMaya(bench.again());
    const [sameConnection] = (await again("connections.list", {})) as { apiBaseUrl: string }[];
    expect(sameConnection?.apiBaseUrl).toBe(connection?.apiBaseUrl);
    await again("accounts.readAgain", { id: row.id });
    expect((await payrollClearing(again)).creditLimitMinor).toBe(26_000_000);
  });

  it("shows a fault it was told to show, and says in words what it cannot do", async () => {
    const call = await asMaya(bench.service);
    await call("training.setFault", { route: "accounts.update", kind: "failure-200", times: 0 });
    const panel = call("training.panel", {}) as { active: { kind: string; times: number }[]; kinds: unknown[] };
    expect(panel.active).toMatchObject([{ kind: "failure-200", times: 0 }]);
    expect(() => call("training.setFault", { route: "token", kind: "ignore-field", times: 1 })).toThrow(
      /The simulated Finzly cannot do that/u,
    );
    await load(call);
    const { id } = await payrollClearing(call);
    const draft = (await call("changes.saveDraft", {
      accountId: id,
      proposed: { accountName: "Payroll Two" },
      keepMasked: [],
      reasonCategory: "",
      authorisationRef: "",
    })) as { id: number; revision: number };
    await call("changes.send", { id: draft.id, revision: draft.revision });
    await expect
      .poll(() => (call("changes.detail", { id: draft.id }) as { state: string }).state, { timeout: 10_000 })
      .toBe("refused");
    await call("training.clearFault", {});
    expect((call("training.panel", {}) as { active: unknown[] }).active).toEqual([]);
  });

  it("has no training calls in a live workspace", async () => {
    await bench.service.createLive(
      {
        name: "Live",
        administrator: "Ada",
        passphrase: "quiet harbour lantern meadow",
        unlockPassphrase: "copper ferry willow granite",
      },
      "c",
    );
    expect(bench.service.current()?.handlers.has("training.panel")).toBe(false);
    expect(bench.service.status().environment).toBe("sandbox");
  });
});

describe("Finicity in the training workspace", () => {
  interface Aggregated {
    readonly id: number;
    readonly accountUid: string;
    readonly accountName: string;
    readonly provider: string;
    readonly last4?: string;
  }
  type Call = (name: string, input: unknown) => unknown;
  const sort = { column: "accountName", direction: "ascending" };
  const shown = async (call: Call): Promise<Aggregated | undefined> => {
    const page = (await call("accounts.page", { search: "2055", sort, limit: 50 })) as { rows: Aggregated[] };
    return page.rows.find(({ accountUid }) => accountUid === "2055");
  };
  const loaded = async (call: Call): Promise<Aggregated> => {
    const list = (await call("connections.list", {})) as { id: number; provider: string }[];
    const connectionId = list.find(({ provider }) => provider === "finicity")?.id;
    await call("accounts.load", { connectionId, customerUid: "41442" });
    const states = () => (call("accounts.loadJobs", {}) as { state: string }[]).map(({ state }) => state);
    await expect.poll(states, { timeout: 10_000 }).toEqual(["finished"]);
    return (await shown(call)) ?? expect.fail("The account is missing.");
  };
  const proposal = (id: number, proposed: object) => ({
    accountId: id, proposed, keepMasked: [], reasonCategory: "", authorisationRef: "AB-1",
  });

  it("loads a customer, renames and renumbers an account like any other change, and keeps it over a restart", async () => {
    const call = await asMaya(bench.service);
    const account = await loaded(call);
    expect(account).toMatchObject({ accountName: "Checking", provider: "finicity", last4: "2765" });
    const proposed = { accountName: "Operating", accountNumber: "440099981234", reason: "Bank merger" };
    const draft = (await call("changes.saveDraft", proposal(account.id, proposed))) as { id: number; revision: number };
    await call("changes.send", draft);
    const detail = () => call("changes.detail", { id: draft.id }) as { state: string; attempts: { outcome: string }[] };
    await expect.poll(() => detail().state, { timeout: 10_000 }).toBe("accepted");
    expect(detail().attempts).toMatchObject([{ outcome: "accepted" }]);
    expect(await shown(call)).toMatchObject({ accountName: "Operating", last4: "1234" });
    const panel = call("training.panel", { provider: "finicity" }) as { requests: { line: string; applied: boolean }[] };
    expect(panel.requests.filter(({ line }) => line.startsWith("PUT"))).toMatchObject([{ applied: true }]);
    await bench.service.stop();

    const again = await asMaya(bench.again());
    await again("accounts.readAgain", { id: account.id });
    expect(await shown(again)).toMatchObject({ accountName: "Operating", last4: "1234" });
  });

  it.each([
    [{ accountNumber: "32765" }, "accountNumber"],
    [{ accountNumber: "XXXXXXXXXX32765" }, "accountNumber"],
    [{ accountName: "x", costCenter: "CC1" }, "costCenter"],
    [{ reason: "Only a note" }, "change"],
  ])("sends nothing of %o", async (proposed, path) => {
    const call = await asMaya(bench.service);
    const account = await loaded(call);
    const draft = (await call("changes.saveDraft", proposal(account.id, proposed))) as { id: number; revision: number };
    const refused = await Promise.resolve()
      .then(() => call("changes.send", draft))
      .catch((error: unknown) => error);
    const { fields } = (refused as { details: { fields: { path: string }[] } }).details;
    expect(fields.map((field) => field.path)).toContain(path);
    const panel = call("training.panel", { provider: "finicity" }) as { requests: { line: string }[] };
    expect(panel.requests.some(({ line }) => line.startsWith("PUT"))).toBe(false);
  });

  it("changes no accounts of Finicity in bulk", async () => {
    const call = await asMaya(bench.service);
    const account = await loaded(call);
    const begin = () => call("batches.fromAccounts", { accountIds: [account.id], proposed: { accountName: "x" } });
    expect(begin).toThrow(/not changed in bulk/u);
  });
});
