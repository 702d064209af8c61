import { EventEmitter } from "node:events";

/** What JavaScript itself asks of any object; never an Electron member. */
const LANGUAGE_MEMBERS = new Set([
  "then",
  "toJSON",
  "constructor",
  "prototype",
  "inspect",
  "nodeType",
  "asymmetricMatch",
  "domain",
  "_events",
  "_eventsCount",
  "_maxListeners",
  "__esModule",
  "$$typeof",
  "valueOf",
  "toString",
  "default",
]);

export class NotImplemented extends Error {
  override name = "NotImplemented";
}

export function notImplemented(what: string): NotImplemented {
  return new NotImplemented(`not implemented by the stand-in: ${what}`);
}

/** Makes every member that `target` lacks throw instead of reading as undefined. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get: (object, key) => {
      if (typeof key === "symbol" || key in object || LANGUAGE_MEMBERS.has(key))
        return Reflect.get(object, key) as unknown;
      throw notImplemented(`${name}.${key}`);
    },
    set: (object, key, value) => {
      if (typeof key === "symbol" || key in object || LANGUAGE_MEMBERS.has(key)) return Reflect.set(object, key, value);
      throw notImplemented(`${name}.${key} =`);
    },
  });
}

/** A whole Electron module that the stand-in lacks: naming it is allowed, using it throws. */
export function missingModule(name: string): object {
  const fail = (): never => {
    throw notImplemented(name);
  };
  return new Proxy(fail, {
    get: (_target, key) => {
      if (typeof key === "symbol" || LANGUAGE_MEMBERS.has(key)) return undefined;
      throw notImplemented(`${name}.${key}`);
    },
    construct: fail,
    apply: fail,
  });
}

/** An emitter that refuses to listen for an event the stand-in never sends. */
export function strictEmitter(name: string, events: readonly string[]): EventEmitter {
  const emitter = new EventEmitter();
  const check = (event: string | symbol): void => {
    if (typeof event === "string" && !events.includes(event)) throw notImplemented(`${name}.on("${event}")`);
  };
  const guarded = ["on", "once", "addListener", "prependListener", "prependOnceListener"] as const;
  for (const method of guarded) {
    const original = emitter[method].bind(emitter);
    Object.defineProperty(emitter, method, {
      value: (event: string | symbol, listener: (...args: unknown[]) => void) => {
        check(event);
        return original(event, listener);
      },
    });
  }
  return emitter;
}

/** Adds members to an emitter, getters as getters. */
export function withMembers<T extends object>(emitter: EventEmitter, members: T): EventEmitter & T {
  return Object.defineProperties(emitter, Object.getOwnPropertyDescriptors(members)) as EventEmitter & T;
}

/** An Electron event object: preventDefault() and what the event carries. */
export function hostEvent<T extends object>(
  fields: T,
): T & { preventDefault(): void; readonly defaultPrevented: boolean } {
  let isPrevented = false;
  const event = {
    preventDefault: () => {
      isPrevented = true;
    },
    get defaultPrevented() {
      return isPrevented;
    },
  };
  return Object.defineProperties(event, Object.getOwnPropertyDescriptors(fields)) as typeof event & T;
}
