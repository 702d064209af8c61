import { needsSecondPerson } from "@contract/rules/risk.ts";
import type { AccountDetail, ChangeDetail, Failure } from "@contract";
import { useState } from "react";
import { call, failureSentence, useCall } from "../../bridge/index.ts";
import { AccountProviderKind, providerNames } from "../../bridge/provider-name.ts";
import {
  ConfirmDialog, ErrorSummary, Form, Pane, SplitPage, useAnnounce, useNavigate, type FieldError,
} from "../../ui/index.ts";
import { usePageKeys } from "../../ui/page-keys.ts";
import { ChangeSheet } from "./change-sheet.tsx";
import { EditorBanner } from "./editor-banner.tsx";
import { EditorHeader } from "./editor-header.tsx";
import { FeaturesGroup } from "./features-group.tsx";
import { FundingGroup } from "./funding-group.tsx";
import { IdentityGroup, NameAndNumberGroup, RoutingGroup } from "./identity-group.tsx";
import { ReasonGroup } from "./reason-group.tsx";
import { SecGroup } from "./sec-group.tsx";
import { confirmWords, countOf, gravestReasons, sendLabel } from "./send-words.ts";
import { useDraftSession } from "./use-draft-session.ts";

export interface EditorDeskProps {
  readonly account: AccountDetail;
  readonly start: ChangeDetail | undefined;
  readonly onSent: (change: ChangeDetail) => void;
  /** Opens the editor anew with what main holds. */
  readonly onReload: () => void;
}

function fieldErrors(failure: Failure): readonly FieldError[] {
  const fields = failure.fields ?? [];
  if (fields.length === 0) return [{ field: "", message: failureSentence(failure) }];
  return fields.map(({ path, message }) => ({ field: path === "change" ? "" : path, message }));
}

export function EditorDesk({ account, start, onSent, onReload }: EditorDeskProps) {
  const [tries, setTries] = useState(0);
  const [refusal, setRefusal] = useState<Failure>();
  const [isSending, setSending] = useState(false);
  const [asksFirst, setAsksFirst] = useState(false);
  const { session, model, saved, save } = useDraftSession(account, start, tries > 0);
  const { data: settings } = useCall("workspace.settings", {});
  const go = useNavigate();
  const announce = useAnnounce();
  const { checked } = model;
  const changed = checked.lines.filter((line) => line.changed).length;
  const waits = settings === undefined ? (saved?.needsSecondPerson ?? false) : needsSecondPerson(settings.secondPerson, checked.risk);

  const saveDraft = async () => {
    const change = await session.saveNow();
    const state = session.saveState();
    if (state.kind === "failed") announce(`The draft is not saved. ${failureSentence(state.failure)}`, "assertive");
    else announce(change === undefined ? "Nothing to save yet." : "Draft saved.");
  };

  const send = async () => {
    setAsksFirst(false);
    setSending(true);
    const change = await session.saveNow();
    const state = session.saveState();
    if (change === undefined) {
      setSending(false);
      if (state.kind === "failed") setRefusal(state.failure);
      setTries((last) => last + 1);
      return;
    }
    const result = await call("changes.send", { id: change.id, revision: change.revision });
    setSending(false);
    if (result.ok) return onSent(result.value);
    setRefusal(result.failure);
    setTries((last) => last + 1);
  };

  const trySend = () => {
    if (isSending || asksFirst) return;
    setRefusal(undefined);
    if (checked.blocking.length > 0) return setTries((last) => last + 1);
    if (checked.risk.class === "high") setAsksFirst(true);
    else void send();
  };

  usePageKeys({
    "Ctrl Enter": trySend,
    "Ctrl S": () => void saveDraft(),
    "Ctrl Z": () => announce(session.undo() ? "Undid the last edit of the draft." : "Nothing to undo."),
  });

  const errors = refusal === undefined
    ? tries === 0 ? [] : checked.blocking.map(({ path, message }) => ({ field: path === "change" ? "" : path, message }))
    : fieldErrors(refusal);
  const provider = providerNames[account.provider];
  const words = confirmWords(account.accountName, account.customerName, changed, provider, account.environment, waits);

  return (
    <AccountProviderKind value={account.provider}>
    <div className="editor">
      <EditorHeader account={account} saved={saved} session={session} onGone={() => go("/accounts")} onAsked={onSent} />
      <EditorBanner account={account} start={start} save={save} session={session} onReload={onReload} />
      <SplitPage
        pane={
          <Pane label="Change sheet" width={432} minWidth={360}>
            <ChangeSheet
              checked={checked}
              environment={account.environment}
              needsSecondPerson={waits}
              saved={saved}
              save={save}
              isSending={isSending}
              onSend={trySend}
              onSaveDraft={() => void saveDraft()}
            />
          </Pane>
        }
      >
        <Form className="form" label={`Edit ${account.accountName}`}>
          <ErrorSummary
            errors={errors}
            turn={tries}
            title={`${countOf(errors.length, "thing")} to put right. Nothing was sent.`}
          />
          {account.provider === "finicity" ? (
            <NameAndNumberGroup model={model} />
          ) : (
            <>
              <IdentityGroup model={model} />
              <RoutingGroup model={model} />
              <FundingGroup model={model} />
              <SecGroup model={model} />
              <FeaturesGroup model={model} />
            </>
          )}
          <ReasonGroup model={model} />
        </Form>
      </SplitPage>
      <ConfirmDialog
        title={words.title}
        isOpen={asksFirst}
        highRisk
        confirmLabel={sendLabel(changed, provider, account.environment, waits)}
        onConfirm={() => void send()}
        onCancel={() => setAsksFirst(false)}
      >
        <p>{words.effect}</p>
        <p>
          <b className="strong">High risk.</b> {gravestReasons(checked.changes.map((change) => change.risk)).join(" ")}
        </p>
      </ConfirmDialog>
    </div>
    </AccountProviderKind>
  );
}
