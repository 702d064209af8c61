import { finzlyFieldNames, providerNames, type AccountDetail, type ProviderKind } from "@contract";
import { sameValue } from "@contract/rules/field-sameness.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { Snapshot } from "./store.ts";

type State = Snapshot;

/** What differs between two reads, by label. */
function movedLabels(before: State, after: State): string[] {
  const fields = finzlyFieldNames.filter((field) => {
    const [was, is] = [before.read[field], after.read[field]];
    if (is === undefined || is.atMs < after.readAtMs) return false;
    return was === undefined || !sameValue(field, was.value, is.value);
  });
  const factBefore = new Map(before.facts.map((fact) => [fact.name, fact.value]));
  const facts = after.facts.filter((fact) => factBefore.get(fact.name) !== fact.value);
  return [...fields.map((field) => finzlyFields[field].label), ...facts.map((fact) => fact.label)];
}

/** The reads in which something moved, newest first; `states` run from newest to oldest. */
export function readHistory(states: readonly State[], provider: ProviderKind): AccountDetail["history"] {
  const from = `Read from ${providerNames[provider]}`;
  return states.map((state, index) => {
    const before = states[index + 1];
    if (before === undefined) return { atMs: state.readAtMs, text: from };
    const labels = movedLabels(before, state);
    return {
      atMs: state.readAtMs,
      text: `${from}: ${labels.length === 0 ? "nothing moved" : `${labels.join(", ")} moved`}`,
    };
  });
}
