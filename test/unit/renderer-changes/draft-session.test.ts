import { accountId, changeId, proposedFields, type ChangeDetail, type InputOf, type Result } from "@contract";
import { describe, expect, it, vi } from "vitest";
import { createDraftSession } from "../../../src/renderer/features/changes/draft-session.ts";
import { withField } from "../../../src/renderer/features/changes/draft-form.ts";

const account = accountId.parse(7);

function changeAt(revision: number, more: Partial<ChangeDetail> = {}): ChangeDetail {
  return {
    id: changeId.parse(3),
    kind: "update",
    accountId: account,
    accountName: "Payroll Clearing",
    customerName: "Bluefin Payroll",
    customerUid: "100482",
    accountUid: "2156",
    connectionName: "Finzly",
    provider: "finzly",
    environment: "training",
    state: "draft",
    summary: "",
    fieldCount: 0,
    risk: "low",
    madeBy: "Maya",
    updatedAtMs: 1,
    revision,
    proposed: {},
    maskedProposed: {},
    reasonCategory: "",
    authorisationRef: "",
    changes: [],
    issues: [],
    riskReason: "",
    needsSecondPerson: false,
    request: { method: "PUT", path: "/", body: "{}" },
    attempts: [],
    conflict: [],
    verification: [],
    canReadBack: true,
    compareFirst: false,
    createdAtMs: 1,
    history: [],
    ...more,
  };
}

function session(answer: (input: InputOf<"changes.saveDraft">, turn: number) => Result<ChangeDetail>) {
  const inputs: InputOf<"changes.saveDraft">[] = [];
  const draft = createDraftSession({
    accountId: account,
    start: undefined,
    delayMs: 0,
    nowMs: () => 5,
    saveDraft: (input) => {
      inputs.push(input);
      return Promise.resolve(answer(input, inputs.length));
    },
  });
  const type = (field: "costCenter" | "accountNumber", text: string) =>
    draft.edit(field, (now) => withField(now, field, text));
  return { draft, inputs, type };
}

describe("a draft being edited", () => {
  it("makes one new draft and then saves over the revision main answered", async () => {
    const { draft, inputs, type } = session((input, turn) => ({
      ok: true,
      value: changeAt(turn, { proposed: proposedFields.parse(input.proposed) }),
    }));
    type("costCenter", "1");
    await draft.saveNow();
    type("costCenter", "12");
    await draft.saveNow();
    expect(inputs.map(({ id, revision, proposed }) => ({ id, revision, proposed }))).toEqual([
      { id: undefined, revision: undefined, proposed: { costCenter: "1" } },
      { id: 3, revision: 1, proposed: { costCenter: "12" } },
    ]);
  });

  it("makes no draft when everything typed was taken back before it was saved", async () => {
    const { draft, inputs, type } = session(() => ({ ok: true, value: changeAt(1) }));
    type("costCenter", "1");
    draft.undo();
    expect(await draft.saveNow()).toBeUndefined();
    expect(inputs).toEqual([]);
  });

  it("saves an empty draft over one that exists, so that a revert is not lost", async () => {
    const { draft, inputs, type } = session((_input, turn) => ({ ok: true, value: changeAt(turn) }));
    type("costCenter", "1");
    await draft.saveNow();
    draft.undo();
    await draft.saveNow();
    expect(inputs.at(-1)?.proposed).toEqual({});
  });

  it("keeps a stored account number by name once its digits are forgotten here", async () => {
    const { draft, inputs, type } = session((_input, turn) => ({
      ok: true,
      value: changeAt(turn, { maskedProposed: { accountNumber: "9911" } }),
    }));
    draft.setTyping("accountNumber");
    type("accountNumber", "5500119911");
    await draft.saveNow();
    expect(draft.form.getState().draft.proposed.accountNumber).toBe("5500119911");
    draft.setTyping(undefined);
    await vi.waitFor(() => expect(draft.form.getState().draft.kept).toEqual({ accountNumber: "9911" }));
    type("costCenter", "8");
    await draft.saveNow();
    expect(inputs.at(-1)).toMatchObject({ keepMasked: ["accountNumber"], proposed: { costCenter: "8" } });
    expect(JSON.stringify(draft.form.getState())).not.toContain("5500119911");
  });

  it("holds what was typed when main refuses the revision, and saves over the newer one on request", async () => {
    const failure = { code: "conflict", message: "Moved.", retryable: false, correlationId: "c" } as const;
    const { draft, inputs, type } = session((_input, turn) =>
      turn === 1 ? { ok: false, failure } : { ok: true, value: changeAt(9) },
    );
    type("costCenter", "1");
    await draft.saveNow();
    expect(draft.saveState()).toEqual({ kind: "failed", failure });
    expect(draft.form.getState().draft.proposed.costCenter).toBe("1");
    const turns = inputs.length;
    draft.keepMine(changeAt(8));
    await draft.saveNow();
    expect(inputs[turns]).toMatchObject({ revision: 8, proposed: { costCenter: "1" } });
  });

  it("starts again from what main holds when the other version is taken", async () => {
    const { draft, inputs, type } = session(() => ({ ok: true, value: changeAt(1) }));
    type("costCenter", "1");
    draft.load(changeAt(4, { proposed: { costCenter: "theirs" } }));
    expect(draft.form.getState().draft.proposed.costCenter).toBe("theirs");
    expect(draft.undo()).toBe(false);
    await draft.saveNow();
    expect(inputs).toEqual([]);
  });
});
