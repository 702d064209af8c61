import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConnectionId } from "../../../src/preload/contract/index.ts";
import { absorbAccount, readStart } from "../../../src/main/features/accounts/absorb.ts";
import { auditRows, maya, quietConnection, readAccount, startBench, type Bench } from "./account-bench.ts";

let bench: Bench;
let connection: ConnectionId;
const number = "95659895001";

beforeEach(() => {
  bench = startBench();
  connection = quietConnection(bench);
});
afterEach(() => bench.close());

function absorb(known: Parameters<typeof readAccount>[1], atMs = 1000): AccountId {
  return bench.file.store.transaction(
    (writer) => bench.accounts.absorbRead(writer, connection, readAccount("2156", known), atMs).id,
  );
}
const write = (id: AccountId, values: Parameters<Bench["accounts"]["noteWritten"]>[2], atMs: number): void =>
  bench.file.store.transaction((writer) => bench.accounts.noteWritten(writer, id, values, atMs));

describe("what is known of an account", () => {
  it("fills what the provider never says with what Vostro last wrote, labelled and dated", () => {
    const id = absorb({ known: { currency: "USD", debitExposureLimit: 500 } });
    expect(bench.accounts.detail(id).known.secCodes).toBeUndefined();
    write(id, { secCodes: ["CCD", "WEB"], isAchPrefund: true, achCompanyId: "1234567890" }, 2000);
    absorb({ known: { currency: "USD", debitExposureLimit: 500, isUnderWritten: false } }, 3000);
    const detail = bench.accounts.detail(id);
    expect(detail.known.secCodes).toEqual({ value: ["CCD", "WEB"], source: "vostro-wrote", atMs: 2000 });
    expect(detail.known.debitExposureLimit).toEqual({ value: 500, source: "provider-read", atMs: 3000 });
    expect(detail).toMatchObject({
      fundingBasis: "prefunded",
      secCodes: ["CCD", "WEB"],
      achCompanyId: "1234567890",
      debitLimitMinor: 500,
    });
  });

  it("a value written after the last read stands until the provider is read again, whatever the clock says", () => {
    const id = absorb({ known: { currency: "USD", debitExposureLimit: 500 } }, 9000);
    write(id, { debitExposureLimit: 700 }, 10);
    expect(bench.accounts.detail(id).known.debitExposureLimit).toMatchObject({ value: 700, source: "vostro-wrote" });
    expect(bench.accounts.detail(id).debitLimitMinor).toBe(700);
    absorb({ known: { currency: "USD", debitExposureLimit: 600 } }, 5);
    expect(bench.accounts.detail(id).known.debitExposureLimit).toMatchObject({ value: 600, source: "provider-read" });
    expect(bench.accounts.detail(id).debitLimitMinor).toBe(600);
  });

  it("a read that says less keeps what it did not say, with its older age", () => {
    const id = absorb({ known: { currency: "USD", costCenter: "12", accountSubType: "Savings" } }, 1000);
    absorb({ known: { currency: "USD", accountSubType: "Checking" } }, 2000);
    const { known, type } = bench.accounts.detail(id);
    expect(known.costCenter).toEqual({ value: "12", source: "provider-read", atMs: 1000 });
    expect(known.accountSubType).toEqual({ value: "Checking", source: "provider-read", atMs: 2000 });
    expect(type).toBe("Checking");
  });

  it("a read that began before the newest one is dropped; one made after the clock was turned back is not", () => {
    const at = { wall: 100_000, monotonic: 5000 };
    const clock = { nowMs: () => at.wall, monotonicMs: () => at.monotonic };
    const end = (start: ReturnType<typeof readStart>, limit: number) =>
      bench.file.store.transaction((writer) => {
        const account = readAccount("2156", { known: { currency: "USD", debitExposureLimit: limit } });
        return absorbAccount(writer, connection, account, { atMs: at.wall, complete: true, start }).id;
      });
    const pass = (wallMs: number, monotonicMs = wallMs): void => {
      at.wall += wallMs;
      at.monotonic += monotonicMs;
    };
    const limit = () => bench.accounts.detail(id).known.debitExposureLimit?.value;
    const slow = readStart(bench.file.store.read, clock);
    pass(3000);
    const quick = readStart(bench.file.store.read, clock);
    pass(500);
    const id = end(quick, 200);
    pass(2000);
    end(slow, 100);
    expect(limit()).toBe(200);
    pass(-60_000, 10);
    const later = readStart(bench.file.store.read, clock);
    pass(400);
    end(later, 300);
    expect(limit()).toBe(300);
  });

  it("not set is not unknown", () => {
    const id = absorb({ known: { currency: "USD", debitExposureLimit: "" } });
    expect(bench.accounts.detail(id).known.debitExposureLimit?.value).toBe("");
    const [row] = bench.accounts.page({ sort: { column: "status", direction: "ascending" }, limit: 10 }).rows;
    for (const shown of [row, bench.accounts.detail(id)]) {
      expect(shown).toMatchObject({ debitLimitMinor: null });
      expect(shown).not.toHaveProperty("creditLimitMinor");
    }
  });

  it.each([
    [{ isUnderWritten: true }, "underwritten"],
    [{ isUnderWritten: false }, "unknown"],
    [{ isUnderWritten: false, isAchPrefund: false }, "neither"],
    [{ isUnderWritten: false, isAchPrefund: true }, "prefunded"],
    [{ isUnderWritten: true, isAchPrefund: true }, "unknown"],
  ])("the funding basis of %o is %s", (known, basis) => {
    const id = absorb({ known });
    expect(
      bench.accounts.page({ sort: { column: "status", direction: "ascending" }, limit: 10 }).rows[0]?.fundingBasis,
    ).toBe(basis);
    expect(bench.accounts.detail(id).fundingBasis).toBe(basis);
  });

  it("tells in the history what moved between reads, and keeps twenty older states", () => {
    const id = absorb({ known: { currency: "USD", debitExposureLimit: 1 } }, 1);
    for (let n = 2; n <= 30; n += 1) absorb({ known: { currency: "USD", debitExposureLimit: n } }, n);
    absorb({ known: { currency: "USD", debitExposureLimit: 30 } }, 40);
    const { history } = bench.accounts.detail(id);
    expect(history).toHaveLength(21);
    expect(history[0]).toEqual({ atMs: 40, text: "Read from Finzly: Debit limit moved" });
  });

  it("a failed read changes nothing but the note of the attempt", () => {
    const id = absorb({ known: { currency: "USD", costCenter: "12" } });
    const before = bench.accounts.detail(id);
    const attempt = { atMs: 5000, ok: false, message: "Finzly did not answer in 30 s." };
    bench.file.store.transaction((writer) => bench.accounts.noteReadAttempt(writer, id, attempt));
    expect(bench.accounts.detail(id)).toEqual({ ...before, lastAttempt: attempt });
  });
});

