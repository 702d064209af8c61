import { aggregatorBody, modificationOf } from "@contract/rules/aggregation/modification.ts";
import { checkUpdate } from "@contract/rules/finzly-update.ts";
import { accountId, changeId, changeStates, type ChangeDetail, type ChangeState } from "@contract";
import { describe, expect, it } from "vitest";
import { comparisonRows } from "../../../src/renderer/features/changes/comparison.ts";
import { attemptWords, outcomeWords } from "../../../src/renderer/features/changes/outcome-words.ts";
import { emptyWords, firstView } from "../../../src/renderer/features/changes/outbox-views.ts";
import {
  approvalNeeds,
  confirmWords,
  draftSentence,
  sendLabel,
} from "../../../src/renderer/features/changes/send-words.ts";

function change(state: ChangeState, more: Partial<ChangeDetail> = {}): ChangeDetail {
  return {
    id: changeId.parse(3),
    kind: "update",
    accountId: accountId.parse(7),
    accountName: "Payroll Clearing",
    customerName: "Bluefin Payroll",
    customerUid: "100482",
    accountUid: "2156",
    connectionName: "Finzly",
    provider: "finzly",
    environment: "production",
    state,
    summary: "",
    fieldCount: 1,
    risk: "low",
    madeBy: "Maya",
    updatedAtMs: 1,
    revision: 1,
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

const creditLimit = {
  field: "creditExposureLimit",
  label: "Credit limit",
  to: 40_000_000,
  masked: false,
  largeIncrease: false,
  from: { value: 25_000_000, source: "provider-read", atMs: 1 },
  risk: { class: "high", reason: "Credit limit is raised." },
} as const;

describe("the words of an outcome", () => {
  it("gives every state a sentence that ends", () => {
    for (const state of changeStates) {
      const words = outcomeWords(change(state, { message: "Why it is so" }));
      expect(words.title, state).not.toBe("");
      expect(`${words.title} ${words.body}`.trim(), state).toMatch(/\.( |$)/u);
    }
  });

  it("never says that an unclear change was or was not applied", () => {
    const { title, body, tone } = outcomeWords(change("outcome-unknown"));
    expect(`${title} ${body}`).toContain("may or may not have been applied");
    expect(tone).toBe("unknown");
  });

  it("repeats the provider's code and message, and that the account was not changed", () => {
    const { body } = outcomeWords(
      change("refused", { providerCode: "ACC001", providerMessage: "Cost center is not the customer’s" }),
    );
    expect(body).toBe(
      "ACC001: Cost center is not the customer’s. The account was not changed. Correct the draft and send it again.",
    );
  });

  it("warns when an accepted field was ignored or changed, and is plain good otherwise", () => {
    const read = (verdict: "as-sent" | "ignored") =>
      outcomeWords(
        change("accepted", { verification: [{ field: "costCenter", label: "Cost center", masked: false, verdict }] }),
      );
    expect(read("as-sent")).toMatchObject({ tone: "good", body: "Read again after sending: 1 field as sent." });
    expect(read("ignored")).toMatchObject({
      tone: "warn",
      body: "Read again after sending: 1 field ignored by Finzly.",
    });
  });

  it("says offline why an approved change waits", () => {
    expect(outcomeWords(change("approved"), false).title).toContain("Sending waits for a connection");
    expect(outcomeWords(change("approved", { message: "Finzly did not accept our sign-in." }), true).title).toBe(
      "Finzly did not accept our sign-in.",
    );
  });

  it("tells of an attempt what came back", () => {
    const attempt = {
      id: 1,
      startedAtMs: 1,
      httpStatus: 200,
      providerCode: "ACC001",
      message: "Failed to update",
    } as const;
    expect(attemptWords({ ...attempt, outcome: "refused" }, "Finzly")).toBe("Refused (HTTP 200 ACC001). Failed to update.");
    expect(attemptWords({ id: 1, startedAtMs: 1, outcome: "unknown" }, "Finzly")).toBe("No clear answer.");
  });
});

describe("before, proposed and read again", () => {
  it("puts the three side by side, and leaves out what the provider does not return", () => {
    const rows = comparisonRows(
      change("outcome-unknown", {
        changes: [creditLimit, { ...creditLimit, field: "secCodes", label: "SEC codes", from: undefined, to: ["WEB"] }],
        verification: [
          {
            field: "creditExposureLimit",
            label: "Credit limit",
            sent: 40_000_000,
            now: 40_000_000,
            masked: false,
            verdict: "as-sent",
          },
          { field: "secCodes", label: "SEC codes", sent: ["WEB"], masked: false, verdict: "not-readable" },
        ],
      }),
      "USD",
    );
    expect(rows.map(({ before, proposed, now, verdict }) => [before, proposed, now, verdict])).toEqual([
      ["250,000.00", "400,000.00", "400,000.00", "as-sent"],
      ["unknown", "WEB", "", "not-readable"],
    ]);
  });

  it("shows nothing as read before the account was read", () => {
    expect(comparisonRows(change("sending", { changes: [creditLimit] }), "USD")[0]?.now).toBeUndefined();
  });
});

describe("a change at Finicity", () => {
  it("names Finicity in every state, never Finzly", () => {
    for (const state of ["accepted", "refused", "outcome-unknown", "conflict", "sending"] as const) {
      const { title, body } = outcomeWords(change(state, { provider: "finicity" }));
      expect(`${title} ${body}`).not.toContain("Finzly");
    }
    expect(outcomeWords(change("accepted", { provider: "finicity" })).title).toBe("Finicity accepted the change.");
  });

  it("shows the request in Finicity's words, in both wire forms, with the number masked", () => {
    const modification = modificationOf({ accountName: "R&D <two>", accountNumber: "5551239988" }, { mask: true });
    expect(JSON.parse(aggregatorBody("json", "account", modification))).toEqual({
      number: "••••9988",
      name: "R&D <two>",
    });
    expect(aggregatorBody("xml", "account", modification)).toBe(
      "<account><number>••••9988</number><name>R&amp;D &lt;two&gt;</name></account>",
    );
  });

  it("keeps the reason out of what is sent", () => {
    const proposal = { known: {}, proposed: { accountName: "New", reason: "Asked for" } };
    expect(checkUpdate({ ...proposal, finicity: { shownNumbers: [] } }).update).toEqual({ accountName: "New" });
    expect(checkUpdate(proposal).update).toEqual({ accountName: "New", reason: "Asked for" });
  });
});

describe("the words before sending", () => {
  it("names count and environment in a write, and the approval where one is needed", () => {
    expect(sendLabel(6, "Finicity", "production", false)).toBe("Send 6 fields to Finicity PRODUCTION");
    expect(sendLabel(1, "Finzly", "training", true)).toBe("Submit 1 field for approval");
    expect(confirmWords("Payroll Clearing", "Bluefin Payroll", 2, "Finzly", "production", false).title).toBe(
      "Send 2 fields of Payroll Clearing to Finzly PRODUCTION?",
    );
  });

  it("says where the draft is and what has not happened", () => {
    expect(draftSentence({ kind: "saved", atMs: 1 }, "14:05", "production", true)).toBe(
      "Draft saved 14:05. Nothing reaches PRODUCTION before approval.",
    );
    const failure = { code: "storage-failed", message: "x", retryable: true, correlationId: "c" } as const;
    expect(draftSentence({ kind: "failed", failure }, "14:05", "training", false)).toContain("not saved");
  });

  it("asks for a checker with the gravest reasons, each once", () => {
    const risks = [
      { class: "medium", reason: "Callback limit changes." },
      { class: "high", reason: "The funding basis changes." },
      { class: "high", reason: "The funding basis changes." },
    ] as const;
    expect(approvalNeeds(true, risks)).toEqual([
      { who: "A checker", why: "other than you must approve it." },
      { who: "High risk.", why: "The funding basis changes." },
    ]);
  });
});

describe("the Outbox", () => {
  it("opens where a person is needed first", () => {
    const none = { open: 0, drafts: 0, waiting: 0, sending: 0, attention: 0, finished: 4, all: 4 };
    expect(firstView(none)).toBe("all");
    expect(firstView({ ...none, drafts: 2, sending: 1 })).toBe("drafts");
    expect(firstView({ ...none, drafts: 2, attention: 1 })).toBe("attention");
  });

  it("says that nothing waits, or what was searched for", () => {
    expect(emptyWords("attention", "")).toBe("Nothing waiting for you.");
    expect(emptyWords("attention", " 4444 ")).toBe("No change here matches “4444”.");
  });
});

describe("the words of a deletion", () => {
  const deletion = (state: ChangeState, more: Partial<ChangeDetail> = {}) =>
    outcomeWords(change(state, { kind: "delete", provider: "finicity", ...more }));
  const sent = { id: 1, startedAtMs: 1, outcome: "refused" as const };

  it("say that the account is gone, that it was refused, or that it was gone before", () => {
    expect(deletion("accepted", { attempts: [sent], verifiedAtMs: 5 })).toEqual({
      tone: "good",
      title: "Finicity deleted the account.",
      body: "Read again: it is gone.",
    });
    expect(deletion("accepted", { attempts: [sent], message: "It was still there." })).toMatchObject({
      tone: "warn",
      body: "It was still there.",
    });
    expect(deletion("accepted").title).toBe("The account is gone at Finicity.");
    expect(deletion("refused", { attempts: [sent], providerCode: "50016", providerMessage: "No" })).toEqual({
      tone: "bad",
      title: "Finicity refused the deletion.",
      body: "50016: No. The account was not deleted. Withdraw this, or ask for the deletion anew.",
    });
    expect(deletion("refused", { message: "It was gone already. Nothing was sent." }).title).toBe(
      "It was gone already. Nothing was sent.",
    );
  });

  it("never speak of a draft to correct or of fields", () => {
    for (const state of changeStates.filter((one) => one !== "draft" && one !== "conflict")) {
      const { title, body } = deletion(state, { attempts: [sent] });
      expect(`${title} ${body}`).not.toMatch(/Correct the draft|field/u);
    }
  });
});
