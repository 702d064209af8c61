import type { AccountDetail, ChangeDetail } from "@contract";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { call } from "../../bridge/index.ts";
import { saveBeforeLeaving, useUnsavedWork } from "../../ui/index.ts";
import { isUnsaved, restBeforeSaveMs, type SaveState } from "../../bridge/autosave.ts";
import { createDraftSession, type DraftSession } from "./draft-session.ts";
import { checkDraft, type EditorModel } from "./editor-model.ts";

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
        isDirty: () => isUnsaved(session.saveState()),
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
