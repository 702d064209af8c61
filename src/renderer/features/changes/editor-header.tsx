import type { AccountDetail, ChangeDetail, ChangeState } from "@contract";
import { RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import {
  Age,
  Button,
  ConfirmDialog,
  DateTime,
  ErrorMessage,
  IconButton,
  MaskedNumber,
  PageHeader,
  StatusWord,
  Tag,
  useAnnounce,
  useNavigate,
} from "../../ui/index.ts";
import { DeleteAccount } from "./delete-dialog.tsx";
import type { DraftSession } from "./draft-session.ts";
import { environmentWord } from "./send-words.ts";

export interface AccountHeaderProps {
  readonly account: AccountDetail;
  readonly state: ChangeState | undefined;
  readonly children?: React.ReactNode;
}

/** Where the person is, whose account it is, how old what is known is. */
export function AccountHeader({ account, state, children }: AccountHeaderProps) {
  const go = useNavigate();
  const announce = useAnnounce();
  const readAgain = useCommand("accounts.readAgain");
  const read = async () => {
    const result = await readAgain.run({ id: account.id });
    announce(
      result.ok ? "The account was read again." : failureSentence(result.failure),
      result.ok ? "polite" : "assertive",
    );
  };
  return (
    <>
      <PageHeader
        title={account.accountName}
        crumbs={[{ label: "Accounts", to: "/accounts" }, { label: account.customerName }]}
        beside={
          <>
            {account.last4 === undefined ? null : <MaskedNumber last4={account.last4} />}
            <Tag>{providerNames[account.provider]}</Tag>
            {state === undefined ? null : <StatusWord state={state} pill />}
          </>
        }
        actions={
          <>
            <span className="small soft nowrap">
              {account.readAtMs === undefined ? (
                "Never read"
              ) : (
                <>
                  Read <Age atMs={account.readAtMs} />, <DateTime atMs={account.readAtMs} />
                </>
              )}
            </span>
            {account.canRead && account.deleted === undefined ? (
              <Button variant="quiet" icon={RotateCcw} isPending={readAgain.isRunning} onPress={() => void read()}>
                Read again
              </Button>
            ) : null}
            {children}
            <IconButton label="Close the editor" icon={X} onPress={() => go("/accounts")} />
          </>
        }
      />
      {readAgain.failure === undefined ? null : (
        <div className="job">
          <ErrorMessage>{failureSentence(readAgain.failure)}</ErrorMessage>
        </div>
      )}
    </>
  );
}

export interface EditorHeaderProps {
  readonly account: AccountDetail;
  readonly saved: ChangeDetail | undefined;
  readonly session: DraftSession;
  readonly onGone: () => void;
  /** A deletion was asked for. */
  readonly onAsked: (change: ChangeDetail) => void;
}

export function EditorHeader({ account, saved, session, onGone, onAsked }: EditorHeaderProps) {
  const [asks, setAsks] = useState(false);
  const withdraw = useCommand("changes.withdraw");
  const discard = async () => {
    const change = (await session.saveNow()) ?? session.saved();
    if (change !== undefined) {
      const result = await withdraw.run({ id: change.id, revision: change.revision, reason: "" });
      if (!result.ok) return;
    }
    session.load(undefined);
    setAsks(false);
    onGone();
  };
  return (
    <AccountHeader account={account} state={saved?.state}>
      {account.provider === "finicity" ? (
        <DeleteAccount account={account} hasDraft={saved?.state === "draft"} onAsked={onAsked} />
      ) : null}
      <Button variant="quiet" onPress={() => setAsks(true)}>
        Discard draft
      </Button>
      <ConfirmDialog
        title={`Discard the draft for ${account.accountName}?`}
        isOpen={asks}
        danger
        highRisk
        confirmLabel="Discard draft"
        isPending={withdraw.isRunning}
        onConfirm={() => void discard()}
        onCancel={() => setAsks(false)}
      >
        <p>It is withdrawn and stays in the trail. Nothing reaches {environmentWord(account.environment)}.</p>
        {withdraw.failure === undefined ? null : <ErrorMessage>{failureSentence(withdraw.failure)}</ErrorMessage>}
      </ConfirmDialog>
    </AccountHeader>
  );
}
