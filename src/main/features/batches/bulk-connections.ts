import type { Connection } from "@contract";
import { VostroFailure } from "../../core/failures.ts";

/** Whether many accounts of a connection may be changed at once: only Finzly takes changes of every field. */
export const takesBulk = ({ provider }: Pick<Connection, "provider">): boolean => provider === "finzly";

/** Failure input-invalid, in words, for a connection whose accounts are changed one by one. */
export function mustTakeBulk(connection: Connection): void {
  if (takesBulk(connection)) return;
  throw new VostroFailure(
    "input-invalid",
    `Accounts of ${connection.name} are not changed in bulk. Rename them one by one; a file never deletes.`,
    { fields: [{ path: "connectionId", message: "Choose a Finzly connection." }] },
  );
}
