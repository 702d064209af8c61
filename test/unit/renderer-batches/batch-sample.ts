import { batchDetail, type BatchDetail, type PlanRow, planRow } from "@contract";

/** A batch in the middle of its way, with only what a test says different. */
export function batchSample(part: Partial<Record<keyof BatchDetail, unknown>> = {}): BatchDetail {
  return batchDetail.parse({
    id: 7,
    name: "limits-q4",
    state: "compare",
    source: "file",
    fileName: "limits-q4.csv",
    rows: 100,
    counts: { "will-change": 40, blocked: 3 },
    outcomes: {
      accepted: 0,
      reversed: 0,
      refused: 0,
      unknown: 0,
      conflict: 0,
      sending: 0,
      left: 0,
      waiting: 0,
      withdrawn: 0,
    },
    madeBy: "Maya Lindqvist",
    createdAtMs: 1_000,
    updatedAtMs: 2_000,
    revision: 4,
    environment: "training",
    connectionId: 1,
    connectionName: "Finzly training",
    readsAgain: false,
    key: "customer-and-account",
    preview: [],
    columns: [
      { index: 0, header: "Customer", samples: ["100733"], target: "customerUID", matchedBy: "label" },
      { index: 1, header: "Account", samples: ["2156"], target: "accountUID", matchedBy: "label" },
      {
        index: 2,
        header: "Debit",
        samples: ["1,500", "(250)", ""],
        target: "debitExposureLimit",
        matchedBy: "label",
        unit: "dollars",
      },
      { index: 3, header: "Branch", samples: ["Omaha"], target: "ignore", matchedBy: "none" },
    ],
    keyChoices: [],
    raggedRows: 0,
    readProblems: [],
    totals: {
      chosen: 38,
      sentence: "38 accounts: debit limit raised on 38.",
      figures: [{ field: "debitExposureLimit", label: "Debit limit", rows: 38, netMinor: 100, currency: "USD" }],
      risk: { high: 0, medium: 2, low: 36 },
      brings: { reason: { rows: 0, high: 0 }, authorisationRef: { rows: 0, high: 0 } },
    },
    reasonCategory: "",
    reason: "",
    authorisationRef: "",
    approvals: 0,
    setAside: 0,
    toSendAgain: 0,
    isOvertaken: false,
    children: [],
    ...part,
  });
}

/** A row of its plan. */
export function rowSample(part: Partial<Record<keyof PlanRow, unknown>> = {}): PlanRow {
  return planRow.parse({
    row: 2,
    bucket: "will-change",
    included: true,
    currency: "USD",
    changes: [],
    known: {},
    problems: [],
    cells: ["100733", "2156", "1,500", "Omaha"],
    ...part,
  });
}
