import type { AccountId, ChangeDetail, FinzlyFieldName, InputOf, Result, RuleIssue } from "@contract";
import { finzlyFieldNames } from "@contract";
import { createAutosave, type SaveState } from "../../bridge/autosave.ts";
import { draftLimits } from "./draft-limits.ts";
import { createDraftForm, draftOf, editForm, forgetMasked, startForm, undoEdit, type Draft, type DraftFormStore } from "./draft-form.ts";

export interface DraftSession {
  readonly form: DraftFormStore;
  /** Applies an edit to the draft as it is now. */
  edit(key: string, change: (draft: Draft) => Draft, options?: { step?: boolean }): void;
  undo(): boolean;
  /** The masked field under the caret, whose digits must not be forgotten yet. */
  setTyping(field: FinzlyFieldName | undefined): void;
  /** Saves everything typed; the change as main holds it, or undefined when it could not be saved or is empty. */
  saveNow(): Promise<ChangeDetail | undefined>;
  saveState(): SaveState;
  /** The change as main last answered. */
  saved(): ChangeDetail | undefined;
  subscribe(listener: () => void): () => void;
  /** Starts again from what main holds; unsaved edits are dropped. */
  load(change: ChangeDetail | undefined): void;
  /** Keeps what is typed here and takes the newer revision, so that the next save goes over it. */
  keepMine(change: ChangeDetail): void;
}

type SaveInput = InputOf<"changes.saveDraft">;

export interface DraftSessionParts {
  readonly accountId: AccountId;
  readonly start: ChangeDetail | undefined;
  readonly delayMs: number;
  readonly nowMs: () => number;
  readonly saveDraft: (input: SaveInput) => Promise<Result<ChangeDetail>>;
}

function isEmpty({ proposed, kept, reasonCategory, authorisationRef }: Draft): boolean {
  return Object.keys(proposed).length + Object.keys(kept).length === 0 && reasonCategory === "" && authorisationRef === "";
}

function tooLong({ path, message }: RuleIssue): Result<never> {
  const fields = [{ path, message }];
  return { ok: false, failure: { code: "input-invalid", message, retryable: false, correlationId: "", fields } };
}

export function saveInputOf(accountId: AccountId, draft: Draft, saved: ChangeDetail | undefined): SaveInput {
  return {
    accountId,
    ...(saved === undefined ? {} : { id: saved.id, revision: saved.revision }),
    proposed: draft.proposed,
    keepMasked: finzlyFieldNames.filter((field) => draft.kept[field] !== undefined),
    reasonCategory: draft.reasonCategory,
    authorisationRef: draft.authorisationRef,
  };
}

/** One draft being edited: its form, its undo, and its saves in order. */
export function createDraftSession({ accountId, start, delayMs, nowMs, saveDraft }: DraftSessionParts): DraftSession {
  const form = createDraftForm(draftOf(start));
  const listeners = new Set<() => void>();
  let saved = start;
  let typing: FinzlyFieldName | undefined;

  const tell = () => {
    for (const listener of listeners) listener();
  };

  const save = async (): Promise<Result<unknown>> => {
    const { draft } = form.getState();
    if (saved === undefined && isEmpty(draft)) return { ok: true, value: undefined };
    const [limit] = draftLimits(draft);
    if (limit !== undefined) return tooLong(limit);
    const result = await saveDraft(saveInputOf(accountId, draft, saved));
    if (!result.ok) return result;
    saved = result.value;
    form.setState(forgetMasked(form.getState(), draft, saved.maskedProposed, typing), true);
    return result;
  };

  const autosave = createAutosave({ delayMs, save, nowMs });
  autosave.subscribe(tell);

  return {
    form,
    edit(key, change, options) {
      const before = form.getState();
      const after = editForm(before, key, change(before.draft), options);
      if (after === before) return;
      form.setState(after, true);
      autosave.touch();
    },
    undo() {
      const before = form.getState();
      const after = undoEdit(before);
      if (after === before) return false;
      form.setState(after, true);
      autosave.touch();
      return true;
    },
    setTyping(field) {
      const left = typing;
      typing = field;
      if (field === undefined && left !== undefined && form.getState().draft.proposed[left] !== undefined) autosave.touch();
    },
    async saveNow() {
      const state = await autosave.flush();
      return state.kind === "failed" ? undefined : saved;
    },
    saveState: () => autosave.state(),
    saved: () => saved,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load(change) {
      saved = change;
      autosave.forget();
      form.setState(startForm(draftOf(change)), true);
      tell();
    },
    keepMine(change) {
      saved = change;
      autosave.touch();
      tell();
    },
  };
}
