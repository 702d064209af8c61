import type { AttemptFacts, Evidence, SeenRequest } from "./evidence.ts";
import { attemptsEver } from "./law-restored.ts";

/** Which request belongs to which committed intent. */
export interface Pairing {
  readonly ofAttempt: ReadonlyMap<number, SeenRequest>;
  /** Updates that no committed intent explains. */
  readonly unexplained: readonly SeenRequest[];
}

const addressOf = ({ origin, path }: { readonly origin: string; readonly path: string }): string => `${origin}${path}`;

function newestBefore(attempts: readonly AttemptFacts[], request: SeenRequest): AttemptFacts | undefined {
  return attempts.findLast((attempt) => attempt.startedAtMs <= request.atMs);
}

/**
 * Pairs every update that reached a server with the newest intent for its address committed before it arrived: one
 * account has one change in flight. A second request for the same intent, other bytes than the intent's, or a request
 * without one stay unexplained. A body cut off on its way must be the beginning of the intent.
 */
export function pairRequests(evidence: Pick<Evidence, "requests" | "file" | "lost">): Pairing {
  const { requests } = evidence;
  const byAddress = Map.groupBy(attemptsEver(evidence), addressOf);
  const ofAttempt = new Map<number, SeenRequest>();
  const unexplained: SeenRequest[] = [];
  for (const request of requests.filter(({ method }) => method === "PUT")) {
    const intent = newestBefore(byAddress.get(addressOf(request)) ?? [], request);
    const sent = request.bodyText ?? "";
    const sameBytes =
      intent !== undefined && (request.bodyComplete ? intent.body === sent : intent.body.startsWith(sent));
    if (sameBytes && !ofAttempt.has(intent.id)) ofAttempt.set(intent.id, request);
    else unexplained.push(request);
  }
  return { ofAttempt, unexplained };
}
