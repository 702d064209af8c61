import { afterEach, describe, expect, it } from "vitest";
import type { AccountId, ProposedFields } from "@contract";
import { changeDetail } from "@contract/changes.ts";
import type { VostroFailure } from "../../../src/main/core/failures.ts";
import {
  callBy,
  openChangesRoom,
  personNamed,
  type ChangesRoom,
  type RoomOptions,
} from "../../support/changes-room.ts";
import { brokenLaws, evidenceOf } from "../../support/room-evidence.ts";
import { scanBytes } from "../../support/fault-harness/secret-scan.ts";
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

let room: ChangesRoom;
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

async function open(options: RoomOptions = {}): Promise<AccountId> {
  room = await openChangesRoom(options);
  const [account] = room.simulator.addAccounts(1);
  return await room.account(account?.customerUID ?? "", account?.accountUID ?? "");
}
const puts = () => room.simulator.ledger.entries().filter(({ route }) => route === "accounts.update");
const newNumber = "70718192937465";

describe("account numbers", () => {
  it("go out in full to the provider and nowhere else: not in details, lists, history, audit or the file's bytes", async () => {
    const accountId = await open({ connection: { settleWindowMs: 50 } });
    room.simulator.faults.set({ route: "accounts.update", kind: "reset-after" });
    const id = room.send(accountId, { accountNumber: newNumber, fboAccountNumber: "" });
    await room.until(id, "accepted");
    expect(puts().map(({ bodyText }) => JSON.parse(bodyText ?? "{}") as unknown)).toEqual([
      { accountNumber: newNumber, reason: "Annual review" },
    ]);

    const detail = changeDetail.parse(room.changes.detail(id));
    const shown = JSON.stringify([
      detail,
      room.changes.page({ view: "all", limit: 10 }),
      room.accounts.detail(accountId),
      room.accounts.page({ sort: { column: "last4", direction: "ascending" }, limit: 10 }),
      evidenceOf(room).file.audit,
    ]);
    expect(shown).not.toContain(newNumber);
    expect(shown).toContain("7465");
    expect(detail.request.body).toContain("••••7465");
    expect(detail.proposed.accountNumber).toBeUndefined();
    expect(detail.maskedProposed.accountNumber).toBe("7465");

    const folder = dirname(room.file.path);
    const secrets = [
      { name: "the account number", text: newNumber },
      { name: "the client secret", text: "training-secret" },
    ];
    const files = readdirSync(folder).filter((name) => name.startsWith(basename(room.file.path)));
    expect(files.length).toBeGreaterThan(1);
    for (const name of files) expect(scanBytes(name, readFileSync(join(folder, name)), secrets)).toEqual([]);
  });

  it("typed into reasons, references and provider messages are masked in the trail, the history and the Outbox", async () => {
    const accountId = await open({ connection: { settleWindowMs: 60_000 } });
    const spaced = "7071 8192 9374 65";
    const reason = `Renumbered from 000999888777 to ${spaced}`;
    room.simulator.faults.set({ route: "accounts.update", kind: "reset-before" });
    const draft = room.changes.saveDraft(
      {
        accountId,
        proposed: { accountNumber: newNumber, reason },
        keepMasked: [],
        reasonCategory: "Client request",
        authorisationRef: `CR ${newNumber}`,
      },
      callBy(),
    );
    room.changes.send({ id: draft.id, revision: draft.revision }, callBy());
    await room.until(draft.id, "outcome-unknown");
    const unknown = room.changes.detail(draft.id);
    room.changes.settle(
      { id: draft.id, revision: unknown.revision, verdict: "refused", reason: `They never saw ${spaced}` },
      callBy(),
    );
    const { history, message } = room.changes.detail(draft.id);
    const told = JSON.stringify([history, message, evidenceOf(room).file.audit, room.changes.page({ view: "all", limit: 5 })]);
    expect(told.replaceAll(/[ -]/gu, "")).not.toContain(newNumber);
    expect(told).not.toContain("000999888777");
    expect(told).toContain("They never saw ••••7465");
    expect(told).toContain("Renumbered from ••••8777 to ••••7465");
    expect(told).toContain("CR ••••7465");
    expect(puts()).toHaveLength(1);
    expect(JSON.parse(puts()[0]?.bodyText ?? "{}")).toMatchObject({ reason });
  });

  it("stand in the trail as last known → proposed beside every other value of a change, however many it has", async () => {
    const accountId = await open();
    const long = "A name long enough that the line for lists is cut off before its end is reached, and then some more ";
    const first = { accountNumber: "000999888777", accountName: long, masterGl: long, enableWire: "No" };
    await room.until(room.send(accountId, first), "accepted");
    const next = { accountNumber: newNumber, accountName: "Renamed", masterGl: `${long}again`, enableWire: "Yes" };
    const id = room.send(accountId, { ...next, debitExposureLimit: "1,250.50", secCodes: ["CCD"] });
    await room.until(id, "accepted");
    const trail = await room.audit.page({ subject: `change ${id}`, limit: 20 });
    const submitted = trail.rows.find(({ action }) => action === "change.submit");
    const { before = "", after = "" } = room.audit.detail(submitted?.seq ?? 0);
    expect(JSON.parse(before)).toEqual({
      state: "draft",
      accountNumber: "•••• 8777",
      accountName: long.trim(),
      masterGl: long.trim(),
      enableWire: "No",
      debitExposureLimit: "—",
      secCodes: "unknown",
    });
    expect(JSON.parse(after)).toMatchObject({
      state: "approved",
      accountNumber: "•••• 7465",
      accountName: "Renamed",
      masterGl: `${long}again`,
      enableWire: "Yes",
      debitExposureLimit: "1,250.50",
      secCodes: "CCD",
    });
  });

  it("a kept masked proposal goes out in full, never as it was shown", async () => {
    const accountId = await open();
    const first = room.draft(accountId, { accountNumber: newNumber });
    const again = room.changes.saveDraft(
      {
        id: first.id,
        accountId,
        revision: first.revision,
        proposed: { reason: "Renumbered", accountName: "Renamed" },
        keepMasked: ["accountNumber"],
        reasonCategory: "",
        authorisationRef: "CR-1",
      },
      callBy(),
    );
    room.changes.send({ id: again.id, revision: again.revision }, callBy());
    await room.until(again.id, "accepted");
    expect((JSON.parse(puts()[0]?.bodyText ?? "{}") as { accountNumber?: string }).accountNumber).toBe(newNumber);
  });

  it("a number as shown on screen is refused by the rules, so it cannot be echoed back", async () => {
    const accountId = await open();
    const { id, revision } = room.draft(accountId, { accountNumber: "••••7465" });
    expect(() => room.changes.send({ id, revision }, callBy())).toThrow(
      /error.* to fix before this can be sent\. Nothing was sent\./u,
    );
    expect(puts()).toEqual([]);
  });
});

