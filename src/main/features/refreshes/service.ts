import type { ConnectionId, OutputOf, ParsedInputOf, RefreshDetail, RefreshId } from "@contract";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import { ask, obstacleOf } from "./asking.ts";
import { watchedStates } from "./lifecycle.ts";
import { messageToCopy } from "./messages.ts";
import { toDetail, toRow } from "./present.ts";
import { loseAnswer, recoverInterrupted } from "./recovery.ts";
import type { RefreshConnection, RefreshDependencies } from "./refresh-access.ts";
import type { RefreshRecord } from "./refresh-record.ts";
import { customersOf, loginsOf } from "./selection.ts";
import { fallThrough, sendOne } from "./sending.ts";
import { createSteadyClock } from "./steady-clock.ts";
import { countRefreshes, insertEvent, latestMoment, pageOfRefreshes, patchRefresh, refreshesIn } from "./store.ts";
import { movedOn, mustFind, refreshNumber } from "./transition.ts";
import { createRefreshWatch } from "./watch.ts";

export type RefreshesService = ReturnType<typeof createRefreshesService>;

/**
 * Refreshes: asked for by a person's click, sent one after another with one request each, and watched by reading until
 * it is known what came of them. Nothing here sends a refresh by itself, and nothing sends one twice.
 */
export function createRefreshesService(deps: RefreshDependencies) {
  const { store, connections, audit, clock } = deps;
  const steady = createSteadyClock(clock, latestMoment(store.read));
  const closing = new AbortController();
  const announce = (): void =>
    deps.publish("workspace.dataChanged", { topics: ["refreshes", "accounts", "status", "audit"] });
  const watch = createRefreshWatch(deps, announce);
  const forgetReady = connections.onReady(watch.plan);
  let sending: Promise<void> | undefined;

  const connectionOf = (id: number): RefreshConnection | undefined =>
    connections.list().find((connection) => connection.id === id);
  const mustConnect = (id: number): RefreshConnection => {
    const connection = connectionOf(id);
    if (connection === undefined)
      throw new VostroFailure("not-found", "There is no such connection, or it cannot refresh.");
    return connection;
  };
  const detailOf = (id: RefreshId): RefreshDetail => {
    const refresh = mustFind(store.read, id);
    return toDetail(store.read, refresh, connectionOf(refresh.connectionId), steady);
  };

  const loginsOffered = (connectionId: ConnectionId | undefined, customers: readonly string[]) => {
    const [customerId] = customers;
    if (connectionId === undefined || customerId === undefined || customers.length > 1) return [];
    return mustConnect(connectionId).provider === "finicity" ? loginsOf(store.read, connectionId, customerId) : [];
  };

  const sendNext = async (id: RefreshId): Promise<void> => {
    const refresh = mustFind(store.read, id);
    try {
      const connection = mustConnect(refresh.connectionId);
      const aggregator = connections.aggregator(connection.id);
      await sendOne(deps, refresh, { connection, aggregator, steady, closing: closing.signal });
    } catch (error) {
      if (closing.signal.aborted) return;
      deps.log.error("A refresh met a fault of Vostro's own", { refresh: id, error: String(error) });
      const why = error instanceof VostroFailure ? error.message : "Something in Vostro went wrong.";
      leaveToPerson(id, why);
    }
  };

  /** One that had not left ends; one that had is watched like any other that lost its answer. */
  const leaveToPerson = (id: RefreshId, why: string): void => {
    const notice = store.transaction((writer) => {
      const now = mustFind(writer, id);
      if (now.state === "sent") loseAnswer(deps, writer, now, "Something in Vostro went wrong");
      if (now.state !== "clicked") return undefined;
      return fallThrough(deps, writer, now, "Not sent", `${why} Nothing was refreshed.`);
    });
    if (notice !== undefined) deps.notify(notice);
  };

  /** Failure conflict once it was sent. */
  const takeBack = (writer: Writer, refresh: RefreshRecord, context: CallContext): void => {
    const person = signedIn(context);
    if (refresh.state !== "clicked") throw movedOn(refresh);
    const deed = { person, atMs: clock.nowMs(), correlationId: context.correlationId };
    const message = `${person.name} took it back before it was sent. Nothing was refreshed.`;
    fallThrough(deps, writer, refresh, "Taken back", message, deed);
    patchRefresh(writer, { id: refresh.id, state: "failed" }, { doneAtMs: deed.atMs });
  };

  const sendAll = async (): Promise<void> => {
    for (;;) {
      const [next] = closing.signal.aborted ? [] : refreshesIn(store.read, ["clicked"]);
      if (next === undefined) return;
      await sendNext(next.id);
      announce();
      watch.plan();
    }
  };
  const pump = (): void => {
    sending ??= sendAll()
      .catch((error: unknown) => deps.log.error("Sending refreshes stopped", { error: String(error) }))
      .finally(() => {
        sending = undefined;
        if (!closing.signal.aborted && refreshesIn(store.read, ["clicked"]).length > 0) setTimeout(pump, 1000);
      });
  };

  return {
    page: ({ view, cursor, limit }: ParsedInputOf<"refreshes.page">): OutputOf<"refreshes.page"> => {
      const beforeId = cursor === undefined ? undefined : Number.parseInt(cursor, 10);
      if (beforeId !== undefined && !Number.isSafeInteger(beforeId))
        throw new VostroFailure("input-invalid", "This list moved on. Open it again.");
      const found = pageOfRefreshes(store.read, { view, beforeId, limit: limit + 1 });
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      const [running, attention, all] = (["running", "attention", "all"] as const).map((one) =>
        countRefreshes(store.read, one),
      );
      return {
        rows: shown.map((refresh) => toRow(refresh, connectionOf(refresh.connectionId))),
        counts: { running: running ?? 0, attention: attention ?? 0, all: all ?? 0 },
        ...(found.length > shown.length && last !== undefined ? { nextCursor: String(last.id) } : {}),
      };
    },
    detail: detailOf,
    offer: ({ connectionId, customers }: ParsedInputOf<"refreshes.offer">): OutputOf<"refreshes.offer"> => ({
      connections: connections.list().map(({ id, name, provider, environment, refreshCoolDownMs }) => ({
        id,
        name,
        provider,
        environment,
        refreshesLogins: provider === "finicity",
        coolDownMs: refreshCoolDownMs,
      })),
      obstacles:
        connectionId === undefined
          ? []
          : customers.flatMap(
              (customerId) => obstacleOf(store.read, mustConnect(connectionId), customerId, steady) ?? [],
            ),
      logins: loginsOffered(connectionId, customers),
    }),
    customersOf: ({ accountIds }: ParsedInputOf<"refreshes.customersOf">): OutputOf<"refreshes.customersOf"> =>
      customersOf(store.read, accountIds, connections.list().map(({ id }) => id)),
    ask: (input: ParsedInputOf<"refreshes.start">, context: CallContext): OutputOf<"refreshes.start"> => {
      const connection = mustConnect(input.connectionId);
      const { ids, leftOut } = ask(deps, connection, input, steady, context);
      announce();
      pump();
      return { started: ids.map((id) => toRow(mustFind(store.read, id), connection)), leftOut: [...leftOut] };
    },
    look: async (id: RefreshId, context: CallContext): Promise<RefreshDetail> => {
      const refresh = mustFind(store.read, id);
      if (![...watchedStates, "given-up"].includes(refresh.state)) throw movedOn(refresh);
      const person = signedIn(context);
      await watch.look(refresh, { person, atMs: clock.nowMs(), correlationId: context.correlationId });
      return detailOf(id);
    },
    callOff: (id: RefreshId, context: CallContext): RefreshDetail => {
      store.transaction((writer) => takeBack(writer, mustFind(writer, id), context));
      announce();
      return detailOf(id);
    },
    callOffWaiting: (context: CallContext): { count: number } => {
      const count = store.transaction((writer) => {
        const waiting = refreshesIn(writer, ["clicked"]);
        for (const refresh of waiting) takeBack(writer, refresh, context);
        return waiting.length;
      });
      announce();
      return { count };
    },
    messageToCopy: (input: ParsedInputOf<"refreshes.copyMessage">, context: CallContext): string =>
      messageToCopy(deps, input, context),
    markDone: (id: RefreshId, context: CallContext): RefreshDetail => {
      const person = signedIn(context);
      const atMs = clock.nowMs();
      store.transaction((writer) => {
        const refresh = mustFind(writer, id);
        if (!["succeeded", "partly-succeeded", "failed", "given-up"].includes(refresh.state)) throw movedOn(refresh);
        if (refresh.doneAtMs !== undefined) return;
        patchRefresh(writer, refresh, { doneAtMs: atMs });
        insertEvent(writer, id, { atMs, kind: "noted", title: "Marked as done", text: person.name });
        audit.append(writer, {
          action: "refresh.done",
          subject: `refresh ${id}`,
          summary: `${refreshNumber(id)}: marked as done`,
          person,
          correlationId: context.correlationId,
        });
      });
      announce();
      return detailOf(id);
    },
    attention: (): number => countRefreshes(store.read, "attention"),
    /** How many requests are open at this moment. */
    underWay: (): number => refreshesIn(store.read, ["sent"]).length,
    /** What a crash or a quit left is taken up: watched where it was sent, ended where it was not. */
    begin: (): void => {
      recoverInterrupted(deps);
      watch.plan();
    },
    /** The network came back. */
    resume: watch.plan,
    /** Ends waiting: an open request is given up here and goes on at the provider. */
    stop: async (): Promise<void> => {
      closing.abort();
      forgetReady();
      await sending;
      await watch.stop();
    },
  };
}
