import type { AccountDetail } from "@contract";
import { providerNames } from "../../bridge/provider-name.ts";
import { Callout, dateTimeText, Link } from "../../ui/index.ts";

/** That an account is gone at its provider: when, by whom, and where that is told. */
export function DeletedAccount({ account }: { readonly account: AccountDetail }) {
  const { deleted } = account;
  if (deleted === undefined) return null;
  const provider = providerNames[account.provider];
  return (
    <Callout tone="warn">
      {deleted.by === undefined
        ? `Found gone at ${provider} on ${dateTimeText(deleted.atMs)}.`
        : `Deleted at ${provider} on ${dateTimeText(deleted.atMs)} by ${deleted.by}.`}{" "}
      What follows is what Vostro last read. <Link to={`/outbox/${String(deleted.changeId)}`}>Show the deletion</Link>
    </Callout>
  );
}