describe("what the rules refuse never leaves", () => {
  it("the printed sample body (Loan with Savings) is refused with its sentence", async () => {
    const accountId = await open();
    const sample: ProposedFields = {
      accountType: "Loan",
      accountSubType: "Savings",
      systemOfRecords: "External",
      accountNumber: "95659895",
      currency: "USD",
      accountName: "xyz",
      masterGl: "string",
      enableOffset: "Yes",
      enableWire: "Yes",
      defaultOffset: "Yes",
      feeAccount: "Yes",
      returnAccount: "Yes",
      fboAccountNumber: "1122344",
      countryCode: "US",
      routingNumber: "101206101",
      bankIdType: "NID",
      enableCallbacks: false,
      callbackLimit: "999999999.99",
      costCenter: "5235666",
      isUnderWritten: false,
      isAchPrefund: false,
      debitExposureLimit: "1000",
      creditExposureLimit: "5000",
      accountAnalysis: false,
      reason: "Annual review update",
      achCompanyId: "1234567899",
    };
    const { id, revision } = room.draft(accountId, sample);
    try {
      room.changes.send({ id, revision }, callBy());
      expect.unreachable("the sample was taken");
    } catch (error) {
      const { code, message, details } = error as VostroFailure;
      expect(code).toBe("input-invalid");
      expect(message).toMatch(/Nothing was sent\.$/u);
      const said = details.fields?.find(({ path }) => path === "accountSubType")?.message;
      expect(said).toMatch(/Savings/u);
      expect(said).toMatch(/Loan/u);
    }
    expect(room.changes.detail(id).state).toBe("draft");
    expect(puts()).toEqual([]);
  });

  it("a high-risk change without a reason or an authorisation reference is not taken", async () => {
    const accountId = await open();
    const { id, revision } = room.changes.saveDraft(
      {
        accountId,
        proposed: { creditExposureLimit: "900000" },
        keepMasked: [],
        reasonCategory: "",
        authorisationRef: "",
      },
      callBy(),
    );
    expect(() => room.changes.send({ id, revision }, callBy())).toThrow(/2 errors to fix/u);
    expect(puts()).toEqual([]);
  });

  it("a revision that moved on is not sent", async () => {
    const accountId = await open();
    const { id, revision } = room.draft(accountId, { accountName: "One" });
    room.changes.saveDraft(
      {
        id,
        accountId,
        revision,
        proposed: { accountName: "Two" },
        keepMasked: [],
        reasonCategory: "",
        authorisationRef: "",
      },
      callBy(personNamed(2, "Ben", "maker")),
    );
    expect(() => room.changes.send({ id, revision }, callBy())).toThrow(/Nothing was done/u);
    expect(puts()).toEqual([]);
  });
});

describe("a policy that wants a second person", () => {
  it("makes a high-risk change wait for approval; nothing leaves, and it can be withdrawn", async () => {
    const accountId = await open({ secondPerson: { high: true, medium: false, low: false } });
    const id = room.send(accountId, { creditExposureLimit: "900000" });
    const waiting = room.changes.detail(id);
    expect(waiting).toMatchObject({
      state: "waiting-for-approval",
      needsSecondPerson: true,
      risk: "high",
      attempts: [],
    });
    expect(room.changes.counts(room.store.read).waiting).toBe(1);
    room.changes.withdraw({ id, revision: waiting.revision, reason: "" }, callBy());
    expect(room.changes.detail(id).state).toBe("withdrawn");
    expect(puts()).toEqual([]);
  });

  it("lets other risks go at once", async () => {
    const accountId = await open({ secondPerson: { high: true, medium: false, low: false } });
    await room.until(room.send(accountId, { accountName: "Renamed" }), "accepted");
  });
});
