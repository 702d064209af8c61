import type { OutputOf, ParsedInputOf, RefreshId } from "@contract";
import { refreshStateWords } from "@contract";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Reader } from "../../database/sql.ts";
import type { RefreshConnection, RefreshDependencies } from "./refresh-access.ts";
import type { SteadyClock } from "./steady-clock.ts";
import { customerName, customerStanding, insertEvent, insertRefresh, noteMoment } from "./store.ts";
import { quotedOf, refreshNumber } from "./transition.ts";

type Obstacle = OutputOf<"refreshes.offer">["obstacles"][number];

const inWords = (ms: number): string => {
  const minutes = Math.ceil(ms / 60_000);
  return minutes <= 1 ? "a minute" : `${minutes} minutes`;
};

/** Why the customer cannot be refreshed now; undefined when it can. */
export function obstacleOf(
  reader: Reader,
  { environment }: Pick<RefreshConnection, "environment">,
  customerId: string,
  steady: SteadyClock,
): Obstacle | undefined {
  const { inFlight, coolUntilMs } = customerStanding(reader, environment, customerId);
  if (inFlight !== undefined) {
    const where = `${refreshNumber(inFlight.id)}: ${refreshStateWords[inFlight.state]}`;
    return { customerId, message: `Customer ${customerId} is being refreshed already (${where}).` };
  }
  const leftMs = (coolUntilMs ?? 0) - steady.nowMs();
  if (coolUntilMs === undefined || leftMs <= 0) return undefined;
  const message =
    `Customer ${customerId} was refreshed a short while ago and can be refreshed again in ${inWords(leftMs)}. ` +
    "The provider allows a refresh only where there is a reason for it.";
  return { customerId, message, retryAtMs: steady.shownMs(coolUntilMs) };
}

function checkConfirmation({ customers, confirmed }: ParsedInputOf<"refreshes.start">, distinct: number): void {
  if (distinct !== customers.length)
    throw new VostroFailure("input-invalid", "A customer is named twice. Nothing was sent.");
  if (distinct > 1 && confirmed !== distinct) {
    const message = `Confirm that ${distinct} customers are to be refreshed. Nothing was sent.`;
    throw new VostroFailure("input-invalid", message, { fields: [{ path: "confirmed", message }] });
  }
}

function checkLogins({ provider, name }: RefreshConnection, { customers }: ParsedInputOf<"refreshes.start">): void {
  if (provider === "finicity" || customers.every(({ institutionLoginId }) => institutionLoginId === undefined)) return;
  throw new VostroFailure("input-invalid", `${name} refreshes whole customers, not one sign-in. Nothing was sent.`);
}

export interface Asked {
  readonly ids: readonly RefreshId[];
  readonly leftOut: readonly Obstacle[];
}

/**
 * Writes down what a person asked for, in one transaction: each customer that is neither being refreshed nor cooling
 * down. Failures: input-invalid, offline, sign-in-needed (the connection's was refused), conflict (none is left).
 */
export function ask(
  deps: Pick<RefreshDependencies, "store" | "audit" | "clock" | "online">,
  connection: RefreshConnection,
  input: ParsedInputOf<"refreshes.start">,
  steady: SteadyClock,
  context: CallContext,
): Asked {
  const person = signedIn(context);
  checkConfirmation(input, new Set(input.customers.map(({ customerId }) => customerId)).size);
  checkLogins(connection, input);
  if (!deps.online())
    throw new VostroFailure("offline", "This computer is offline. Nothing was sent.", { retryable: true });
  if (connection.state === "sign-in-refused")
    throw new VostroFailure("sign-in-needed", `${connection.name} did not accept our sign-in. Nothing was sent.`);
  const atMs = deps.clock.nowMs();
  const asked = deps.store.transaction((writer): Asked => {
    const ids: RefreshId[] = [];
    const leftOut: Obstacle[] = [];
    for (const { customerId, institutionLoginId } of input.customers) {
      const obstacle = obstacleOf(writer, connection, customerId, steady);
      if (obstacle !== undefined) {
        leftOut.push(obstacle);
        continue;
      }
      const reason = input.reason.trim();
      const { provider, environment, id: connectionId } = connection;
      const id = insertRefresh(writer, {
        connectionId,
        provider,
        environment,
        customerId,
        customerName: customerName(writer, customerId),
        institutionLoginId,
        reason,
        madeBy: { id: person.id, name: person.name },
        message: "It waits for its turn; nothing was sent yet.",
        clickedAtMs: atMs,
      });
      insertEvent(writer, id, { atMs, kind: "clicked", title: "Refresh asked for", text: `${person.name}: ${reason}` });
      deps.audit.append(writer, {
        action: "refresh.clicked",
        subject: `refresh ${id}`,
        summary: `${refreshNumber(id)}: asked to refresh customer ${customerId} through ${connection.name}: ${reason}`,
        person,
        after: { state: "clicked", customer: customerId, login: institutionLoginId, together: input.customers.length },
        quoted: quotedOf({ customerId, institutionLoginId }),
        correlationId: context.correlationId,
      });
      ids.push(id);
    }
    noteMoment(writer, steady.nowMs());
    return { ids, leftOut };
  });
  const [first] = asked.leftOut;
  if (asked.ids.length === 0 && first !== undefined) {
    const wait = first.retryAtMs === undefined ? {} : { retryAfterMs: Math.max(0, first.retryAtMs - atMs) };
    throw new VostroFailure("conflict", `${first.message} Nothing was sent.`, wait);
  }
  return asked;
}
