import type { AccountDetail, AccountId, OutputOf, ParsedInputOf } from "@contract";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Reader } from "../../database/sql.ts";
import {
  absorbAccount, absorbAttempt, absorbDeleted, absorbMissing, absorbWritten, asStored, mustHave, readStart,
} from "./absorb.ts";
import type { AccountAccess, OpenChanges } from "./account-access.ts";
import { accountDetailOf } from "./account-detail.ts";
import { accountRowOf } from "./account-list-row.ts";
import { aggregatedOfAccounts } from "./aggregated-store.ts";
import { accountPage } from "./account-page.ts";
import type { CachedAccount } from "./account-record.ts";
import { handEnteredValues } from "./hand-entry.ts";
import { knownText } from "./known-values.ts";
import { ofMatchingAccount } from "./account-search.ts";
import { loginForm } from "./login-form.ts";
import { createLoadJobs, type LoadDependencies } from "./load-jobs.ts";
import { accountsMark, movedSince } from "./moves.ts";
import { nextStepToCopy } from "./next-step.ts";
import { repairCountsOf, repairPageOf } from "./repair-queue.ts";
import { mustBeSignedIn } from "./sign-in-check.ts";
import { accountByKey, idsInOrder, insertAccount, newestReadAtMs } from "./store.ts";

export interface AccountsDependencies extends LoadDependencies {
  /** Bound late: changes are built after accounts. */
  readonly openChanges: () => OpenChanges;
}

export type AccountsService = ReturnType<typeof createAccountsService>;

const hideAfterMs = 20_000;
const scanStep = 500;

/** The accounts with an open change, asked in steps where changes cannot list them. */
function accountsWithChange(
  reader: Reader,
  changes: OpenChanges,
  all: (afterId: number) => readonly AccountId[],
): AccountId[] {
  if (changes.accountsWithChange !== undefined) return [...changes.accountsWithChange(reader)];
  const found: AccountId[] = [];
  for (let ids = all(0); ids.length > 0; ids = all(ids.at(-1) ?? Number.MAX_SAFE_INTEGER)) {
    found.push(...changes.forAccounts(reader, ids).keys());
  }
  return found;
}

