import type { AccountDetail, ChangeDetail } from "@contract";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { call } from "../../bridge/index.ts";
import { useUnsavedWork } from "../../ui/index.ts";
import type { SaveState } from "./autosave.ts";
import { createDraftSession, type DraftSession } from "./draft-session.ts";
import { checkDraft, type EditorModel } from "./editor-model.ts";

const restBeforeSaveMs = 600;
const unsavedKinds: readonly SaveState["kind"][] = ["waiting", "saving", "failed"];
const modifiers: readonly string[] = ["Control", "Alt", "Meta"];

/** Saves on what comes before a window closes: a key held for a shortcut, the pointer off the page, another window. */
function saveBeforeLeaving(save: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (modifiers.includes(event.key)) save();
  };
  const page = document.documentElement;
  window.addEventListener("pagehide", save);
  window.addEventListener("blur", save);
  window.addEventListener("keydown", onKeyDown, true);
  page.addEventListener("mouseleave", save);
  return () => {
    window.removeEventListener("pagehide", save);
    window.removeEventListener("blur", save);
    window.removeEventListener("keydown", onKeyDown, true);
    page.removeEventListener("mouseleave", save);
    save();
  };
}

export interface DraftEditing {
  readonly session: DraftSession;
  readonly model: EditorModel;
  readonly saved: ChangeDetail | undefined;
  readonly save: SaveState;
}

/** The draft of an account while its editor is open: saved as it is typed, and once more on leaving. */
export function useDraftSession(account: AccountDetail, start: ChangeDetail | undefined, hasTriedToSend: boolean): DraftEditing {
  const [session] = useState(() =>
    createDraftSession({
      accountId: account.id,
      start,
      delayMs: restBeforeSaveMs,
      nowMs: Date.now,
      saveDraft: (input) => call("changes.saveDraft", input),
    }),
  );
  const work = useUnsavedWork();
  const { accountName } = account;
  useEffect(
    () =>
      work.hold({
        name: `The draft of ${accountName}`,
        isDirty: () => unsavedKinds.includes(session.saveState().kind),
        save: async () => {
          await session.saveNow();
          return session.saveState().kind !== "failed";
        },
      }),
    [work, session, accountName],
  );
  useEffect(() => saveBeforeLeaving(() => void session.saveNow()), [session]);
  const form = useSyncExternalStore(session.form.subscribe, session.form.getState);
  const save = useSyncExternalStore(session.subscribe, session.saveState);
  const saved = useSyncExternalStore(session.subscribe, session.saved);
  const checked = useMemo(
    () => checkDraft({ account, draft: form.draft, saved, hasTriedToSend }),
    [account, form.draft, saved, hasTriedToSend],
  );
  const model: EditorModel = {
    account,
    known: account.known,
    draft: form.draft,
    checked,
    edit: session.edit,
    setTyping: session.setTyping,
  };
  return { session, model, saved, save };
}
