import type { ParsedInputOf } from "@contract";
import type { BatchRoom } from "./room.ts";
import { rememberPlace } from "./store.ts";
import { mustFind } from "./transition.ts";

/**
 * Remembers at which step a person is, what they typed there and which columns they chose without having them checked,
 * until the batch is confirmed; afterwards nothing is kept. Raises no revision, because nothing that would be sent
 * changes. Failure not-found.
 */
export function keepPlace(room: BatchRoom, input: ParsedInputOf<"batches.keepPlace">): void {
  const kept = room.store.transaction((writer) => rememberPlace(writer, mustFind(writer, input.id).id, input));
  if (kept) room.announce();
}