/** Accounts as cached: listed, searched, loaded, entered by hand, and known to other features. */
export function createAccountsService(deps: AccountsDependencies) {
  const { store, audit, connections, clock, publish } = deps;
  const loads = createLoadJobs(deps);
  const closing = new AbortController();

  const access: AccountAccess = {
    stored: (reader, id) => asStored(reader, mustHave(reader, id)),
    absorbRead: (writer, connectionId, account, atMs) => {
      const { id } = absorbAccount(writer, connectionId, account, { atMs, complete: true });
      return asStored(writer, mustHave(writer, id));
    },
    beginRead: (connectionId) => {
      const start = readStart(store.read, clock);
      return {
        absorb: (writer, account) => {
          const { id } = absorbAccount(writer, connectionId, account, { atMs: start.atMs, complete: true, start });
          return asStored(writer, mustHave(writer, id));
        },
        noteWhole: (writer, whole) => absorbMissing(writer, connectionId, whole, start),
      };
    },
    noteDeleted: absorbDeleted,
    noteWritten: (writer, id, values, atMs) => absorbWritten(writer, id, values, "vostro-wrote", atMs),
    ofMatching: ofMatchingAccount,
    mark: accountsMark,
    movedSince,
    noteReadAttempt: (writer, id, attempt) => absorbAttempt(writer, mustHave(writer, id), attempt),
  };

  const page = (query: ParsedInputOf<"accounts.page">): OutputOf<"accounts.page"> => {
    const changes = deps.openChanges();
    const idsAfter = (afterId: number) => idsInOrder(store.read, afterId, scanStep);
    const withChange = query.withChange === undefined ? undefined : accountsWithChange(store.read, changes, idsAfter);
    const found = accountPage(store.read, query, withChange);
    const ids = found.rows.map((row) => row.id);
    const open = changes.forAccounts(store.read, ids);
    const records = aggregatedOfAccounts(store.read, ids);
    return {
      rows: found.rows.map((row) =>
        accountRowOf(row, {
          provider: connections.kindOf(row.connection_id) ?? "finzly",
          change: open.get(row.id),
          record: records.get(row.id),
        }),
      ),
      total: found.total,
      matching: found.matching,
      ...(found.nextCursor === undefined ? {} : { nextCursor: found.nextCursor }),
      ...(found.matchingIsLeast ? { matchingIsLeast: true } : {}),
    };
  };

  const detail = (id: AccountId): AccountDetail => {
    const account = mustHave(store.read, id);
    return accountDetailOf(store.read, account, connections.get(account.connectionId), deps.openChanges());
  };

  const announce = (): void => publish("workspace.dataChanged", { topics: ["accounts", "status", "audit"] });

  /** Failure conflict when the account is there already, input-invalid by the rules of an update. */
  const addByHand = (input: ParsedInputOf<"accounts.addByHand">, context: CallContext): AccountDetail => {
    const { connectionId, customerUid, accountUid } = input;
    const connection = connections.get(connectionId);
    const values = handEnteredValues(input);
    const key = { connectionId, customerUid, accountUid };
    const id = store.transaction((writer) => {
      if (accountByKey(writer, key) !== undefined)
        throw new VostroFailure("conflict", "This account is in the list already.");
      const empty: Omit<CachedAccount, "id"> = {
        ...key,
        customerName: input.customerName.trim(),
        accountName: `Account ${accountUid}`,
        last4: "",
        status: "",
        typeLabel: "",
        ledgerMinor: undefined,
        read: {},
        facts: [],
        raw: {},
        readAtMs: undefined,
        attempt: undefined,
        deleted: undefined,
        missingSinceMs: undefined,
      };
      const made = insertAccount(writer, empty, []);
      absorbWritten(writer, made, values, "entered-by-hand", clock.nowMs());
      audit.append(writer, {
        action: "account.added-by-hand",
        subject: `account ${customerUid}/${accountUid}`,
        summary: `Entered account ${accountUid} of customer ${customerUid} by hand for ${connection.name}`,
        person: context.person,
        after: values,
        quoted: { legible: [customerUid, accountUid] },
        correlationId: context.correlationId,
      });
      return made;
    });
    announce();
    return detail(id);
  };

  const noteFailure = (account: CachedAccount, error: VostroFailure, context: CallContext): void => {
    store.transaction((writer) => {
      const attempt = { atMs: clock.nowMs(), ok: false, message: error.message };
      absorbAttempt(writer, mustHave(writer, account.id), attempt);
      audit.append(writer, readEntry(account, `Reading failed: ${error.message}`, context));
    });
    if (error.code === "sign-in-needed")
      connections.markSignInRefused(account.connectionId, error.message, context.correlationId);
    announce();
  };

  /** Failures of the provider are noted on the account and thrown on; the cached values stay. */
  const readAgain = async (id: AccountId, context: CallContext): Promise<AccountDetail> => {
    const account = mustHave(store.read, id);
    mustBeSignedIn(connections.get(account.connectionId));
    const start = readStart(store.read, clock);
    const number = knownText(asStored(store.read, account).known, "accountNumber");
    try {
      const provider = connections.provider(account.connectionId);
      const read = await provider.readAccount(
        account,
        number === undefined ? {} : { accountNumber: number },
        closing.signal,
      );
      store.transaction((writer) => {
        absorbAccount(writer, account.connectionId, read, { atMs: clock.nowMs(), complete: true, start });
        audit.append(writer, readEntry(account, "Read from the provider", context));
      });
    } catch (error) {
      if (error instanceof VostroFailure && error.code !== "storage-failed") noteFailure(account, error, context);
      throw error;
    }
    announce();
    return detail(id);
  };

  /** The full number, for a stated reason that stays in the audit trail. Failure not-found when it is not known. */
  const revealNumber = (
    input: ParsedInputOf<"accounts.revealNumber">,
    context: CallContext,
  ): OutputOf<"accounts.revealNumber"> => {
    const person = signedIn(context);
    const account = mustHave(store.read, input.id);
    const value = knownText(asStored(store.read, account).known, input.field);
    if (value === undefined) throw new VostroFailure("not-found", "The full number is not known to Vostro.");
    const what = input.field === "accountNumber" ? "account number" : "FBO account number";
    store.transaction((writer) =>
      audit.append(writer, {
        action: "account.number-revealed",
        subject: `account ${account.customerUid}/${account.accountUid}`,
        summary: `Showed the full ${what} for ${hideAfterMs / 1000} s. Reason: ${input.reason.trim()}`,
        person,
        after: { field: input.field, reason: input.reason.trim() },
        quoted: { hidden: [value] },
        correlationId: context.correlationId,
      }),
    );
    return { value, hideAfterMs };
  };

  return {
    ...access,
    page,
    detail,
    nextStepToCopy: (id: AccountId, context: CallContext) => nextStepToCopy(deps, mustHave(store.read, id), context),
    repairCounts: () => repairCountsOf(store.read),
    repairPage: (query: ParsedInputOf<"accounts.repairPage">) => repairPageOf(store.read, query),
    addByHand,
    readAgain,
    revealNumber,
    loginForm: async (id: AccountId, context: CallContext) =>
      loginForm(deps, mustHave(store.read, id), context, closing.signal),
    load: (input: ParsedInputOf<"accounts.load">, context: CallContext) => ({
      jobId: loads.start(input, context),
    }),
    cancelLoad: (jobId: string) => loads.cancel(jobId),
    loadJobs: () => loads.list(),
    /** When an account was last read; undefined before the first load. */
    lastLoadAtMs: (reader: Reader) => newestReadAtMs(reader),
    close: async () => {
      closing.abort();
      await loads.close();
    },
  };
}

function readEntry(account: CachedAccount, what: string, { person, correlationId }: CallContext) {
  const subject = `account ${account.customerUid}/${account.accountUid}`;
  const summary = `${what}: account ${account.accountUid}`;
  const quoted = { legible: [account.customerUid, account.accountUid] };
  return { action: "account.read", subject, summary, person, quoted, correlationId };
}
