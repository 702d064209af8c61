import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountId } from "@contract";
import { silentLog } from "../../../src/main/core/log.ts";
import { createAuditService } from "../../../src/main/features/audit/service.ts";
import { createNumberCopies, type NumberCopies } from "../../../src/main/features/accounts/number-copies.ts";
import { scratchFile } from "../../support/scratch-store.ts";

const number = "70718192937465";
const which = { id: 7 as AccountId, field: "accountNumber" as const };
const ada = { correlationId: "c", person: { id: 1 as never, name: "Ada Marlow", role: "maker" as const } };
const at = { monotonic: 0 };
const clock = { nowMs: () => 1_750_000_000_000, monotonicMs: () => at.monotonic };
let file: ReturnType<typeof scratchFile>;
let held = "";
let copies: NumberCopies;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  file = scratchFile();
  held = "before";
  at.monotonic = 0;
  copies = createNumberCopies({
    store: file.store,
    audit: createAuditService({ store: file.store, clock }).trail,
    clock,
    log: silentLog,
    clipboard: {
      read: async () => held,
      write: async (text) => void (held = text),
      clear: () => void (held = ""),
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  file.dispose();
});

describe("a copied account number", () => {
  it("leaves the clipboard after 30 seconds, and the trail says who copied it without the number", async () => {
    copies.noteShown(which, number, 20_000);
    expect(await copies.copy(which, ada)).toEqual({ clearAfterMs: 30_000 });
    expect(held).toBe(number);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(held).toBe(number);
    await vi.advanceTimersByTimeAsync(1);
    expect(held).toBe("");
    const rows = file.store.read.all({ text: "SELECT action, person, summary FROM work_audit", values: [] });
    expect(rows).toEqual([
      { action: "account.number-copied", person: "Ada Marlow", summary: "Copied the full account number" },
    ]);
  });

  it("is left alone when something else was copied meanwhile", async () => {
    copies.noteShown(which, number, 20_000);
    await copies.copy(which, ada);
    held = "a shopping list";
    await vi.advanceTimersByTimeAsync(60_000);
    expect(held).toBe("a shopping list");
  });

  it("goes at once when the workspace is left", async () => {
    copies.noteShown(which, number, 20_000);
    await copies.copy(which, ada);
    await copies.close();
    expect(held).toBe("");
  });

  it("cannot be had once the number is masked again, or without showing it", async () => {
    await expect(copies.copy(which, ada)).rejects.toMatchObject({ code: "conflict" });
    copies.noteShown(which, number, 20_000);
    at.monotonic = 20_000;
    await expect(copies.copy(which, ada)).rejects.toThrow(/Nothing was copied/u);
    await expect(copies.copy({ ...which, field: "fboAccountNumber" }, ada)).rejects.toMatchObject({ code: "conflict" });
    expect(held).toBe("before");
  });
});
