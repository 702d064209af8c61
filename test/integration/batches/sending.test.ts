import { describe, expect, it } from "vitest";
import { limitsFile, updatesAt, type BatchAccounts } from "../../support/batch-files.ts";
import { callBy } from "../../support/changes-room.ts";
import { lawfulRooms } from "../../support/lawful-rooms.ts";

const open = lawfulRooms();

/** Renames each account, and raises the credit limit of the first `high` ones, which is High risk. */
const names = (accounts: BatchAccounts, high: number): string =>
  [
    "customerUID,accountUID,accountName,creditExposureLimit",
    ...accounts.map(({ customerUid, accountUid }, at) =>
      [customerUid, accountUid, `Renamed ${at}`, at < high ? "99999999.00" : ""].join(","),
    ),
  ].join("\n");

const blind = { connection: { canRead: false } } as const;

describe("a confirmed batch", () => {
  it("becomes one change a row, sent by the outbox, each once, with one in flight an account", async () => {
    const room = await open();
    const accounts = await room.accountsOf(30);
    const batch = await room.pasted(limitsFile(accounts));
    expect(batch.counts).toEqual({ "will-change": 30 });
    await room.confirm(batch);
    const done = await room.untilBatch(batch.id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 30, left: 0, sending: 0, refused: 0 });
    expect(updatesAt(room)).toHaveLength(30);
    accounts.forEach(({ customerUid, accountUid }, at) => {
      expect(room.simulator.account(customerUid, accountUid)?.creditExposureLimitMinor).toBe(200_025 + at * 100);
    });
    expect(room.staged.noted(batch.id).size).toBe(30);
    const { rows } = await room.batches.rows({ id: batch.id, filter: {}, offset: 0, limit: 200 });
    expect(rows.map(({ outcome }) => outcome?.state)).toEqual(Array.from({ length: 30 }, () => "accepted"));
    const found = await room.audit.page({ subject: `batch ${batch.id}`, limit: 200 });
    const trail = found.rows.map(({ action }) => action);
    expect(trail.toReversed()).toEqual([
      "batch.begin",
      "batch.read",
      "batch.check",
      "batch.compare",
      "batch.confirm",
      "batch.send",
      "batch.finish",
    ]);
  });

  it("needs the count typed for more than 100 rows or any High risk, and the revision the person saw", async () => {
    const room = await open(blind);
    const [account] = await room.accountsOf(1);
    if (account === undefined) throw new Error("There is no account.");
    const batch = await room.pasted(limitsFile([account], () => "99999999.00"));
    expect(batch.totals.risk.high).toBe(1);
    const wanted = {
      id: batch.id,
      revision: batch.revision,
      reasonCategory: "",
      reason: "why",
      authorisationRef: "CR-1",
    };
    await expect(room.batches.confirm(wanted, callBy())).rejects.toThrow("Type 1");
    await expect(room.batches.confirm({ ...wanted, typedCount: 2 }, callBy())).rejects.toThrow("Type 1");
    await expect(room.batches.confirm({ ...wanted, typedCount: 1, reason: " " }, callBy())).rejects.toThrow("needs a reason");
    await expect(room.batches.confirm({ ...wanted, typedCount: 1, authorisationRef: "" }, callBy())).rejects.toThrow(
      "authorisation",
    );
    room.batches.rename({ id: batch.id, name: "Another name" }, callBy());
    await expect(room.batches.confirm({ ...wanted, typedCount: 1 }, callBy())).rejects.toThrow("changed since you looked");
    expect(updatesAt(room)).toHaveLength(0);
    await room.confirm(room.batches.detail(batch.id));
    expect((await room.untilBatch(batch.id, "finished")).outcomes.accepted).toBe(1);
  });

  it("is not taken while a correction of its plan is under way: what is sent is what was seen", async () => {
    const corrected = Promise.withResolvers<void>();
    const room = await open({
      ...blind,
      files: (memory) => ({
        ...memory,
        open: (id, stagingNo) => {
          const staging = memory.open(id, stagingNo);
          return {
            ...staging,
            fixCell: async (...cell) => {
              const answer = await staging.fixCell(...cell);
              await corrected.promise;
              return answer;
            },
          };
        },
      }),
    });
    const accounts = await room.accountsOf(2);
    const batch = await room.pasted(limitsFile(accounts));
    const fixed = room.batches.fixCell({ id: batch.id, row: 2, column: 2, text: "7.00" }, callBy());
    await expect(room.confirm(batch)).rejects.toThrow("still being corrected");
    corrected.resolve();
    await fixed;
    await expect(room.confirm(batch)).rejects.toThrow("changed since you looked");
    await room.confirm(room.batches.detail(batch.id));
    await room.untilBatch(batch.id, "finished");
    const [first] = accounts;
    expect(room.simulator.account(first?.customerUid ?? "", first?.accountUid ?? "")?.creditExposureLimitMinor).toBe(700);
  });

  it("sends only what is ticked, and says in the trail which rows were left out", async () => {
    const room = await open(blind);
    const accounts = await room.accountsOf(5);
    const { id } = await room.pasted(limitsFile(accounts));
    await room.batches.include({ id, rows: [6, 2, 3], included: false }, callBy());
    await room.confirm(room.batches.detail(id));
    expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(2);
    expect(updatesAt(room)).toHaveLength(2);
    const { rows } = await room.audit.page({ subject: `batch ${id}`, limit: 50 });
    const left = rows.find(({ summary }) => summary === "Unticked 3 rows");
    if (left === undefined) throw new Error("The trail does not say that rows were left out.");
    expect(JSON.parse((await room.audit.detail(left.seq)).after ?? "{}")).toMatchObject({ chosen: 2, rows: "2-3, 6" });
  });

  it("keeps ticks and corrections that come faster than they are done, in their order", async () => {
    const room = await open(blind);
    const accounts = await room.accountsOf(6);
    const { id } = await room.pasted(limitsFile(accounts));
    const tick = (rows: number[], included: boolean) => room.batches.include({ id, rows, included }, callBy());
    const answers = await Promise.all([
      tick([2], false),
      tick([3, 4], false),
      room.batches.fixCell({ id, row: 5, column: 2, text: "77.00" }, callBy()).then(() => undefined),
      tick([2], true),
      tick([7], false),
      tick([2], false),
    ]);
    expect(answers.at(-1)?.totals.chosen).toBe(2);
    const batch = room.batches.detail(id);
    expect(batch.totals.chosen).toBe(2);
    const { rows } = await room.audit.page({ subject: `batch ${id}`, limit: 50 });
    const deeds = rows.filter(({ action }) => action === "batch.check-again").toReversed();
    expect(deeds.map(({ summary }) => summary)).toEqual([
      "Unticked 1 row",
      "Unticked 2 rows",
      "Put a cell of row 5 right",
      "Ticked 1 row",
      "Unticked 1 row",
      "Unticked 1 row",
    ]);
    room.confirm(batch);
    expect((await room.untilBatch(id, "finished")).outcomes.accepted).toBe(2);
  });

  it("says before saving that a file holds whole account numbers, and who saved which", async () => {
    const asked: (string | undefined)[] = [];
    const saveFile = async ({ note, suggestedName }: { note?: string | undefined; suggestedName: string }) => {
      asked.push(note);
      return `/somewhere/${suggestedName}`;
    };
    const room = await open({ ...blind, dialogs: { saveFile } });
    const accounts = await room.accountsOf(1);
    const saved = async (text: string) => {
      const { id } = await room.pasted(text);
      await room.batches.exportResults({ id, only: "all", bom: false }, callBy());
      await room.batches.exportProblems({ id }, callBy());
      const { rows } = await room.audit.page({ subject: `batch ${id}`, limit: 50 });
      const deeds = rows.filter(({ action }) => action.startsWith("batch.export-"));
      return await Promise.all(deeds.map(async ({ seq }) => await room.audit.detail(seq)));
    };
    const plain = await saved(limitsFile(accounts));
    expect(asked).toEqual([undefined, undefined]);
    expect(plain.map(({ summary }) => summary.includes("whole"))).toEqual([false, false]);
    const [account] = accounts;
    const line = `${account?.customerUid ?? ""},${account?.accountUid ?? ""},0099887766554433`;
    const whole = await saved(`customerUID,accountUID,accountNumber\n${line}`);
    expect(asked.slice(2)).toEqual([expect.stringContaining("whole account numbers"), asked[2]]);
    for (const { summary, person, after } of whole) {
      expect(summary).toMatch(/^Saved 1 row as Pasted rows.*\.csv, with whole account numbers$/u);
      expect(person).toBe(callBy().person?.name);
      expect(JSON.parse(after ?? "{}")).toMatchObject({ rows: 1, wholeAccountNumbersIn: ["accountNumber"] });
    }
    expect(JSON.stringify(whole)).not.toContain("0099887766554433");
  });

  it("leaves nothing to save once it was given up", async () => {
    const room = await open({ ...blind, dialogs: { saveFile: async () => "/nowhere/results.csv" } });
    const { id } = await room.pasted(limitsFile(await room.accountsOf(1)));
    await room.batches.withdraw({ id, reason: "" }, callBy());
    await expect(room.batches.exportResults({ id, only: "all", bom: false }, callBy())).rejects.toThrow("withdrawn now");
    expect(await room.batches.problems(id)).toEqual({ groups: [], columnSummaries: [] });
  });

  it("makes nothing of a row whose account moved since it was compared, or has another change open", async () => {
    const room = await open(blind);
    const accounts = await room.accountsOf(3);
    const [first, second] = accounts;
    if (first === undefined || second === undefined) throw new Error("There are no accounts.");
    const batch = await room.pasted(limitsFile(accounts));
    const changed = room.send(first.id, { creditExposureLimit: "77.00" });
    await room.until(changed, "accepted");
    room.draft(second.id, { accountName: "Somebody else's draft" });
    await room.confirm(batch);
    const done = await room.untilBatch(batch.id, "finished");
    expect(done.outcomes).toMatchObject({ accepted: 1, conflict: 2 });
    expect(updatesAt(room)).toHaveLength(2);
    expect(
      [...room.staged.noted(batch.id).values()].filter(
        (said) => said.includes("moved") || said.includes("another change"),
      ),
    ).toHaveLength(2);
  });

  it("gives a row its own reason and reference, and the batch's to the others", async () => {
    const room = await open(blind);
    const [first, second] = await room.accountsOf(2);
    if (first === undefined || second === undefined) throw new Error("There are no accounts.");
    const rows = [
      "customerUID,accountUID,creditExposureLimit,reason,authorisationRef",
      `${first.customerUid},${first.accountUid},10.00,Own words,OWN-7`,
      `${second.customerUid},${second.accountUid},20.00,,`,
    ];
    const batch = await room.pasted(rows.join("\n"));
    await room.confirm(batch, { reason: "Words of the batch", authorisationRef: "BATCH-1" });
    await room.untilBatch(batch.id, "finished");
    const details = room.changes.page({ view: "all", limit: 10 }).rows.map(({ id }) => room.changes.detail(id));
    expect(details.map(({ proposed, authorisationRef }) => [proposed.reason, authorisationRef]).toSorted()).toEqual([
      ["Own words", "OWN-7"],
      ["Words of the batch", "BATCH-1"],
    ]);
  });

  it("lets rows that need a second person wait and sends the others; stopping takes back what waits", async () => {
    const room = await open({ secondPerson: { high: true, medium: false, low: false } });
    const batch = await room.pasted(names(await room.accountsOf(4), 1));
    expect(batch).toMatchObject({ approvals: 1, totals: { chosen: 4, risk: { high: 1 } } });
    await room.confirm(batch);
    const waiting = await room.untilBatch(batch.id, "waiting");
    expect(waiting.outcomes).toMatchObject({ accepted: 3, waiting: 1, left: 0, sending: 0 });
    expect(waiting.finishedAtMs).toBeUndefined();
    expect(updatesAt(room)).toHaveLength(3);
    await expect(room.batches.withdraw({ id: batch.id, reason: "" }, callBy())).rejects.toThrow("Nothing was done");
    room.batches.stop(batch.id, callBy());
    await expect.poll(() => room.batches.detail(batch.id).finishedAtMs).toBeGreaterThan(0);
    const stopped = room.batches.detail(batch.id);
    expect(stopped).toMatchObject({ state: "stopped", outcomes: { accepted: 3, withdrawn: 1, waiting: 0 } });
    expect(updatesAt(room)).toHaveLength(3);
    const again = room.batches.retry(batch.id, callBy());
    expect((await room.untilBatch(again.id, "compare")).totals.chosen).toBe(1);
  });

  it("waits at once when every row needs a second person, and ends when the last one is withdrawn", async () => {
    const room = await open({ ...blind, secondPerson: { high: true, medium: true, low: true } });
    const batch = await room.pasted(limitsFile(await room.accountsOf(2)));
    await room.confirm(batch);
    const waiting = await room.untilBatch(batch.id, "waiting");
    expect(waiting.outcomes).toMatchObject({ waiting: 2, accepted: 0 });
    for (const { id } of room.changes.page({ view: "waiting", limit: 10 }).rows)
      room.changes.withdraw({ id, revision: room.changes.detail(id).revision, reason: "Not today" }, callBy());
    const done = await room.untilBatch(batch.id, "finished");
    expect(done.outcomes).toMatchObject({ withdrawn: 2, waiting: 0 });
    expect(updatesAt(room)).toHaveLength(0);
  });

  it("is not left running when it is resumed with nothing but rows that wait", async () => {
    const room = await open({ secondPerson: { high: true, medium: false, low: false } });
    room.simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 30 });
    const batch = await room.pasted(names(await room.accountsOf(6), 2));
    await room.confirm(batch);
    await expect.poll(() => updatesAt(room).length, { interval: 2 }).toBeGreaterThan(0);
    room.batches.pause(batch.id, callBy());
    await expect.poll(() => room.batches.detail(batch.id).outcomes.sending).toBe(0);
    for (const { id } of room.changes.page({ view: "open", limit: 10 }).rows) {
      const { revision, state } = room.changes.detail(id);
      if (state === "approved") room.changes.withdraw({ id, revision, reason: "" }, callBy());
    }
    room.batches.resume(batch.id, callBy());
    expect((await room.untilBatch(batch.id, "waiting")).outcomes.waiting).toBe(2);
  });
});

