import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnyHandler, CallContext } from "../../../src/main/core/call-context.ts";
import { systemClock } from "../../../src/main/core/clock.ts";
import { silentLog } from "../../../src/main/core/log.ts";
import { createStartServices } from "../../../src/main/compose.ts";
import type { WorkspaceService } from "../../../src/main/features/workspace/service.ts";
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
