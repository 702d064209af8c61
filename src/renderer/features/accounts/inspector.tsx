import type { AccountDetail, AccountId } from "@contract";
import { ChevronLeft, ChevronRight, RefreshCw, RotateCcw, SquarePen, Trash2, TriangleAlert, X } from "lucide-react";
import { failureSentence, failureWords, useCall, useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import {
  Age,
  Banner,
  Block,
  Button,
  DateTime,
  ErrorMessage,
  Facts,
  Icon,
  IconButton,
  Loading,
  MaskedNumber,
  timeText,
  Unknown,
  useAnnounce,
  useNavigate,
} from "../../ui/index.ts";
import { AccountStatus } from "./account-columns.tsx";
import { AggregatedBlocks } from "./aggregated-blocks.tsx";
import { DeletedAccount, MissingAccount } from "./deleted-account.tsx";
import { FactBlocks, HistoryBlock } from "./inspector-blocks.tsx";
import { LoginForm } from "./login-form.tsx";
import { OpenChange } from "./open-change.tsx";
import { RevealNumber } from "./reveal-number.tsx";

export interface InspectorProps {
  readonly accountId: AccountId;
  readonly onEdit: (id: AccountId) => void;
  readonly onClose: () => void;
  readonly onStep: (step: 1 | -1) => void;
}

function Top({
  account,
  onEdit,
  onClose,
  onStep,
}: Omit<InspectorProps, "accountId"> & { readonly account: AccountDetail }) {
  const mayEdit = useMayEdit();
  const readAgain = useCommand("accounts.readAgain");
  const announce = useAnnounce();
  const go = useNavigate();
  const read = async () => {
    const result = await readAgain.run({ id: account.id });
    if (result.ok) announce(`${account.accountName} was read again.`);
  };
  return (
    <div className="pane-top">
      <div className="eyebrow">
        <span className="grow">
          {account.customerName} <span className="muted">{account.connectionName}</span>
        </span>
        <IconButton label="Previous account" icon={ChevronLeft} onPress={() => onStep(-1)} />
        <IconButton label="Next account" icon={ChevronRight} onPress={() => onStep(1)} />
        <IconButton label="Close" icon={X} onPress={onClose} />
      </div>
      <h2>{account.accountName}</h2>
      <div className="inspector-facts">
        {account.aggregatedDetail === undefined || account.known.accountNumber !== undefined ? (
          <RevealNumber account={account} field="accountNumber" what="account number" />
        ) : account.last4 === undefined ? (
          <Unknown />
        ) : (
          <MaskedNumber last4={account.last4} />
        )}
        <AccountStatus status={account.status} />
      </div>
      <div className="inspector-acts">
        {mayEdit && account.deleted === undefined ? (
          account.changeable ? (
            <Button variant="primary" icon={SquarePen} keys="E" onPress={() => onEdit(account.id)}>
              Edit
            </Button>
          ) : account.provider === "finicity" ? (
            <Button icon={Trash2} onPress={() => onEdit(account.id)}>
              Delete…
            </Button>
          ) : null
        ) : null}
        {account.canRead ? (
          <Button icon={RotateCcw} isPending={readAgain.isRunning} onPress={() => void read()}>
            Read again
          </Button>
        ) : null}
        {mayEdit && account.provider !== "finzly" ? (
          <Button
            icon={RefreshCw}
            onPress={() => go(`/refresh/ask/${String(account.connectionId)}/${account.customerUid}`)}
          >
            Refresh…
          </Button>
        ) : null}
        {account.hasLoginForm && account.deleted === undefined ? <LoginForm key={account.id} account={account} /> : null}
      </div>
      {mayEdit ? null : <p className="help">Only a maker or an administrator can edit accounts.</p>}
      {account.changeable ? null : (
        <p className="help">{providerNames[account.provider]} takes no new name or number through this connection.</p>
      )}
      {account.canRead ? null : (
        <p className="help">This connection cannot read accounts; what is known was entered or written here.</p>
      )}
      {readAgain.failure === undefined ? null : <ErrorMessage>{failureSentence(readAgain.failure)}</ErrorMessage>}
    </div>
  );
}

function Freshness({ account }: { readonly account: AccountDetail }) {
  const { readAtMs, lastAttempt } = account;
  const attempt =
    lastAttempt === undefined ? (
      <Unknown />
    ) : lastAttempt.ok ? (
      <DateTime atMs={lastAttempt.atMs} />
    ) : (
      <span className="status bad" title={lastAttempt.message}>
        <Icon of={TriangleAlert} size="xs" /> {timeText(lastAttempt.atMs)}, {lastAttempt.message}
      </span>
    );
  return (
    <Block title="Freshness" source={account.canRead ? `${providerNames[account.provider]} read` : "no reading"}>
      <Facts
        wrap
        facts={[
          {
            label: "Last success",
            value:
              readAtMs === undefined ? (
                "never read"
              ) : (
                <>
                  <DateTime atMs={readAtMs} />{" "}
                  <span className="when">
                    <Age atMs={readAtMs} />
                  </span>
                </>
              ),
          },
          { label: "Last attempt", value: attempt },
        ]}
      />
    </Block>
  );
}

/** One account beside the list: what is known of it, from whom, how old, and what waits. */
export function Inspector({ accountId, ...acts }: InspectorProps) {
  const { data: account, failure } = useCall("accounts.detail", { id: accountId });
  if (account === undefined) {
    return failure === undefined ? (
      <Loading>Opening the account…</Loading>
    ) : (
      <Banner
        tone="bad"
        title={failureWords(failure).title}
        actions={
          <Button size="sm" onPress={acts.onClose}>
            Close
          </Button>
        }
      >
        {failureSentence(failure)}
      </Banner>
    );
  }
  return (
    <div className="inspector">
      <Top account={account} {...acts} />
      <DeletedAccount account={account} />
      <MissingAccount account={account} />
      {account.change === undefined ? null : <OpenChange change={account.change} />}
      {account.aggregatedDetail === undefined ? (
        <>
          <Freshness account={account} />
          <FactBlocks account={account} />
        </>
      ) : (
        <AggregatedBlocks account={account} detail={account.aggregatedDetail} />
      )}
      <HistoryBlock account={account} />
    </div>
  );
}
