import type { Evidence } from "./fault-harness/evidence.ts";
import { checkLaws } from "./fault-harness/laws.ts";
import { readFileFacts } from "./fault-harness/read-file.ts";
import type { ChangesRoom } from "./changes-room.ts";

/** What a room left behind, for the laws. */
export function evidenceOf(
  { simulator, file }: Pick<ChangesRoom, "simulator" | "file">,
  point = "in process",
): Evidence {
  return {
    replay: { seed: 0, run: 0, point },
    requests: simulator.ledger.entries().map((entry) => ({ ...entry, origin: simulator.origin })),
    file: readFileFacts(file.path, file.key),
    logs: [],
    secrets: [],
  };
}

/** The laws a room broke, as sentences. */
export function brokenLaws(room: Pick<ChangesRoom, "simulator" | "file">): string[] {
  return checkLaws(evidenceOf(room)).map(({ law, what }) => `${law}: ${what}`);
}
