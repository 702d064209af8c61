import type { z } from "zod";
import { accounts } from "./accounts.ts";
import { audit } from "./audit.ts";
import { batches } from "./batches.ts";
import { changes } from "./changes.ts";
import { connections } from "./connections.ts";
import type { BridgeEvent, Call, PageFile } from "./define.ts";
import { network } from "./network.ts";
import type { Result } from "./result.ts";
import { refreshes } from "./refreshes.ts";
import { training } from "./training.ts";
import { people, workspace } from "./workspace.ts";

/** All that crosses the bridge, on one page. Channel names are derived from it: "changes.send". */
export const contract = {
  workspace,
  people,
  connections,
  accounts,
  changes,
  batches,
  refreshes,
  audit,
  training,
  network,
};
export type Contract = typeof contract;

type Entries<T> = {
  [F in keyof T & string]: { [K in keyof T[F] & string]: { name: `${F}.${K}`; item: T[F][K] } }[keyof T[F] & string];
}[keyof T & string];
type AllEntries = Entries<Contract>;
type CallEntries = Extract<AllEntries, { item: Call }>;
type EventEntries = Extract<AllEntries, { item: BridgeEvent }>;

export type CallName = CallEntries["name"];
export type EventName = EventEntries["name"];
export type CallOf<N extends CallName> = Extract<CallEntries, { name: N }>["item"];
/** What the page hands over: a file where the call takes one, else plain data. */
export type InputOf<N extends CallName> =
  CallOf<N> extends { readonly takes: "file" } ? PageFile : z.input<CallOf<N>["input"]>;
/** The input as a handler gets it, parsed. */
export type ParsedInputOf<N extends CallName> = z.output<CallOf<N>["input"]>;
export type OutputOf<N extends CallName> = z.output<CallOf<N>["output"]>;
export type PayloadOf<N extends EventName> = z.output<Extract<EventEntries, { name: N }>["item"]["payload"]>;

const everything = Object.entries(contract).flatMap(([feature, items]) =>
  Object.entries(items).map(([name, item]) => ({ name: `${feature}.${name}`, item: item as Call | BridgeEvent })),
);

/** The names of all calls, for the preload script's build-time list. */
export const callNames = everything.filter((e) => e.item.kind !== "event").map((e) => e.name) as CallName[];
/** Those of them that take a file instead of plain data. */
export const fileCallNames = everything
  .filter(({ item }) => item.kind !== "event" && item.takes === "file")
  .map(({ name }) => name) as CallName[];
/** The names of all events. */
export const eventNames = everything.filter((e) => e.item.kind === "event").map((e) => e.name) as EventName[];

const byName = new Map(everything.map((e) => [e.name, e.item]));

/** The definition of a call. Throws on a name that is not in the contract. */
export function callNamed(name: CallName): Call {
  const item = byName.get(name);
  if (item === undefined || item.kind === "event") throw new Error(`No call is named ${name}.`);
  return item;
}

/** The definition of an event. Throws on a name that is not in the contract. */
export function eventNamed(name: EventName): BridgeEvent {
  const item = byName.get(name);
  if (item === undefined || item.kind !== "event") throw new Error(`No event is named ${name}.`);
  return item;
}

/** What the preload script puts at `window.vostro`: one function a call, one subscription an event, nothing generic. */
export interface VostroBridge {
  readonly calls: { readonly [N in CallName]: (input: InputOf<N>) => Promise<Result<OutputOf<N>>> };
  readonly events: { readonly [N in EventName]: (listener: (payload: PayloadOf<N>) => void) => () => void };
}

export * from "./accounts.ts";
export * from "./aggregated.ts";
export * from "./audit.ts";
export * from "./batches.ts";
export * from "./change-state.ts";
export * from "./changes.ts";
export * from "./connections.ts";
export { roles, type Access, type BridgeEvent, type Call, type PageFile, type Role } from "./define.ts";
export * from "./network.ts";
export * from "./refreshes.ts";
export * from "./result.ts";
export * from "./rules/field-types.ts";
export * from "./training.ts";
export * from "./values.ts";
export * from "./workspace.ts";
