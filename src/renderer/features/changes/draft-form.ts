import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChangeDetail, FinzlyFieldName, KnownFields, ProposedFields } from "@contract";

export type MaskedEndings = ChangeDetail["maskedProposed"];

/** What the person has typed. `kept`: masked proposals main already holds, by their last four characters. */
export interface Draft {
  readonly proposed: ProposedFields;
  readonly kept: MaskedEndings;
  readonly reasonCategory: string;
  readonly authorisationRef: string;
}

export interface DraftForm {
  readonly draft: Draft;
  readonly past: readonly Draft[];
  /** The control the last edit came from: typing on in one field is one step to undo. */
  readonly lastEdited: string | undefined;
  /** Rises with every edit and undo. */
  readonly edits: number;
}

export type DraftFormStore = StoreApi<DraftForm>;

const longestUndo = 200;

export const emptyDraft: Draft = { proposed: {}, kept: {}, reasonCategory: "", authorisationRef: "" };

export function draftOf(change: ChangeDetail | undefined): Draft {
  if (change === undefined) return emptyDraft;
  const { proposed, maskedProposed, reasonCategory, authorisationRef } = change;
  return { proposed, kept: maskedProposed, reasonCategory, authorisationRef };
}

export function startForm(draft: Draft): DraftForm {
  return { draft, past: [], lastEdited: undefined, edits: 0 };
}

export function createDraftForm(draft: Draft): DraftFormStore {
  return createStore<DraftForm>(() => startForm(draft));
}

/** One edit from the control named `key`; consecutive edits of the same key undo together unless `step` is set. */
export function editForm(form: DraftForm, key: string, draft: Draft, options: { step?: boolean } = {}): DraftForm {
  if (draft === form.draft) return form;
  const goesOn = options.step !== true && form.lastEdited === key && form.past.length > 0;
  const past = goesOn ? form.past : [...form.past, form.draft].slice(-longestUndo);
  return { draft, past, lastEdited: options.step === true ? undefined : key, edits: form.edits + 1 };
}

export function undoEdit(form: DraftForm): DraftForm {
  const before = form.past.at(-1);
  if (before === undefined) return form;
  return { draft: before, past: form.past.slice(0, -1), lastEdited: undefined, edits: form.edits + 1 };
}

function without<T extends object>(record: T, names: readonly string[]): T {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name))) as T;
}

export function withField<F extends FinzlyFieldName>(draft: Draft, field: F, value: ProposedFields[F]): Draft {
  if (value === undefined) return withoutFields(draft, [field]);
  const proposed = { ...draft.proposed, [field]: value };
  return { ...draft, proposed, kept: without(draft.kept, [field]) };
}

export function withoutFields(draft: Draft, fields: readonly FinzlyFieldName[]): Draft {
  if (!fields.some((field) => draft.proposed[field] !== undefined || draft.kept[field] !== undefined)) return draft;
  return { ...draft, proposed: without(draft.proposed, fields), kept: without(draft.kept, fields) };
}

/** The codes the account would have: as proposed, else as last known. */
export function codesOf(known: KnownFields, draft: Draft): readonly string[] {
  return draft.proposed.secCodes ?? knownCodes(known);
}

export function knownCodes(known: KnownFields): readonly string[] {
  const value = known.secCodes?.value;
  return Array.isArray(value) ? value.filter((code): code is string => typeof code === "string") : [];
}

/** Ticks or unticks one code; back at the known set (in any order) the proposal goes away. */
export function withCode(draft: Draft, known: KnownFields, code: string, on: boolean): Draft {
  const now = codesOf(known, draft);
  if (now.includes(code) === on) return draft;
  const before = knownCodes(known);
  const next = on ? inKnownOrder([...now, code], before) : now.filter((each) => each !== code);
  const same = next.length === before.length && before.every((each) => next.includes(each));
  return same && known.secCodes !== undefined ? withoutFields(draft, ["secCodes"]) : withField(draft, "secCodes", next);
}

function inKnownOrder(codes: readonly string[], known: readonly string[]): string[] {
  return [...known.filter((code) => codes.includes(code)), ...codes.filter((code) => !known.includes(code))];
}

/**
 * After main has stored the draft: a masked number that is no longer being typed is forgotten here and stands as its
 * last four characters.
 */
export function forgetMasked(form: DraftForm, sent: Draft, endings: MaskedEndings, typing: string | undefined): DraftForm {
  const stored = (["accountNumber", "fboAccountNumber"] as const).filter(
    (field) =>
      field !== typing &&
      endings[field] !== undefined &&
      form.draft.proposed[field] !== undefined &&
      form.draft.proposed[field] === sent.proposed[field],
  );
  if (stored.length === 0) return form;
  const forget = (draft: Draft): Draft => {
    const held = stored.filter((field) => draft.proposed[field] === sent.proposed[field]);
    if (held.length === 0) return draft;
    const kept = { ...draft.kept, ...Object.fromEntries(held.map((field) => [field, endings[field]])) };
    return { ...draft, proposed: without(draft.proposed, held), kept };
  };
  return { ...form, draft: forget(form.draft), past: form.past.map(forget) };
}
