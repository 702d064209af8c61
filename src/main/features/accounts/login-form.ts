import type { OutputOf } from "@contract";
import { hasLoginForms } from "@contract/rules/aggregation/services.ts";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Store } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { ConnectionAccess } from "../connections/connection-access.ts";
import type { CachedAccount } from "./account-record.ts";
import { mustBeSignedIn } from "./sign-in-check.ts";

export interface LoginFormDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly connections: Pick<ConnectionAccess, "get" | "aggregator" | "markSignInRefused">;
}

const hideAfterMs = 20_000;

/**
 * The sign-in form of an account at its bank, read now and kept nowhere; who asked stands in the audit trail before
 * anything is asked, without a value. Failure not-found for a provider without such forms, else what a read fails with.
 */
export async function loginForm(
  { store, audit, connections }: LoginFormDependencies,
  account: CachedAccount,
  context: CallContext,
  signal: AbortSignal,
): Promise<OutputOf<"accounts.loginForm">> {
  const person = signedIn(context);
  const connection = connections.get(account.connectionId);
  if (connection.provider !== "finicity")
    throw new VostroFailure("not-found", "Only Finicity has login forms. Nothing was read.");
  if (!hasLoginForms(connection)) {
    const message = `${connection.name} is set to Finicity's services of today, which show no login form. Nothing was read.`;
    throw new VostroFailure("not-found", message);
  }
  mustBeSignedIn(connection);
  const { readLoginForm } = connections.aggregator(account.connectionId);
  if (readLoginForm === undefined)
    throw new VostroFailure("not-found", "This connection has no login forms. Nothing was read.");
  store.transaction((writer) =>
    audit.append(writer, {
      action: "account.login-form-asked",
      subject: `account ${account.customerUid}/${account.accountUid}`,
      summary: `Asked to see the login form of account ${account.accountUid} for ${hideAfterMs / 1000} s`,
      person,
      quoted: { legible: [account.customerUid, account.accountUid] },
      correlationId: context.correlationId,
    }),
  );
  try {
    const fields = await readLoginForm(account, signal);
    return {
      fields: fields.map(({ value, ...field }) => ({
        ...field,
        ...(field.mask || value === undefined ? {} : { value }),
      })),
      hideAfterMs,
    };
  } catch (error) {
    if (error instanceof VostroFailure && error.code === "sign-in-needed")
      connections.markSignInRefused(account.connectionId, error.message, context.correlationId);
    throw error;
  }
}
