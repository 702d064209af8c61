import type { AccountDetail, AccountId, ChangeDetail, ChangeState, Failure } from "@contract";
import { useCallback, useEffect, useState } from "react";
import { call, failureSentence, failureWords, useCall } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import { Banner, Button, dateTimeText, Empty, Loading, useNavigate } from "../../ui/index.ts";
import "./changes.css";
import { DeleteAccount } from "./delete-dialog.tsx";
import { EditorDesk } from "./editor-desk.tsx";
import { AccountHeader } from "./editor-header.tsx";
import { OutcomePage } from "./outcome-page.tsx";

const openedAsDraft: readonly ChangeState[] = ["draft", "refused", "rejected", "expired"];

type Deleted = NonNullable<AccountDetail["deleted"]>;

interface Opened {
  readonly change: ChangeDetail | undefined;
}

/** The change an editor opens with, asked for once: what is typed afterwards must not be overwritten. */
function useOpening(accountId: AccountId, turn: number): { opened: Opened | undefined; failure: Failure | undefined } {
  const [opened, setOpened] = useState<Opened & { readonly turn: number }>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    let isCurrent = true;
    void call("changes.editable", { accountId }).then((result) => {
      if (!isCurrent) return;
      if (result.ok) setOpened({ change: result.value.change, turn });
      else setFailure(result.failure);
    });
    return () => {
      isCurrent = false;
    };
  }, [accountId, turn]);
  return { opened: opened?.turn === turn ? opened : undefined, failure };
}

function GoneAccount({ account, deleted }: { readonly account: AccountDetail; readonly deleted: Deleted }) {
  const go = useNavigate();
  return (
    <Empty
      title={`${account.accountName} is gone at ${providerNames[account.provider]}.`}
      action={<Button onPress={() => go(`/outbox/${String(deleted.changeId)}`)}>Show the deletion</Button>}
    >
      {deleted.by === undefined ? "It was found gone" : `${deleted.by} had it deleted`} on {dateTimeText(deleted.atMs)}.
      Nothing can be changed on it.
    </Empty>
  );
}

interface UnchangeableProps {
  readonly account: AccountDetail;
  readonly onAsked: (change: ChangeDetail) => void;
}

function UnchangeableAccount({ account, onAsked }: UnchangeableProps) {
  const provider = providerNames[account.provider];
  const mayDelete = account.provider === "finicity";
  return (
    <>
      <AccountHeader account={account} state={undefined}>
        {mayDelete ? <DeleteAccount account={account} hasDraft={false} onAsked={onAsked} /> : null}
      </AccountHeader>
      <Empty title={`${provider} takes no new name or number through ${account.connectionName}.`}>
        {mayDelete
          ? "The connection is set to Finicity’s services of today, which do not change an account. It can still be deleted."
          : "It has no service that changes an account."}
      </Empty>
    </>
  );
}

function AccountEditor({ account }: { readonly account: AccountDetail }) {
  const [turn, setTurn] = useState(0);
  const [followed, setFollowed] = useState<ChangeDetail>();
  const { opened, failure } = useOpening(account.id, turn);
  const edit = useCallback(() => {
    setFollowed(undefined);
    setTurn((last) => last + 1);
  }, []);
  if (followed !== undefined)
    return <OutcomePage account={account} changeId={followed.id} sent={followed} onEdit={edit} />;
  if (failure !== undefined) {
    return (
      <Banner tone="bad" title={failureWords(failure).title}>
        {failureSentence(failure)}
      </Banner>
    );
  }
  if (opened === undefined) return <Loading>Opening the draft…</Loading>;
  const { change } = opened;
  if (change !== undefined && !openedAsDraft.includes(change.state)) {
    return <OutcomePage account={account} changeId={change.id} onEdit={edit} />;
  }
  if (account.deleted !== undefined) return <GoneAccount account={account} deleted={account.deleted} />;
  if (!account.changeable && change?.state !== "draft")
    return <UnchangeableAccount account={account} onAsked={setFollowed} />;
  return <EditorDesk key={turn} account={account} start={change} onSent={setFollowed} onReload={edit} />;
}

/** Edits one account: the form, the change sheet beside it, and after sending what became of it. */
export function EditorPage({ accountId }: { readonly accountId: AccountId }) {
  const go = useNavigate();
  const mayEdit = useMayEdit();
  const { data: account, failure } = useCall("accounts.detail", { id: accountId });
  if (!mayEdit) {
    return (
      <Empty
        title="Only a maker or an administrator can edit accounts."
        action={<Button onPress={() => go("/accounts")}>Show accounts</Button>}
      >
        Ask one of them, or sign in as one.
      </Empty>
    );
  }
  if (account !== undefined) return <AccountEditor key={account.id} account={account} />;
  if (failure === undefined) return <Loading>Opening the account…</Loading>;
  return (
    <Empty title={failureWords(failure).title} action={<Button onPress={() => go("/accounts")}>Show accounts</Button>}>
      {failureSentence(failure)}
    </Empty>
  );
}
