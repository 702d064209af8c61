import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BatchDetail, BatchId, BatchState, OutputOf } from "@contract";
import { afterEach, expect, it } from "vitest";
import { trainingDesk, soon, type Desk } from "../support/desk.ts";
import { findElectron } from "../support/launch.ts";

const opened: Desk[] = [];
afterEach(async () => {
  for (const desk of opened.splice(0)) await desk.leave();
});

type AccountRow = OutputOf<"accounts.page">["rows"][number];

async function open(): Promise<{ desk: Desk; accounts: AccountRow[] }> {
  const desk = await trainingDesk();
  opened.push(desk);
  const sort = { column: "accountName", direction: "ascending" } as const;
  const page = await desk.ask("accounts.page", { sort, limit: 200 });
  return { desk, accounts: page.rows.filter(({ status }) => status === "Active") };
}

async function until(desk: Desk, id: BatchId, ...states: BatchState[]): Promise<BatchDetail> {
  return await soon(async () => {
    const detail = await desk.ask("batches.detail", { id });
    const { state, message, outcomes } = detail;
    if (!states.includes(state)) throw new Error(`It is ${state}: ${message ?? ""} ${JSON.stringify(outcomes)}`);
    return detail;
  });
}

/** Drops a file on the page: the page hands over a File, the path goes from the preload straight to main. */
async function drop(desk: Desk, path: string): Promise<BatchId> {
  await desk.page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = "dropped";
    document.body.append(input);
  });
  await desk.page.setInputFiles("#dropped", path);
  const answer = await desk.page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>("#dropped");
    const file = input?.files?.[0];
    if (file === undefined) throw new Error("There is no file.");
    const result = await window.vostro.calls["batches.importDropped"](file);
    input?.remove();
    return result;
  });
  if (!answer.ok || answer.value.id === undefined) throw new Error(JSON.stringify(answer));
  return answer.value.id;
}

async function atCompare(desk: Desk, id: BatchId): Promise<BatchDetail> {
  const read = await until(desk, id, "columns", "compare");
  if (read.state === "columns") await desk.ask("batches.check", { id, revision: read.revision });
  return await until(desk, id, "compare");
}

const confirmed = (desk: Desk, { id, revision, totals }: BatchDetail) =>
  desk.ask("batches.confirm", {
    id,
    revision,
    reasonCategory: "Annual review",
    reason: "Annual review",
    authorisationRef: "CR-1",
    typedCount: totals.chosen,
  });

it.runIf(findElectron() === undefined)(
  "takes a dropped file from its bytes to the result file, and back again",
  async () => {
    const { desk, accounts } = await open();
    const { host } = desk.app;
    if (host === undefined) throw new Error("The stand-in is missing.");
    const chosen = accounts.filter(({ type }) => type === "Checking").slice(0, 6);
    const [first] = chosen;
    if (first === undefined) throw new Error("There is no account.");
    const header = "customerUID,accountUID,creditExposureLimit,__proto__,constructor,Formula";
    const lines = chosen.map(
      ({ customerUid, accountUid }, at) =>
        `${customerUid},${accountUid},${1000 + at}.50,polluted,007,=cmd|' /C calc'!A${at}`,
    );
    const path = join(desk.userData, "limits, Q4.csv");
    writeFileSync(path, `${[header, ...lines, "999999,1,5.00,,,lost"].join("\r\n")}\r\n`);

    const id = await drop(desk, path);
    const plan = await atCompare(desk, id);
    expect(plan).toMatchObject({ name: "limits, Q4.csv", fileName: "limits, Q4.csv", rows: 7, source: "file" });
    expect(plan.counts).toEqual({ "will-change": 6, "not-found": 1 });
    expect(plan.columns.map(({ header: name, target }) => [name, target]).slice(3)).toEqual([
      ["__proto__", "ignore"],
      ["constructor", "ignore"],
      ["Formula", "ignore"],
    ]);
    expect(JSON.stringify(plan)).not.toContain(desk.userData);
    await confirmed(desk, plan);
    const done = await until(desk, id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 6, left: 0, refused: 0, unknown: 0 });
    const changed = await desk.ask("accounts.detail", { id: first.id });
    expect(changed.known.creditExposureLimit?.value).toBe(100_050);

    const saved = join(desk.userData, "out.csv");
    await host.answerNextDialog({ filePath: saved });
    expect(await desk.ask("batches.exportResults", { id, only: "all", bom: true })).toEqual({
      saved: true,
      fileName: "out.csv",
    });
    const text = readFileSync(saved, "utf8");
    expect(text.startsWith(`\uFEFF${header},status,provider_code,message,change_id,sent_at\r\n`)).toBe(true);
    const out = text.split("\r\n").slice(1, -1);
    expect(out).toHaveLength(7);
    expect(out[0]).toMatch(
      /^\d+,\d+,1000\.50,polluted,007,'=cmd\|' \/C calc'!A0,Accepted by provider,[^,]*,[^,]*,\d+,20\d\d-.*Z$/u,
    );
    expect(out[6]).toContain(",lost,Not found,");

    const again = await atCompare(desk, await drop(desk, path));
    expect(again.sameFile).toMatchObject({ id, name: "limits, Q4.csv" });
    expect(again.counts).toEqual({ "no-change": 6, "not-found": 1 });

    const { id: undoId } = await desk.ask("batches.undo", { id });
    if (undoId === undefined) throw new Error("There is no undo.");
    const back = await until(desk, undoId, "compare");
    const possible = back.totals.chosen;
    expect(possible).toBeGreaterThan(0);
    await confirmed(desk, back);
    const undone = await until(desk, undoId, "finished");
    expect(undone.undo).toMatchObject({ reversed: possible, kept: 0, couldNot: 6 - possible });
    const matching = async (outcome: "accepted" | "reversed") =>
      (await desk.ask("batches.rows", { id, filter: { outcome }, offset: 0, limit: 50 })).matching;
    expect([await matching("reversed"), await matching("accepted")]).toEqual([possible, 6 - possible]);
    expect((await desk.ask("batches.detail", { id })).outcomes).toMatchObject({
      reversed: possible,
      accepted: 6 - possible,
    });
    const log = await desk.ask("audit.page", { search: "limits, Q4", limit: 50 });
    expect(JSON.stringify(log)).not.toContain(desk.userData);
  },
);

