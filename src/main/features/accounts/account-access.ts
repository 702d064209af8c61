import type {
  AccountId, ChangeId, ChangeKind, ChangeState, ConnectionId, FieldValue, FinzlyFieldName, KnownFields,
} from "@contract";
import type { Reader, Sql, Writer } from "../../database/sql.ts";
import type { ProviderAccount } from "../../providers/provider.ts";

/** That an account is gone at its provider. */
export interface Deleted {
  readonly atMs: number;
  /** Who asked for it; absent where it was found gone. */
  readonly by?: string;
  readonly changeId: ChangeId;
}

/** An account as main knows it: full numbers, so never for the renderer. */
export interface StoredAccount {
  readonly id: AccountId;
  readonly connectionId: ConnectionId;
  readonly customerUid: string;
  readonly customerName: string;
  readonly accountUid: string;
  readonly accountName: string;
  readonly last4: string | undefined;
  readonly currency: string;
  /** Provider-read values, and where the provider never says, what Vostro last wrote or a person entered. */
  readonly known: KnownFields;
  readonly customerSecCodes: readonly string[] | undefined;
  /** Only of an aggregated account: what its provider shows in place of the real number. */
  readonly finicity?: { readonly shownNumbers: readonly string[] };
  /** It is gone at its provider: nothing can be changed on it. */
  readonly deleted?: Deleted;
}

/** Everything a customer has, as one read returned it. */
export interface WholeCustomer {
  readonly customerUid: string;
  readonly accountUids: readonly string[];
}

/** A read that may overlap with others or with changes: nothing newer in the cache is overwritten by it. */
export interface BegunRead {
  readonly absorb: (writer: Writer, account: ProviderAccount) => StoredAccount;
  /**
   * Notes which accounts of the customer the provider no longer returns: they wait for nobody until it does again. Only
   * for a read of the whole customer; any other proves nothing.
   */
  readonly noteWhole: (writer: Writer, whole: WholeCustomer) => void;
}

/** How far the whole file has come: the newest written value, and the newest state a read replaced. */
export interface AccountsMark {
  readonly written: number;
  readonly replaced: number;
}

/** What other features may ask of accounts. */
export interface AccountAccess {
  /** Failure not-found. */
  readonly stored: (reader: Reader, id: AccountId) => StoredAccount;
  /** Puts a fresh read into the cache (snapshot of the old one kept) and returns the account as now known. */
  readonly absorbRead: (
    writer: Writer,
    connectionId: ConnectionId,
    account: ProviderAccount,
    atMs: number,
  ) => StoredAccount;
  /**
   * To be called before a read that may overlap with others or with changes; what it returns absorbs what was read, as
   * of then.
   */
  readonly beginRead: (connectionId: ConnectionId) => BegunRead;
  /** Notes that the provider accepted these values from Vostro; they fill what its reads never return. */
  readonly noteWritten: (
    writer: Writer,
    id: AccountId,
    values: { readonly [F in FinzlyFieldName]?: FieldValue },
    atMs: number,
  ) => void;
  /**
   * Notes that the account is gone at its provider: it stays listed as deleted and waits for nobody. Undefined: it is
   * there after all. An account that is not in the cache is left at that.
   */
  readonly noteDeleted: (writer: Writer, id: AccountId, deleted: Deleted | undefined) => void;
  /** A condition on rows of `table`, by their `account_id`: the account matches what was typed. Undefined: nothing was. */
  readonly ofMatching: (reader: Reader, table: string, text: string) => Sql | undefined;
  /** How far reads and written values have come. */
  readonly mark: (reader: Reader) => AccountsMark;
  /** Whether values of accounts of the connection moved since; looks at the next few hundred and says how far it came. */
  readonly movedSince: (
    reader: Reader,
    connectionId: ConnectionId,
    mark: AccountsMark,
  ) => { readonly moved: boolean; readonly mark: AccountsMark };
  readonly noteReadAttempt: (
    writer: Writer,
    id: AccountId,
    attempt: { atMs: number; ok: boolean; message: string },
  ) => void;
}

/** What accounts may ask of changes, for the list's Change column and the history; given at composition. */
export interface OpenChanges {
  readonly forAccounts: (
    reader: Reader,
    ids: readonly AccountId[],
  ) => ReadonlyMap<
    AccountId,
    {
      readonly id: number;
      readonly kind: ChangeKind;
      readonly state: ChangeState;
      readonly fields: readonly FinzlyFieldName[];
    }
  >;
  /** Every account with such a change, for the list's filter; without it the filter asks `forAccounts` about all. */
  readonly accountsWithChange?: (reader: Reader) => readonly AccountId[];
  readonly history: (
    reader: Reader,
    id: AccountId,
  ) => readonly { readonly atMs: number; readonly text: string; readonly changeId: number }[];
}
