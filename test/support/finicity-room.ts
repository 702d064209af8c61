import type { AccountId, AccountRow, ChangeDetail, ChangeId, ChangeState, FinicityFields, OutputOf } from "@contract";
import { systemClock } from "../../src/main/core/clock.ts";
import { silentLog } from "../../src/main/core/log.ts";
import type { Restored } from "../../src/main/core/restored.ts";
import { connectFinicity, type FinicityProvider } from "../../src/main/providers/finicity/client.ts";
import { startFinicitySimulator, type FinicityApi, type FinicitySimulator } from "../../src/main/training/finicity/index.ts";
import { callBy, composeServices, quickFields, untilState, type RoomOptions, type RoomServices } from "./changes-room.ts";
import { scratchFile } from "./scratch-store.ts";

/** The customer and account that the reseller's documents print. */
export const printed = { customerUid: "6018678884", accountUid: "5011648377" } as const;

export interface FinicityRoomOptions extends Pick<RoomOptions, "secondPerson"> {
  /** Of an earlier room: the same workspace after a restart. */
  readonly before?: FinicityRoom;
  readonly connection?: Partial<FinicityFields>;
  /** Which services the simulated Finicity has: the classic ones unless told. */
  readonly api?: FinicityApi;
  readonly restored?: Restored;
  /** Stands around the real provider. */
  readonly wrapProvider?: (provider: FinicityProvider) => FinicityProvider;
}

/** Real services over a real encrypted file, talking over HTTP to a real simulated Finicity. */
export interface FinicityRoom extends RoomServices {
  readonly file: ReturnType<typeof scratchFile>;
  readonly simulator: FinicitySimulator;
  /** Reads every account of the printed customer anew. */
  load(): Promise<void>;
  rows(): readonly AccountRow[];
  row(accountUid?: string): AccountRow;
  /** Asks for the deletion of an account with all it takes. */
  askDeletion(accountId: AccountId, more?: Partial<Parameters<RoomServices["changes"]["deleteAccount"]>[0]>): ChangeDetail;
  until(id: ChangeId, ...states: readonly ChangeState[]): Promise<ChangeDetail>;
  deletes(): ReturnType<FinicitySimulator["ledger"]["entries"]>;
  stopServices(graceMs?: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Opens a room with the printed customer's accounts loaded; one after another room finds what that left. */
export async function openFinicityRoom(options: FinicityRoomOptions = {}): Promise<FinicityRoom> {
  const { before } = options;
  const file = before?.file ?? scratchFile();
  const simulator = before?.simulator ?? (await startFinicitySimulator({ timeScale: 0, api: options.api ?? "classic" }));
  const network = { trusted: () => [], proxyFor: async () => "DIRECT", clock: systemClock, log: silentLog };
  const services = composeServices(
    {
      ...(options.secondPerson === undefined ? {} : { secondPerson: options.secondPerson }),
      finicity: (connection, credentials, onRefused) => {
        const provider = connectFinicity(connection, credentials, onRefused, network);
        return options.wrapProvider?.(provider) ?? provider;
      },
    },
    file.store,
    file.key,
  );
  const { accounts, changes, connections } = services;
  const connectionId =
    connections.list()[0]?.id ??
    connections.save(
      {
        ...quickFields,
        provider: "finicity",
        name: "Finicity",
        apiBaseUrl: simulator.origin,
        wire: "json",
        forms: "classic",
        partnerId: "training-partner",
        partnerSecret: "training-secret",
        appKey: "training-app-key",
        refreshTimeoutMs: 2000,
        refreshCoolDownMs: 0,
        refreshGiveUpMs: 60_000,
        ...options.connection,
      },
      callBy(),
    ).id;
  changes.start(options.restored);

  const rows = (): OutputOf<"accounts.page">["rows"] =>
    accounts.page({ sort: { column: "accountName", direction: "ascending" }, limit: 200 }).rows;
  const load = async (): Promise<void> => {
    const { jobId } = accounts.load({ connectionId, customerUid: printed.customerUid }, callBy());
    for (;;) {
      const job = accounts.loadJobs().find(({ id }) => id === jobId);
      if (job?.state === "finished") return;
      if (job?.state !== "running") throw new Error(`The load is ${job?.state ?? "gone"}: ${job?.message ?? ""}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const stopServices = async (graceMs = 2000): Promise<void> => {
    await changes.stop(graceMs);
    await accounts.close();
    await connections.close();
  };
  if (before === undefined) await load();
  return {
    ...services,
    file,
    simulator,
    load,
    rows,
    row: (accountUid = printed.accountUid) => {
      const found = rows().find((one) => one.accountUid === accountUid);
      if (found === undefined) throw new Error(`Account ${accountUid} is not listed`);
      return found;
    },
    askDeletion: (accountId, more = {}) =>
      changes.deleteAccount(
        {
          accountId,
          typed: rows().find(({ id }) => id === accountId)?.last4 ?? "",
          reason: "The customer closed the account",
          reasonCategory: "Customer request",
          authorisationRef: "CR-7",
          ...more,
        },
        callBy(),
      ),
    until: (id, ...states) => untilState(changes, id, states),
    deletes: () => simulator.ledger.entries().filter(({ route }) => route === "accounts.delete"),
    stopServices,
    dispose: async () => {
      await stopServices(0);
      if (before !== undefined) return;
      await simulator.close();
      file.dispose();
    },
  };
}
