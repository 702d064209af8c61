import { connectionId, type LoadJob } from "@contract";
import { describe, expect, it } from "vitest";
import {
  accountQueryOf,
  firstSort,
  isFiltered,
  nextSort,
  noFilters,
  noMatchSentence,
} from "../../../src/renderer/features/accounts/account-filters.ts";
import { emptyHandAccount, handFaults, handKnown } from "../../../src/renderer/features/accounts/hand-account.ts";
import { jobWords, spokenProgress } from "../../../src/renderer/features/accounts/load-words.ts";

describe("the question a list asks", () => {
  it("leaves out every filter that lets all pass", () => {
    expect(accountQueryOf({ ...noFilters, search: "   " }, firstSort, { limit: 200 })).toEqual({
      sort: firstSort,
      limit: 200,
    });
    const filters = {
      ...noFilters,
      search: " 4444 ",
      status: "Active",
      fundingBasis: "prefunded",
      withChange: true,
    } as const;
    expect(accountQueryOf(filters, firstSort, { cursor: "next", skip: 40, limit: 200 })).toEqual({
      search: "4444",
      status: "Active",
      fundingBasis: "prefunded",
      withChange: true,
      cursor: "next",
      skip: 40,
      sort: firstSort,
      limit: 200,
    });
  });

  it("knows whether a filter is on", () => {
    expect(isFiltered(noFilters)).toBe(false);
    expect(isFiltered({ ...noFilters, search: " " })).toBe(false);
    expect(isFiltered({ ...noFilters, withChange: true })).toBe(true);
  });

  it("sorts by a new column upwards, turns on the second press, and leaves other columns be", () => {
    const byBalance = nextSort(firstSort, "ledgerMinor");
    expect(byBalance).toEqual({ column: "ledgerMinor", direction: "ascending" });
    expect(nextSort(byBalance, "ledgerMinor").direction).toBe("descending");
    expect(nextSort(byBalance, "secCodes")).toBe(byBalance);
  });

  it("says what was looked for", () => {
    expect(noMatchSentence({ ...noFilters, search: "4471" })).toBe("No account ends in 4471.");
    expect(noMatchSentence({ ...noFilters, search: "Bluefin" })).toBe("No account matches “Bluefin”.");
  });
});

describe("an account entered by hand", () => {
  it("keeps a blank unknown and reads the codes however they are parted", () => {
    const typed = {
      ...emptyHandAccount,
      accountName: " Ops ",
      currency: "",
      secCodes: "ccd, ppd;web ccd",
      fundingBasis: "neither",
    } as const;
    expect(handKnown(typed)).toEqual({
      accountName: "Ops",
      secCodes: ["CCD", "PPD", "WEB"],
      isAchPrefund: false,
      isUnderWritten: false,
    });
  });

  it("names what is missing or malformed", () => {
    expect(handFaults(emptyHandAccount).map((fault) => fault.field)).toEqual([
      "connectionId",
      "customerUid",
      "customerName",
      "accountUid",
    ]);
    const good = {
      ...emptyHandAccount,
      connectionId: connectionId.parse(1),
      customerUid: "10",
      customerName: "B",
      accountUid: "2156",
    };
    expect(handFaults(good)).toEqual([]);
    expect(handFaults({ ...good, accountUid: "2156a" })).toHaveLength(1);
  });
});

describe("the words of a load", () => {
  const job: LoadJob = {
    id: "a",
    connectionId: connectionId.parse(1),
    scope: "all",
    state: "running",
    customersDone: 12,
    customersTotal: 40,
    accountsDone: 118,
    startedAtMs: 1,
  };

  it("counts on the way and speaks every tenth", () => {
    expect(jobWords(job, "Finzly")).toBe("Reading Finzly: customer 12 of 40.");
    expect(spokenProgress(job)).toBe("30 % of the customers read.");
    expect(spokenProgress({ ...job, customersDone: 3 })).toBe("");
  });

  it("says how it ended and that what was there is kept", () => {
    expect(jobWords({ ...job, state: "failed", message: "Finzly answered with a web page." }, "Finzly")).toBe(
      "Reading Finzly failed. Finzly answered with a web page. What was already here is kept.",
    );
    expect(jobWords({ ...job, state: "cancelled" }, "Finzly")).toBe("Stopped. 118 accounts read before that are kept.");
    expect(jobWords({ ...job, state: "finished", customersDone: 1, accountsDone: 1 }, "Finzly")).toBe(
      "Read 1 account of 1 customer from Finzly.",
    );
  });
});
