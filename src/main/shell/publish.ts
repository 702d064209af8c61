import { eventNamed, topics, type EventName, type PayloadOf } from "@contract";
import type { Publish } from "../core/call-context.ts";

export type Topic = (typeof topics)[number];

/** Gathers topics and tells them together, at most every `everyMs`. */
export function coalesceTopics(everyMs: number, tell: (topics: Topic[]) => void) {
  const waiting = new Set<Topic>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const told = topics.filter((topic) => waiting.has(topic));
    waiting.clear();
    if (told.length > 0) tell(told);
  };
  return {
    add: (added: readonly Topic[]): void => {
      for (const topic of added) waiting.add(topic);
      timer ??= setTimeout(flush, everyMs).unref();
    },
    stop: (): void => clearTimeout(timer),
  };
}

const whileLocked: ReadonlySet<EventName> = new Set<EventName>(["workspace.stateChanged"]);

/**
 * Tells the page what happened. Payloads are parsed against the contract first: what it does not name is stripped.
 * While nobody may see data only `workspace.stateChanged` passes. `dataChanged` is gathered for 60 ms, so that a
 * thousand changes do not make a thousand reads.
 */
export function createPublish(send: (name: EventName, payload: unknown) => void, mayShowData: () => boolean): Publish {
  const pass = (name: EventName, payload: unknown): void => {
    if (!mayShowData() && !whileLocked.has(name)) return;
    send(name, eventNamed(name).payload.parse(payload));
  };
  const changed = coalesceTopics(60, (told) => pass("workspace.dataChanged", { topics: told }));
  return <N extends EventName>(name: N, payload: PayloadOf<N>): void => {
    if (name === "workspace.dataChanged") changed.add((payload as PayloadOf<"workspace.dataChanged">).topics);
    else pass(name, payload);
  };
}
