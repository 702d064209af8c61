import type { Clock } from "./core/clock.ts";
import type { Log } from "./core/log.ts";
import type { Publish } from "./core/call-context.ts";
import type { Store } from "./database/sql.ts";
import type { AccountAccess } from "./features/accounts/account-access.ts";
import type { AuditTrail } from "./features/audit/audit-trail.ts";
import type { ConnectionAccess } from "./features/connections/connection-access.ts";
import type { RefreshNotice } from "./features/refreshes/refresh-access.ts";
import { createRefreshesService, type RefreshesService } from "./features/refreshes/service.ts";
import { accountOfRecord } from "./providers/aggregated-account.ts";

export interface RefreshesParts {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: Publish;
  readonly connections: ConnectionAccess;
  readonly accounts: Pick<AccountAccess, "beginRead">;
  readonly online: () => boolean;
  readonly notify: (notice: RefreshNotice) => void;
}

/** Refreshes over the connections that can refresh; what they read goes into the accounts like any other read. */
export function composeRefreshes(parts: RefreshesParts): RefreshesService {
  const { store, connections, accounts } = parts;
  return createRefreshesService({
    ...parts,
    connections: {
      ...connections,
      list: () => connections.list().filter((connection) => connection.provider !== "finzly"),
    },
    beginRead: (connectionId) => {
      const read = accounts.beginRead(connectionId);
      return (records, wholeOf) =>
        store.transaction((writer) => {
          for (const record of records) read.absorb(writer, accountOfRecord(record));
          const accountUids = records.map(({ accountId }) => accountId);
          if (wholeOf !== undefined) read.noteWhole(writer, { customerUid: wholeOf, accountUids });
        });
    },
  });
}
