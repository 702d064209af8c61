import type { Connection, FinzlyConnection } from "@contract";

/** The connection as the Finzly connection it is. */
export function asFinzly(connection: Connection): FinzlyConnection {
  if (connection.provider === "finzly") return connection;
  throw new Error(`${connection.name} does not lead to Finzly.`);
}
