import type { Connection, ConnectionId, FinicityConnection, FinzlyConnection, SignzyConnection } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { Log } from "../../core/log.ts";
import type { AggregatorProvider } from "../../providers/aggregator.ts";
import type { AccountProvider } from "../../providers/provider.ts";
import {
  finicityCredentials,
  finzlyCredentials,
  signzyCredentials,
  type CredentialsOf,
  type SignzyCredentials,
} from "./secrets.ts";

/** Called when a provider refuses its credentials, with a sentence: the connection rests until they are replaced. */
export type OnRefused = (message: string) => void;

/** How the provider of each kind of connection is made. */
export interface ProviderMakers {
  readonly finzly: (connection: FinzlyConnection, credentials: CredentialsOf<"finzly">) => AccountProvider;
  readonly finicity: (
    connection: FinicityConnection,
    credentials: CredentialsOf<"finicity">,
    onRefused: OnRefused,
  ) => AccountProvider & AggregatorProvider;
  readonly signzy: (connection: SignzyConnection, credentials: SignzyCredentials) => AggregatorProvider;
}

interface Live {
  readonly accounts?: AccountProvider;
  readonly aggregator?: AggregatorProvider;
}

function connect(makers: ProviderMakers, connection: Connection, opened: unknown, onRefused: OnRefused): Live {
  if (connection.provider === "finzly")
    return { accounts: makers.finzly(connection, finzlyCredentials(opened)) };
  if (connection.provider === "signzy")
    return { aggregator: makers.signzy(connection, signzyCredentials(opened)) };
  const both = makers.finicity(connection, finicityCredentials(opened), onRefused);
  return { accounts: both, aggregator: both };
}

export interface LiveProvidersParts {
  readonly makers: ProviderMakers;
  readonly connection: (id: ConnectionId) => Connection;
  /** The opened secrets. Failure sign-in-needed, storage-failed. */
  readonly secrets: (id: ConnectionId) => unknown;
  readonly refused: (id: ConnectionId, message: string) => void;
  readonly log: Log;
}

/** One live provider a connection, made when it is first asked for. */
export function createLiveProviders({ makers, connection, secrets, refused, log }: LiveProvidersParts) {
  const alive = new Map<ConnectionId, Live>();
  const live = (id: ConnectionId): Live => {
    const known = alive.get(id);
    if (known !== undefined) return known;
    const made = connect(makers, connection(id), secrets(id), (message) => refused(id, message));
    alive.set(id, made);
    return made;
  };
  const either = (id: ConnectionId): AccountProvider | AggregatorProvider => {
    const { accounts, aggregator } = live(id);
    const one = accounts ?? aggregator;
    if (one === undefined) throw new Error("A connection has no provider.");
    return one;
  };
  return {
    either,
    /** Failure not-allowed: this provider's accounts cannot be edited. */
    accounts: (id: ConnectionId): AccountProvider => {
      const { accounts } = live(id);
      if (accounts !== undefined) return accounts;
      throw new VostroFailure("not-allowed", "This connection only asks for refreshes; it edits no accounts.");
    },
    /** Failure not-allowed: this provider knows nothing of accounts at other banks. */
    aggregator: (id: ConnectionId): AggregatorProvider => {
      const { aggregator } = live(id);
      if (aggregator !== undefined) return aggregator;
      throw new VostroFailure("not-allowed", "This connection knows no accounts at other banks.");
    },
    end: (id: ConnectionId): void => {
      const known = alive.get(id);
      alive.delete(id);
      const one = known?.accounts ?? known?.aggregator;
      one?.close().catch((error: unknown) => {
        log.warn("Closing a connection failed", { connection: id, error: String(error) });
      });
    },
    endAll: async (): Promise<void> => {
      const open = [...alive.values()].map(({ accounts, aggregator }) => accounts ?? aggregator);
      alive.clear();
      await Promise.all(open.map((one) => one?.close()));
    },
  };
}