it.runIf(findElectron() === undefined)(
  "takes no file without a path, remembers a map, and sends again only what failed",
  async () => {
    const { desk, accounts } = await open();
    const refused = await desk.page.evaluate(() =>
      window.vostro.calls["batches.importDropped"](new File(["a,b"], "made-up.csv")),
    );
    expect(refused).toMatchObject({ ok: false, failure: { code: "input-invalid" } });

    const chosen = accounts.slice(0, 5);
    const write = (name: string, to: string): string => {
      const path = join(desk.userData, name);
      const lines = chosen.map(({ customerUid, accountUid }, at) => `${customerUid};${accountUid};${to} ${at}`);
      writeFileSync(path, ["Kunde;Konto;Neuer Name", ...lines].join("\n"));
      return path;
    };
    const id = await drop(desk, write("first.csv", "Renamed"));
    const read = await until(desk, id, "columns");
    expect(read.reading).toMatchObject({ delimiter: ";", encoding: "utf-8" });
    const { connectionId } = read;
    if (connectionId === undefined) throw new Error("The only connection was not taken.");
    const targets = ["customerUID", "accountUID", "accountName"] as const;
    const mapped = await desk.ask("batches.setColumns", {
      id,
      revision: read.revision,
      columns: targets.map((target, index) => ({ index, target })),
      key: "customer-and-account",
      connectionId,
      saveMapAs: "Names, German",
    });
    await desk.ask("batches.check", { id, revision: mapped.revision });
    const plan = await until(desk, id, "compare");
    expect(plan.totals.chosen).toBe(5);
    await desk.ask("training.setFault", { route: "accounts.update", kind: "refused-400", times: 2 });
    await confirmed(desk, plan);
    const done = await until(desk, id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 3, refused: 2 });

    const { id: againId } = await desk.ask("batches.retry", { id });
    if (againId === undefined) throw new Error("There is nothing to send again.");
    const again = await until(desk, againId, "compare");
    expect(again).toMatchObject({ rows: 2, source: "retry", parent: { id, what: "retry" } });
    expect(again.totals.chosen).toBe(2);
    const { rows } = await desk.ask("batches.rows", { id: againId, filter: {}, offset: 0, limit: 10 });
    const corrected = await desk.ask("batches.fixCell", {
      id: againId,
      row: rows[0]?.row ?? 0,
      column: 2,
      text: "Corrected",
    });
    expect(corrected.bucket).toBe("will-change");
    await confirmed(desk, await desk.ask("batches.detail", { id: againId }));
    expect((await until(desk, againId, "finished")).outcomes.accepted).toBe(2);

    const next = await until(desk, await drop(desk, write("next.csv", "Once more")), "compare");
    expect(next).toMatchObject({ mapName: "Names, German" });
    expect(next.totals.chosen).toBe(5);
    expect((await desk.ask("batches.savedMaps", {})).map(({ name }) => name)).toEqual(["Names, German"]);
  },
);

it.runIf(findElectron() === undefined)(
  "is asked about when Vostro is closed in the middle, pauses, and goes on after the next start",
  async () => {
    const { desk, accounts } = await open();
    const { host } = desk.app;
    if (host === undefined) throw new Error("The stand-in is missing.");
    await desk.ask("training.setFault", { route: "accounts.update", kind: "latency", times: 0, delayMs: 300 });
    const lines = accounts
      .slice(0, 40)
      .map(({ customerUid, accountUid }, at) => `${customerUid},${accountUid},Renamed ${at}`);
    const path = join(desk.userData, "names.csv");
    writeFileSync(path, ["customerUID,accountUID,accountName", ...lines].join("\n"));
    const id = await drop(desk, path);
    const plan = await atCompare(desk, id);
    await confirmed(desk, plan);
    await soon(async () => expect((await desk.ask("batches.detail", { id })).outcomes.accepted).toBeGreaterThan(2));
    await host.answerNextDialog({ response: 1 });
    await host.closeWindow();
    await soon(async () => expect(await host.dialogs()).toHaveLength(1));
    const [asked] = await host.dialogs();
    expect(asked?.options).toMatchObject({
      message: expect.stringContaining("“names.csv” is being sent"),
      detail: expect.stringContaining("the batch pauses"),
    });
    await desk.app.exited;

    const again = await trainingDesk({ userData: desk.userData, load: false });
    opened.push(again);
    const found = await again.ask("batches.detail", { id });
    expect(found.state).toBe("paused");
    const { accepted, unknown, left, sending } = found.outcomes;
    expect(accepted + unknown + left).toBe(40);
    expect(sending).toBe(0);
    expect(left).toBeGreaterThan(0);
    await again.ask("batches.resume", { id });
    expect((await until(again, id, "finished")).outcomes.left).toBe(0);
  },
);
