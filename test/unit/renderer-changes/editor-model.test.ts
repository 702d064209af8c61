import { accountId, changeId, type AccountDetail, type ChangeDetail } from "@contract";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { describe, expect, it } from "vitest";
import { emptyDraft, type Draft } from "../../../src/renderer/features/changes/draft-form.ts";
import { checkDraft } from "../../../src/renderer/features/changes/editor-model.ts";
import { changedLines } from "../../../src/renderer/features/changes/sheet-lines.ts";

const known: AccountDetail["known"] = {
  accountNumber: { value: "4444", masked: true, source: "provider-read", atMs: 1 },
  routingNumber: { value: "101206101", source: "provider-read", atMs: 1 },
  bankIdType: { value: "NID", source: "provider-read", atMs: 1 },
  countryCode: { value: "US", source: "provider-read", atMs: 1 },
};

function savedWith(proposed: { accountNumber: string }): ChangeDetail {
  const checked = checkUpdate({ known, proposed });
  return {
    id: changeId.parse(3),
    kind: "update",
    accountId: accountId.parse(7),
    accountName: "A",
    customerName: "B",
    customerUid: "1",
    accountUid: "2",
    connectionName: "Finzly",
    provider: "finzly",
    environment: "training",
    state: "draft",
    summary: "",
    fieldCount: 1,
    risk: "high",
    madeBy: "Maya",
    updatedAtMs: 1,
    revision: 1,
    proposed: {},
    maskedProposed: { accountNumber: "9911" },
    reasonCategory: "",
    authorisationRef: "",
    changes: checked.changes,
    issues: checked.issues,
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
  };
}

const check = (draft: Draft, saved: ChangeDetail | undefined, hasTriedToSend = false) =>
  checkDraft({ account: { known, provider: "finzly" }, draft, saved, hasTriedToSend });

describe("the editor's judgement of a draft", () => {
  const kept: Draft = { ...emptyDraft, kept: { accountNumber: "9911" } };

  it("counts a number main holds as a high-risk change, shown by its last four", () => {
    const checked = check(kept, savedWith({ accountNumber: "5500119911" }));
    expect(changedLines(checked.lines).map(({ key, to }) => ({ key, to }))).toEqual([
      { key: "accountNumber", to: "•••• 9911" },
    ]);
    expect(checked.risk.class).toBe("high");
  });

  it("shows its last four also before main's own line has come back", () => {
    expect(changedLines(check(kept, undefined).lines)[0]?.to).toBe("•••• 9911");
  });

  it("lets main's fault with that number block sending", () => {
    const checked = check(kept, savedWith({ accountNumber: "55-00119911" }));
    expect(checked.blocking.map((issue) => issue.code)).toContain("FZ-ACCOUNT-NUMBER-SHAPE");
    expect(check(kept, savedWith({ accountNumber: "5500119911" })).blocking.map((issue) => issue.code)).not.toContain(
      "FZ-ACCOUNT-NUMBER-SHAPE",
    );
  });

  it("asks for evidence only once a person has tried to send, but lets nothing high-risk leave without it", () => {
    const draft: Draft = { ...emptyDraft, proposed: { routingNumber: "021000021" } };
    const evidence = ["FZ-HIGH-RISK-REASON", "FZ-HIGH-RISK-AUTHORISATION"];
    expect(check(draft, undefined).issues.map((issue) => issue.code)).toEqual([]);
    expect(check(draft, undefined).blocking.map((issue) => issue.code)).toEqual(evidence);
    expect(check(draft, undefined, true).issues.map((issue) => issue.code)).toEqual(evidence);
  });

  it("blocks sending a draft that changes nothing", () => {
    expect(check(emptyDraft, undefined).blocking.map((issue) => issue.code)).toEqual(["FZ-NO-CHANGE"]);
  });

  it("counts the provider fields that would be sent, the reason among them", () => {
    const draft: Draft = { ...emptyDraft, proposed: { isAchPrefund: true, isUnderWritten: false, reason: "Why" } };
    expect(check(draft, undefined).providerFields).toBe(3);
  });
});
