import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { batchMutants } from "../../support/fault-harness/batch-mutants.ts";
import { cutOnce } from "../../support/fault-harness/mutant-build.ts";
import { mutants, refusedMutant } from "../../support/fault-harness/mutants.ts";

const src = join(import.meta.dirname, "../../../src/main");
const cuts = [
  ...Object.entries(mutants).flatMap(([name, mutant]) => mutant.cuts.map((cut) => ({ name, cut }))),
  ...Object.entries(batchMutants).map(([name, { cut }]) => ({ name, cut })),
  ...refusedMutant.cuts.map((cut) => ({ name: "refused", cut })),
];

it.each(cuts)("the fault $name still has its place in $cut.file", ({ cut }) => {
  expect(cutOnce(readFileSync(join(src, cut.file), "utf8"), cut)).toContain(cut.replace);
});
