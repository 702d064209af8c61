import { finzlyFieldNames, type KnownFields } from "@contract";
import { suggestColumns } from "@contract/rules/bulk/columns.ts";
import { compareRow } from "@contract/rules/bulk/compare-row.ts";
import { proposalColumns, rowProposal } from "@contract/rules/bulk/row-proposal.ts";
import { describe, expect, it } from "vitest";
import { templateFile } from "../../../src/main/features/batches/template-file.ts";

describe("the template", () => {
  const [header = [], example = []] = templateFile()
    .split("\r\n")
    .map((line) => line.split(","));

  it("names every field, and every column is understood without a person", () => {
    expect(header).toEqual(expect.arrayContaining([...finzlyFieldNames]));
    const targets = suggestColumns(
      header,
      header.map((_, at) => [example[at] ?? ""]),
    );
    expect(targets.map(({ target }) => target)).toEqual(header);
  });

  it("holds an example row that means no account by any key: sent by mistake, it is not found", () => {
    const cell = (name: string): string => example[header.indexOf(name)] ?? "";
    expect([cell("customerUID"), cell("accountUID"), cell("accountNumber")]).toEqual([
      expect.stringMatching(/^EXAMPLE/u),
      expect.stringMatching(/^EXAMPLE/u),
      expect.stringMatching(/^EXAMPLE/u),
    ]);
  });

  it("holds an example row that the rules accept", () => {
    const columns = header.map((target, index) => ({
      index,
      target: target as "reason",
      header: target,
      amount: { unit: "dollars", decimal: "." } as const,
    }));
    const known: KnownFields = {};
    const { proposed, problems, authorisationRef } = rowProposal(example, proposalColumns(columns), known);
    const compared = compareRow({ known, proposed, problems, authorisationRef, requireEvidence: true });
    expect(compared.issues.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(compared.bucket).toBe("will-change");
  });
});
