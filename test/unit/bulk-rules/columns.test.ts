import { describe, expect, it } from "vitest";
import {
  columnTargets, headerFingerprint, keyChoices, mapProblems, suggestColumns, targetFacts,
} from "@contract/rules/bulk/index.ts";

const targetsOf = (...headers: string[]) => suggestColumns(headers, []).map((suggestion) => suggestion.target);

describe("suggesting columns", () => {
  it("knows every target by its own name and by its label", () => {
    for (const target of columnTargets) {
      const beside = target === "accountNumber" ? ["accountUID"] : [];
      expect(targetsOf(target, ...beside)[0]).toBe(target);
      if (target !== "accountNumber") expect(targetsOf(targetFacts(target).label)[0]).toBe(target);
    }
  });

  it.each([
    ["acct no", "accountNumberKey"], ["Acct #", "accountNumberKey"], ["DDA", "accountNumberKey"],
    ["A/C Number", "accountNumberKey"], ["Routing", "routingNumber"], ["ABA", "routingNumber"],
    ["RTN", "routingNumber"], ["Transit No.", "routingNumber"], ["ABA/Routing #", "routingNumber"],
    ["company id", "achCompanyId"], ["ACH Co ID", "achCompanyId"], ["Debit Cap", "debitExposureLimit"],
    ["DR Limit", "debitExposureLimit"], ["New debit limit (USD)", "debitExposureLimit"],
    ["Credit origination limit", "creditExposureLimit"], ["Customer Number", "customerUID"], ["CIF ID", "customerUID"],
    ["cust_id", "customerUID"], ["Last 4", "last4"], ["Last 4 digits", "last4"], ["SEC Code", "secCodes"],
    ["\uFEFF Debit-Limit ", "debitExposureLimit"], ["ACH_COMPANY_ID", "achCompanyId"], ["Prefunded?", "isAchPrefund"],
    ["Authorization ref", "authorisationRef"], ["debit limit in cents", "debitExposureLimit"],
  ])("takes “%s” for %s", (header, target) => {
    expect(targetsOf(header)).toEqual([target]);
  });

  it("says how it recognised a column", () => {
    const by = (header: string) => suggestColumns([header], [])[0]?.by;
    expect(by("debitExposureLimit")).toBe("exact");
    expect(by("Debit_Exposure_Limit")).toBe("provider-name");
    expect(by("DEBIT LIMIT")).toBe("label");
    expect(by("dr limit")).toBe("synonym");
  });

  it("suggests nothing where a name may mean several columns, and names the choices", () => {
    expect(suggestColumns(["Origination limit"], [])).toEqual([
      { candidates: ["debitExposureLimit", "creditExposureLimit"] },
    ]);
    expect(targetsOf("Current debit limit", "Old routing number", "Branch", "", "  ")).toEqual(
      [undefined, undefined, undefined, undefined, undefined],
    );
  });

  it("keeps columns of the same name apart and gives the target to neither", () => {
    const twins = suggestColumns(["Debit limit", "debit limit", "Credit limit"], []);
    expect(twins.map((suggestion) => suggestion.target)).toEqual([undefined, undefined, "creditExposureLimit"]);
    expect(twins[1]?.candidates).toEqual(["debitExposureLimit"]);
  });

  it("prefers the sure name to the usual word", () => {
    expect(targetsOf("dr limit", "debitExposureLimit")).toEqual([undefined, "debitExposureLimit"]);
  });

  it("never takes an account number beside a UID for a new number unless it has the provider's very name", () => {
    expect(targetsOf("Account UID", "Account number")).toEqual(["accountUID", undefined]);
    expect(targetsOf("Account UID", "accountNumber")).toEqual(["accountUID", "accountNumber"]);
    expect(targetsOf("Account number")).toEqual(["accountNumberKey"]);
  });

  it("treats names such as __proto__ as plain names", () => {
    expect(targetsOf("__proto__", "constructor", "toString", "hasOwnProperty")).toEqual(
      [undefined, undefined, undefined, undefined],
    );
  });
});

describe("the unit of amounts", () => {
  const unit = (header: string, ...samples: string[]) => {
    const found = suggestColumns([header], [samples])[0]?.amount;
    return found === undefined ? undefined : `${found.unit} ${found.decimal}`;
  };

  it("is dollars or cents only without doubt", () => {
    expect(unit("Debit limit", "25000.00", "300")).toBe("dollars .");
    expect(unit("Debit limit", "$25,000", "300")).toBe("dollars .");
    expect(unit("Debit limit (USD)", "25000")).toBe("dollars .");
    expect(unit("Debit limit in cents", "2500000")).toBe("cents .");
    expect(unit("debitExposureLimit", "25000")).toBe("dollars .");
  });

  it("is asked where values and name leave doubt", () => {
    expect(unit("Debit limit", "25000", "300")).toBe("ask .");
    expect(unit("Debit limit")).toBe("ask .");
    expect(unit("Debit limit in cents", "25000.50")).toBe("ask .");
    expect(unit("Debit limit", "1.250,00", "1,250.00")).toBe("ask .");
  });

  it("understands a decimal comma when no value has a point", () => {
    expect(unit("Debit limit", "1.250,00", "12,5")).toBe("dollars ,");
    expect(unit("Debit limit", "1,250", "(1,250.00)")).toBe("dollars .");
  });

  it("belongs to amounts only", () => {
    expect(unit("Account name", "25000.00")).toBeUndefined();
  });
});

describe("the header fingerprint", () => {
  it("does not count case and spacing", () => {
    expect(headerFingerprint(["\uFEFFDebit Limit ", "UID"])).toBe(headerFingerprint(["debit  limit", "uid"]));
  });

  it("tells order, division, number and signs apart", () => {
    const prints = [
      ["a", "b"], ["b", "a"], ["ab"], ["a,b"], ["a", "b", ""], ["", "a", "b"], ["Limit ($)"], ["Limit (¢)"], [],
    ].map(headerFingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe("the map of columns", () => {
  const money = { unit: "dollars" } as const;

  it("offers the keys its columns allow", () => {
    const columns = [{ target: "customerUID" }, { target: "last4" }] as const;
    expect(keyChoices(columns).map((choice) => [choice.name, choice.available])).toEqual([
      ["uids", false], ["account-number", false], ["last-four", true],
    ]);
    expect(keyChoices(columns)[0]?.missing).toEqual(["accountUID"]);
  });

  it("is usable when it has a key and changes something", () => {
    const columns = [{ target: "accountNumberKey" }, { target: "debitExposureLimit", amount: money }] as const;
    expect(mapProblems(columns, "account-number")).toEqual([]);
  });

  it("says what it still needs", () => {
    expect(mapProblems([{ target: "reason" }], undefined)).toEqual([
      "Choose the columns that say which account a row means.",
      "No column changes anything. Choose at least one field.",
    ]);
    const twice = [{ target: "accountUID" }, { target: "enableWire" }, { target: "enableWire" }] as const;
    expect(mapProblems(twice, "uids")).toEqual([
      "Enable wire is chosen for more than one column.", "The chosen key also needs a column for Customer UID.",
    ]);
    const asked = [{ target: "accountNumberKey" }, { target: "callbackLimit", amount: { unit: "ask" } }] as const;
    expect(mapProblems(asked, "account-number")).toEqual(["Say whether Callback limit is in dollars or in cents."]);
  });
});
