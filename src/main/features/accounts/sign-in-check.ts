import type { Connection } from "@contract";
import { VostroFailure } from "../../core/failures.ts";

/** Failure sign-in-needed, in the connection's own name, while its sign-in stands refused: nothing is asked of it then. */
export function mustBeSignedIn({ name, state }: Pick<Connection, "name" | "state">): void {
  if (state !== "sign-in-refused") return;
  throw new VostroFailure(
    "sign-in-needed",
    `${name} did not accept our sign-in. Replace it or test the connection first.`,
  );
}
