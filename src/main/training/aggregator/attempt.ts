import { seededRandom } from "../shared/random.ts";
import type { StoredAccount, StoredLogin } from "./records.ts";
import type { Tables } from "./tables.ts";

/** A new cleared balance that differs from the old one, the same for the same account and balance. */
function movedMinor(account: StoredAccount): number {
  const random = seededRandom((Number(account.id) ^ account.balanceMinor) >>> 0);
  const moveMinor = random.int(50_000) - 25_000;
  return account.balanceMinor + (moveMinor === 0 ? 101 : moveMinor);
}

function attempted(account: StoredAccount, code: number, attemptS: number): StoredAccount {
  const tried = { ...account, aggregationStatusCode: code, aggregationAttemptDateS: attemptS };
  if (code !== 0) return tried;
  return {
    ...tried,
    aggregationSuccessDateS: attemptS,
    balanceDateS: attemptS,
    lastTransactionDateS: attemptS,
    balanceMinor: movedMinor(account),
  };
}

/**
 * Writes the outcome of one attempt at a login into its active accounts. Every attempt date is newer than the one
 * before, even within a second. Success moves balances and dates; a code leaves both and moves only the attempt.
 */
export function settleAttempt(tables: Tables, login: StoredLogin, nowS: number): void {
  const active = tables.accountsOfLogin(login.id).filter(({ status }) => status === "active");
  const lastS = Math.max(0, ...active.map(({ aggregationAttemptDateS }) => aggregationAttemptDateS ?? 0));
  const attemptS = Math.max(nowS, lastS + 1);
  for (const account of active) {
    const code = login.outcomeCode === 0 ? (account.ownCode ?? 0) : login.outcomeCode;
    tables.putAccount(attempted(account, code, attemptS));
  }
  if (login.outcomeCode !== 0) return;
  if (login.brings !== null) tables.putAccount(attempted(login.brings, 0, attemptS));
  if (login.loses !== null) tables.removeAccount(login.loses);
  if (login.brings !== null || login.loses !== null) tables.putLogin({ ...login, brings: null, loses: null });
}
