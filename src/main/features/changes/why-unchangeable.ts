import type { Connection } from "@contract";
import { takesChanges } from "@contract/rules/aggregation/services.ts";

/** Why the provider takes no changed values through this connection, as it is set now; undefined where it does. */
export function whyUnchangeable(connection: Connection): string | undefined {
  if (takesChanges(connection)) return undefined;
  return connection.provider === "signzy"
    ? "Signzy has no service that changes accounts. Change it through Finicity."
    : `${connection.name} is set to Finicity's services of today, which change no name and no number.`;
}