describe("account numbers", () => {
  it("leave main as their last four, in rows, details and failures", () => {
    const id = absorb({
      last4: "5001",
      known: { currency: "USD", accountNumber: number, fboAccountNumber: "77112233440" },
      raw: { accountNumber: number },
    });
    const shown = JSON.stringify([
      bench.accounts.detail(id),
      bench.accounts.page({ sort: { column: "last4", direction: "ascending" }, limit: 5 }),
    ]);
    expect(shown).not.toContain(number);
    expect(shown).not.toContain("77112233440");
    expect(bench.accounts.detail(id).known.accountNumber).toMatchObject({ value: "5001", masked: true });
    expect(bench.accounts.stored(bench.file.store.read, id).known.accountNumber?.value).toBe(number);
  });

  it("are shown in full for a reason, which stays in the trail without the number", () => {
    const id = absorb({ known: { accountNumber: number } });
    const input = { id, field: "accountNumber" as const, reason: "Customer on the phone" };
    expect(bench.accounts.revealNumber(input, maya)).toEqual({ value: number, hideAfterMs: 20_000 });
    const rows = auditRows(bench);
    expect(rows.at(-1)).toMatchObject({
      action: "account.number-revealed",
      summary: expect.stringContaining("Customer on the phone"),
    });
    expect(JSON.stringify(rows)).not.toContain(number);
    expect(() => bench.accounts.revealNumber({ ...input, field: "fboAccountNumber" }, maya)).toThrow(/not known/u);
  });
});