describe("pausing, resuming and stopping", () => {
  it("pauses: what is under way ends, nothing more leaves; resuming sends the rest, each once", async () => {
    const room = await open(blind);
    const accounts = await room.accountsOf(40);
    room.simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 40 });
    const batch = await room.pasted(limitsFile(accounts));
    await room.confirm(batch);
    await expect.poll(() => updatesAt(room).length, { interval: 2 }).toBeGreaterThan(6);
    room.batches.pause(batch.id, callBy());
    await expect.poll(() => room.batches.detail(batch.id).outcomes.sending).toBe(0);
    const sent = updatesAt(room).length;
    const paused = room.batches.detail(batch.id);
    expect(paused.outcomes.left).toBe(40 - sent);
    expect(room.changes.underWay(room.store.read)).toBe(0);
    const [other] = await room.accountsOf(1);
    if (other === undefined) throw new Error("There is no other account.");
    const alone = room.send(other.id, { accountName: "By itself" });
    await room.until(alone, "accepted");
    expect(updatesAt(room)).toHaveLength(sent + 1);
    room.batches.resume(batch.id, callBy());
    expect((await room.untilBatch(batch.id, "finished")).outcomes.accepted).toBe(40);
    expect(updatesAt(room)).toHaveLength(41);
  });

  it("stops: what is left is taken back and never leaves", async () => {
    const room = await open(blind);
    const accounts = await room.accountsOf(60);
    room.simulator.faults.set({ route: "accounts.update", kind: "latency", times: "always", delayMs: 30 });
    const batch = await room.pasted(limitsFile(accounts));
    await room.confirm(batch);
    await expect.poll(() => updatesAt(room).length, { interval: 2 }).toBeGreaterThan(5);
    room.batches.stop(batch.id, callBy());
    await expect.poll(() => room.batches.detail(batch.id).finishedAtMs).toBeGreaterThan(0);
    const { outcomes, state } = room.batches.detail(batch.id);
    expect(state).toBe("stopped");
    expect(outcomes).toMatchObject({ left: 0, sending: 0 });
    expect(outcomes.accepted + outcomes.withdrawn).toBe(60);
    expect(outcomes.withdrawn).toBeGreaterThan(0);
    expect(updatesAt(room)).toHaveLength(outcomes.accepted);
  });

  it("stops after as many refusals as the person allowed", async () => {
    const room = await open({ connection: { canRead: false, concurrency: 1 } });
    const accounts = await room.accountsOf(20);
    room.simulator.faults.set({ route: "accounts.update", kind: "failure-200", times: "always" });
    const batch = await room.pasted(limitsFile(accounts));
    await room.confirm(batch, { stopAfterRefusals: 3 });
    const stopped = await room.untilBatch(batch.id, "stopped");
    expect(stopped.message).toBe("Stopped after 3 refusals, as asked.");
    await expect.poll(() => room.batches.detail(batch.id).finishedAtMs).toBeGreaterThan(0);
    const { outcomes } = room.batches.detail(batch.id);
    expect(outcomes).toMatchObject({ refused: 3, withdrawn: 17 });
    expect(updatesAt(room)).toHaveLength(3);
  });

  it("counts a refusal met when the account is read before sending", async () => {
    const room = await open({ connection: { concurrency: 1 } });
    const batch = await room.pasted(limitsFile(await room.accountsOf(20)));
    room.simulator.faults.set({ route: "accounts.get", kind: "refused-400", times: "always" });
    await room.confirm(batch, { stopAfterRefusals: 3 });
    const stopped = await room.untilBatch(batch.id, "stopped", "finished");
    expect(stopped.message).toBe("Stopped after 3 refusals, as asked.");
    await expect.poll(() => room.batches.detail(batch.id).finishedAtMs).toBeGreaterThan(0);
    const { outcomes } = room.batches.detail(batch.id);
    expect(outcomes.refused).toBeLessThanOrEqual(5);
    expect(outcomes.withdrawn).toBe(20 - outcomes.refused);
    expect(updatesAt(room)).toHaveLength(0);
  });
});
