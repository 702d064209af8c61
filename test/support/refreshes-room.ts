import { afterEach } from "vitest";
import type { ConnectionId, Person, RefreshDetail, RefreshId, RefreshState } from "../../src/preload/contract/index.ts";
import { personId } from "../../src/preload/contract/index.ts";
import type { CallContext } from "../../src/main/core/call-context.ts";
import { newCorrelationId, type Clock } from "../../src/main/core/clock.ts";
import type { Log } from "../../src/main/core/log.ts";
import type { Store } from "../../src/main/database/sql.ts";
import { createAuditService, type AuditService } from "../../src/main/features/audit/service.ts";
import type { RefreshConnection, RefreshDependencies, RefreshNotice } from "../../src/main/features/refreshes/refresh-access.ts";
import { createRefreshesService, type RefreshesService } from "../../src/main/features/refreshes/service.ts";
import type { AggregatorProvider } from "../../src/main/providers/aggregator.ts";
import type { SignzySimulatorOptions } from "../../src/main/training/signzy/index.ts";
import { startRefreshesSimulator, type RefreshesSimulator, type RefreshWay } from "./refreshes-provider.ts";
import { scratchFile } from "./scratch-store.ts";

/** The customer, account and login that the reseller's documents print. */
export const printed = { customerId: "6018678884", accountId: "5011648377", loginId: "1007302745" } as const;
export const signzyConnection = 1 as ConnectionId;
/** A second connection to the same customers. */
export const otherConnection = 2 as ConnectionId;

export interface TurnableClock extends Clock {
  /** Time passes: both clocks go on. */
  readonly pass: (ms: number) => void;
  /** Somebody turns the wall clock. */
  readonly turn: (ms: number) => void;
}

export function turnableClock(): TurnableClock {
  let [passedMs, turnedMs] = [0, 0];
  return {
    nowMs: () => Math.round(Date.now() + passedMs + turnedMs),
    monotonicMs: () => performance.now() + passedMs,
    pass: (ms) => {
      passedMs += ms;
    },
    turn: (ms) => {
      turnedMs += ms;
    },
  };
}

export interface RefreshesRoomOptions {
  readonly file?: ReturnType<typeof scratchFile>;
  /** Through whom refreshes go; through Signzy unless told. */
  readonly way?: RefreshWay;
  /** The provider of an earlier room. */
  readonly simulator?: RefreshesSimulator;
  readonly signzy?: SignzySimulatorOptions;
  /** Where the connection believes its provider to be. */
  readonly origin?: string;
  readonly connection?: Partial<RefreshConnection>;
  readonly clock?: Clock;
  readonly online?: () => boolean;
  readonly beginRead?: RefreshDependencies["beginRead"];
  readonly wrapStore?: (store: Store) => Store;
  readonly wrapProvider?: (provider: AggregatorProvider) => AggregatorProvider;
}

/** The refreshes of a real encrypted file, talking over HTTP to a real simulated Signzy or Finicity. */
export interface RefreshesRoom {
  readonly file: ReturnType<typeof scratchFile>;
  readonly simulator: RefreshesSimulator;
  readonly service: RefreshesService;
  readonly audit: AuditService;
  readonly notices: readonly RefreshNotice[];
  readonly logged: readonly string[];
  readonly maker: () => CallContext;
  ask(customerId?: string, connectionId?: ConnectionId): RefreshId;
  until(id: RefreshId, ...states: readonly RefreshState[]): Promise<RefreshDetail>;
  dispose(): Promise<void>;
}

const ada: Person = { id: personId.parse(1), name: "Ada Marlow", role: "administrator" };
export const callByAda = (): CallContext => ({ person: ada, correlationId: newCorrelationId() });

function connectionWith(
  over: Partial<RefreshConnection> | undefined,
  id: ConnectionId,
  way: RefreshWay,
): RefreshConnection {
  const isSignzy = id === signzyConnection && way === "signzy";
  return {
    id,
    name: isSignzy ? "Signzy" : "Finicity",
    provider: isSignzy ? "signzy" : "finicity",
    environment: "training",
    state: "ready",
    refreshTimeoutMs: 5000,
    refreshCoolDownMs: 900_000,
    refreshGiveUpMs: 1_800_000,
    ...over,
  };
}

/** Rooms of one test file: what `open` opened is disposed of after each test, the newest first. */
export function roomsOfEachTest(): { readonly open: typeof openRefreshesRoom } {
  const rooms: RefreshesRoom[] = [];
  afterEach(async () => {
    for (const room of rooms.splice(0).toReversed()) await room.dispose();
  });
  return {
    open: async (options) => {
      const room = await openRefreshesRoom(options);
      rooms.push(room);
      return room;
    },
  };
}

/** Opens a room; with the file and simulator of an earlier one it is the same workspace after a restart. */
export async function openRefreshesRoom(options: RefreshesRoomOptions = {}): Promise<RefreshesRoom> {
  const file = options.file ?? scratchFile();
  const simulator = options.simulator ?? (await startRefreshesSimulator(options.way ?? "signzy", options.signzy));
  const { way } = simulator;
  const clock = options.clock ?? turnableClock();
  const store = options.wrapStore?.(file.store) ?? file.store;
  const audit = createAuditService({ store, clock });
  const logged: string[] = [];
  const line = (message: string, facts?: Readonly<Record<string, unknown>>): void =>
    void logged.push(`${message} ${JSON.stringify(facts)}`);
  const log: Log = { info: line, warn: line, error: line };
  const network = { trusted: () => [], proxyFor: async () => "DIRECT", clock, log };
  const plain = simulator.connect(options.origin ?? simulator.origin, network);
  const provider = options.wrapProvider?.(plain) ?? plain;
  const notices: RefreshNotice[] = [];
  let [first, second] = [signzyConnection, otherConnection].map((id) => connectionWith(options.connection, id, way));
  const service = createRefreshesService({
    store,
    audit: audit.trail,
    clock,
    log,
    publish: () => undefined,
    online: options.online ?? (() => true),
    beginRead: options.beginRead ?? (() => () => undefined),
    notify: (notice) => void notices.push(notice),
    lookDelayMs: (looks) => Math.min(10 + looks * 5, 60),
    connections: {
      list: () => [first, second].filter((one) => one !== undefined),
      aggregator: () => provider,
      markSignInRefused: () => {
        first = connectionWith({ ...options.connection, state: "sign-in-refused" }, signzyConnection, way);
        second = undefined;
      },
      onReady: () => () => undefined,
    },
  });
  service.begin();
  return {
    file,
    simulator,
    service,
    audit,
    notices,
    logged,
    maker: callByAda,
    ask: (customerId = printed.customerId, connectionId = signzyConnection) => {
      const login = way === "finicity-login" ? { institutionLoginId: printed.loginId } : {};
      const input = { connectionId, customers: [{ customerId, ...login }], reason: "Customer on the phone" };
      const [row] = service.ask(input, callByAda()).started;
      if (row === undefined) throw new Error("Nothing was started");
      return row.id;
    },
    until: async (id, ...states) => {
      const endMs = performance.now() + 20_000;
      for (;;) {
        const detail = service.detail(id);
        if (states.includes(detail.state)) return detail;
        if (performance.now() > endMs) throw new Error(`Refresh ${id} is ${detail.state}: ${detail.message}`);
        await new Promise((resolve) => {
          setTimeout(resolve, 5);
        });
      }
    },
    dispose: async () => {
      await service.stop();
      await plain.close();
      if (options.simulator === undefined) await simulator.close();
      if (options.file === undefined) file.dispose();
    },
  };
}