describe("accounts entered by hand", () => {
  const typed = {
    currency: "USD",
    debitExposureLimit: "25,000.00",
    secCodes: ["ppd", "CCD"],
    accountNumber: number,
    isUnderWritten: true,
  };
  const entry = (known: object) => ({
    connectionId: connection,
    customerUid: "C-1",
    customerName: "Acme",
    accountUid: "42",
    known,
  });

  it("keep what was typed, as hand-entered, never read", () => {
    const detail = bench.accounts.addByHand(entry(typed), maya);
    expect(detail).toMatchObject({
      customerName: "Acme",
      accountUid: "42",
      last4: "5001",
      debitLimitMinor: 2_500_000,
      fundingBasis: "underwritten",
    });
    expect(detail).not.toHaveProperty("readAtMs");
    expect(detail.known.secCodes).toMatchObject({ value: ["PPD", "CCD"], source: "entered-by-hand" });
    expect(JSON.stringify([detail, auditRows(bench)])).not.toContain(number);
  });

  it("cannot be entered twice", () => {
    bench.accounts.addByHand(entry(typed), maya);
    expect(() => bench.accounts.addByHand(entry({}), maya)).toThrow(/in the list already/u);
  });

  it.each([
    [{ debitExposureLimit: "5" }, "known.currency"],
    [{ currency: "USD", debitExposureLimit: "12.345" }, "known.debitExposureLimit"],
    [{ accountNumber: "12-34" }, "known.accountNumber"],
    [{ isUnderWritten: true, isAchPrefund: true }, "known.isAchPrefund"],
  ])("are refused when %o, naming %s", (known, path) => {
    let thrown: unknown;
    try {
      bench.accounts.addByHand(entry(known), maya);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: "input-invalid" });
    expect(JSON.stringify(thrown)).toContain(path);
    expect(bench.accounts.page({ sort: { column: "status", direction: "ascending" }, limit: 5 }).total).toBe(0);
  });

  it("give way to what the provider says once it is read", () => {
    const { id } = bench.accounts.addByHand(entry({ currency: "USD", accountName: "Typed", costCenter: "9" }), maya);
    bench.file.store.transaction((writer) => {
      const read = readAccount("42", {
        customerUid: "C-1",
        accountName: "Told",
        known: { currency: "USD", accountName: "Told" },
      });
      bench.accounts.absorbRead(writer, connection, read, 99_999);
    });
    const detail = bench.accounts.detail(id);
    expect(detail).toMatchObject({
      accountName: "Told",
      known: { accountName: { source: "provider-read" }, costCenter: { source: "entered-by-hand" } },
    });
  });
});

describe("a read that others may overtake", () => {
  it("changes nothing that was read or written after it began", () => {
    const id = absorb({ known: { costCenter: "1" } });
    const keep = bench.accounts.beginRead(connection);
    const slow = readAccount("2156", { known: { costCenter: "2" } });
    bench.clock.forward(500);
    absorb({ known: { costCenter: "3" } }, bench.clock.nowMs());
    bench.file.store.transaction((writer) => void keep.absorb(writer, slow));
    expect(bench.accounts.detail(id).known.costCenter).toMatchObject({ value: "3" });
    const keepAgain = bench.accounts.beginRead(connection);
    write(id, { costCenter: "4" }, bench.clock.nowMs());
    bench.file.store.transaction((writer) => void keepAgain.absorb(writer, slow));
    expect(bench.accounts.detail(id).known.costCenter).toMatchObject({ value: "4", source: "vostro-wrote" });
  });
});

describe("the file", () => {
  it("holds no account number in clear", async () => {
    const { readFileSync } = await import("node:fs");
    absorb({ known: { accountNumber: number }, raw: { accountNumber: number } });
    bench.file.checkpoint();
    expect(readFileSync(bench.file.path).includes(number)).toBe(false);
  });
});
