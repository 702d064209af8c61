import type { AccountDetail } from "@contract";
import { SearchX, Trash2 } from "lucide-react";
import { providerNames } from "../../bridge/provider-name.ts";
import { dateTimeText, Link, Status } from "../../ui/index.ts";

/** That an account is gone at its provider: when, by whom, and where that is told. */
export function DeletedAccount({ account }: { readonly account: AccountDetail }) {
  const { deleted } = account;
  if (deleted === undefined) return null;
  const provider = providerNames[account.provider];
  const when = dateTimeText(deleted.atMs);
  return (
    <section className="pendcard warn" aria-label="Deleted">
      <div className="row">
        <Status icon={Trash2} tone="warn">
          {deleted.by === undefined ? `Gone at ${provider}` : `Deleted at ${provider}`}
        </Status>
        <Link to={`/outbox/${String(deleted.changeId)}`}>Show the deletion</Link>
      </div>
      <p>{deleted.by === undefined ? `Found gone on ${when}.` : `On ${when} by ${deleted.by}.`}</p>
      <p>What follows is what Vostro last read.</p>
    </section>
  );
}

/** That its provider no longer returns the account, and since when. */
export function MissingAccount({ account }: { readonly account: AccountDetail }) {
  const { deleted, missingSinceMs } = account;
  if (deleted !== undefined || missingSinceMs === undefined) return null;
  const provider = providerNames[account.provider];
  return (
    <section className="pendcard warn" aria-label="No longer returned">
      <div className="row">
        <Status icon={SearchX} tone="warn">{`${provider} no longer returns it`}</Status>
      </div>
      <p>{`Reading all accounts of this customer has not returned it since ${dateTimeText(missingSinceMs)}.`}</p>
      <p>What follows is what Vostro last read. Nobody needs to act on it. A later read may return it.</p>
    </section>
  );
}
