import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccountId, ChangeId, ProposedFields } from "@contract";
import { VostroFailure } from "../../../src/main/core/failures.ts";
import type { FaultSpec } from "../../../src/main/training/finzly/index.ts";
import { callBy, openChangesRoom, type ChangesRoom } from "../../support/changes-room.ts";
import { workLeft } from "../../support/fault-harness/read-file.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

const seed = 4711;
const yesNo = fc.constantFrom("Yes", "No");
const limit = fc
  .integer({ min: 1, max: 99_999_999 })
  .map((minor) => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, "0")}`);
const name = fc.stringMatching(/^[A-Za-z0-9 <>&"'=+,.-]{1,40}$/u).filter((text) => text.trim() !== "");
const proposal: fc.Arbitrary<ProposedFields> = fc
  .record(
    {
      accountName: name,
      masterGl: name,
      enableWire: yesNo,
      feeAccount: yesNo,
      returnAccount: yesNo,
      enableOffset: yesNo,
      debitExposureLimit: limit,
      creditExposureLimit: limit,
      callbackLimit: limit,
      enableCallbacks: fc.boolean(),
      accountAnalysis: fc.boolean(),
      secCodes: fc.subarray(["CCD", "PPD", "CTX", "WEB", "TEL"], { minLength: 1 }),
      accountNumber: fc.stringMatching(/^[A-Z][0-9]{9,13}$/u),
    },
    { requiredKeys: [] },
  )
  .filter((fields) => Object.keys(fields).length > 0);

async function atRest(room: ChangesRoom): Promise<void> {
  await expect.poll(() => workLeft(room.file.path, room.file.key), { timeout: 30_000, interval: 20 }).toBe(0);
}

describe("what was accepted", () => {
  it("is what is known then: proposing the same once more changes nothing and sends nothing", async () => {
    const room = await openChangesRoom();
    const accounts = room.simulator.addAccounts(60);
    let next = 0;
    try {
      await fc.assert(
        fc.asyncProperty(proposal, async (proposed) => {
          const account = accounts[next];
          next += 1;
          if (account === undefined) throw new Error("too few accounts");
          const accountId = await room.account(account.customerUID, account.accountUID);
          const { changes } = room.draft(accountId, proposed);
          if (changes.length === 0) return;
          const { id, revision } = room.changes.editable(accountId) ?? { id: 0 as ChangeId, revision: 0 };
          room.changes.send({ id, revision }, callBy());
          await room.until(id, "accepted");
          await expect.poll(() => room.changes.detail(id).verifiedAtMs, { timeout: 10_000 }).toBeDefined();
          const again = room.draft(accountId, proposed);
          expect(again.changes).toEqual([]);
          expect(again.summary).toBe("");
          expect(() => room.changes.send({ id: again.id, revision: again.revision }, callBy())).toThrow(VostroFailure);
          room.changes.withdraw({ id: again.id, revision: again.revision, reason: "" }, callBy());
        }),
        { numRuns: 25, seed, endOnFailure: true },
      );
      expect(brokenLaws(room)).toEqual([]);
    } finally {
      await room.dispose();
    }
  });
});

type Step =
  | {
      readonly do: "submit" | "save" | "send" | "withdraw" | "sendAgain" | "readBack" | "resolve";
      readonly account: number;
      readonly text: string;
    }
  | { readonly do: "settle"; readonly account: number; readonly verdict: "accepted" | "refused" }
  | { readonly do: "theirs"; readonly account: number; readonly text: string }
  | { readonly do: "fault"; readonly kind: FaultSpec["kind"] }
  | { readonly do: "wait" | "restart" };

const accountCount = 3;
const account = fc.integer({ min: 0, max: accountCount - 1 });
const text = fc.constantFrom("One", "Two", "Three", "Four");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("submit" as const), account, text }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("save", "send", "withdraw", "sendAgain", "readBack", "resolve"),
      account,
      text,
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("settle" as const),
      account,
      verdict: fc.constantFrom("accepted", "refused"),
    }) as fc.Arbitrary<Step>,
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("theirs" as const), account, text }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("fault" as const),
      kind: fc.constantFrom<FaultSpec["kind"]>(
        "reset-before",
        "reset-after",
        "truncated-json",
        "empty-body",
        "failure-200",
        "refused-409",
        "unauthorized",
        "too-many-requests",
        "late-apply",
        "ignore-field",
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("wait", "restart") }) as fc.Arbitrary<Step> },
);

interface Table {
  room: ChangesRoom;
  readonly accounts: readonly { readonly customerUID: string; readonly accountUID: string }[];
  readonly ids: readonly AccountId[];
  /** Somebody else never sets a name back, which would look as if nothing had happened. */
  theirs: number;
}

const extras: Partial<Record<FaultSpec["kind"], Partial<FaultSpec>>> = {
  "too-many-requests": { retryAfter: 0 },
  "late-apply": { delayMs: 40 },
  "ignore-field": { field: "accountName" },
};

async function take(table: Table, taken: Step): Promise<void> {
  const { room } = table;
  switch (taken.do) {
    case "wait":
      return void (await new Promise((resolve) => setTimeout(resolve, 15)));
    case "restart":
      await room.stopServices(0);
      table.room = await openChangesRoom({ file: room.file, simulator: room.simulator });
      return;
    case "fault":
      return void room.simulator.faults.set({ route: "accounts.update", kind: taken.kind, ...extras[taken.kind] });
    default:
  }
  const accountId = table.ids[taken.account];
  const key = table.accounts[taken.account];
  if (accountId === undefined || key === undefined) return;
  if (taken.do === "theirs")
    return room.simulator.changeAccount(key.customerUID, key.accountUID, {
      accountName: `Theirs ${(table.theirs += 1)}`,
    });
  const change = room.changes.editable(accountId);
  if (taken.do === "save" || taken.do === "submit") {
    const saved = room.changes.saveDraft(
      {
        ...(change === undefined ? {} : { id: change.id, revision: change.revision }),
        accountId,
        proposed: { accountName: taken.text },
        keepMasked: [],
        reasonCategory: "",
        authorisationRef: "",
      },
      callBy(),
    );
    if (taken.do === "submit") room.changes.send({ id: saved.id, revision: saved.revision }, callBy());
    return;
  }
  if (change === undefined) return;
  const seen = { id: change.id, revision: change.revision };
  if (taken.do === "send") room.changes.send(seen, callBy());
  else if (taken.do === "withdraw") room.changes.withdraw({ ...seen, reason: "" }, callBy());
  else if (taken.do === "sendAgain") room.changes.sendAgain({ ...seen, reason: "again" }, callBy());
  else if (taken.do === "readBack") await room.changes.readBack({ id: seen.id }, callBy());
  else if (taken.do === "settle") room.changes.settle({ ...seen, verdict: taken.verdict, reason: "said" }, callBy());
  else
    room.changes.resolveConflict(
      { ...seen, choices: { accountName: taken.text === "One" ? "mine" : "theirs" } },
      callBy(),
    );
}

/** A step that is not possible where the change is now is refused in words; anything else thrown is a defect. */
async function tryTo(table: Table, taken: Step): Promise<void> {
  try {
    await take(table, taken);
  } catch (error) {
    if (!(error instanceof VostroFailure)) throw error;
    expect(["conflict", "input-invalid", "not-found", "provider-down", "provider-busy"]).toContain(error.code);
  }
}

describe("any order of what people, provider and restarts do", () => {
  it("keeps the laws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
        const room = await openChangesRoom({ connection: { settleWindowMs: 120, concurrency: 3 } });
        const accounts = room.simulator.addAccounts(accountCount);
        const ids = await Promise.all(
          accounts.map(({ customerUID, accountUID }) => room.account(customerUID, accountUID)),
        );
        const table: Table = { room, accounts, ids, theirs: 0 };
        try {
          for (const taken of steps) await tryTo(table, taken);
          await atRest(table.room);
          expect(brokenLaws(table.room)).toEqual([]);
        } finally {
          await table.room.stopServices(0);
          await room.simulator.close();
          room.file.dispose();
        }
      }),
      { numRuns: 40, seed, endOnFailure: true },
    );
  }, 120_000);
});
