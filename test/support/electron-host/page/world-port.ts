export interface WorldPort {
  /** Shows `api` to the other world as a frozen `window[name]`. */
  expose(name: string, api: unknown): void;
}

/**
 * One end of the passage between the preload's world and the page's world. Both ends run this same code, over
 * CustomEvents whose details the browser clones from world to world. Functions and promises pass as numbered stand-ins.
 * Runs in the page as source text: it may use nothing outside its own body. It keeps the natives of document start.
 */
export function createWorldPort(secret: string, side: "page" | "preload"): WorldPort {
  const target = window;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const Message = CustomEvent;
  const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, "detail")?.get;
  const preventDefault = Event.prototype.preventDefault;
  const stopImmediatePropagation = Event.prototype.stopImmediatePropagation;
  const apply = Reflect.apply;
  const sendType = `${secret}-${side}`;
  const receiveType = `${secret}-${side === "page" ? "preload" : "page"}`;

  type Callable = (...args: unknown[]) => unknown;
  type Reference = { [key: string]: string | number };
  type Packet =
    | { kind: "expose"; name: string; value: unknown }
    | { kind: "call"; fn: number; call: number; args: unknown }
    | { kind: "answer"; call: number; ok: boolean; value: unknown }
    | { kind: "settle"; promise: number; ok: boolean; value: unknown };
  const functions = new Map<number, Callable>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>();
  const answers = new Map<number, { ok: boolean; value: unknown }>();
  let last = 0;

  const post = (packet: Packet): void => {
    const message = new Message(sendType, { detail: packet, cancelable: true });
    if (apply(dispatch, target, [message]) === true) throw new TypeError("An object could not be cloned.");
  };
  const put = (object: object, key: string, value: unknown): void => {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  };
  const isPlain = (value: object): boolean => Object.prototype.toString.call(value) === "[object Object]";
  const refer = (kind: string, id: number, extra: Reference = {}): Reference => ({ [secret]: kind, id, ...extra });
  const packError = (error: unknown): unknown =>
    error instanceof Error ? { [secret]: "error", name: error.name, message: error.message } : pack(error);
  const pack = (value: unknown): unknown => {
    if (typeof value === "function") {
      last += 1;
      functions.set(last, value as Callable);
      return refer("function", last);
    }
    if (typeof value === "symbol") throw new TypeError("An object could not be cloned.");
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Promise) return packPromise(value);
    if (value instanceof Error) return packError(value);
    if (Array.isArray(value)) return value.map(pack);
    if (!isPlain(value)) return value;
    const copy = {};
    for (const key of Object.keys(value)) put(copy, key, pack((value as Record<string, unknown>)[key]));
    return copy;
  };
  const packPromise = (promise: Promise<unknown>): unknown => {
    last += 1;
    const id = last;
    promise.then(
      (value) => settle(id, true, value),
      (reason: unknown) => settle(id, false, reason),
    );
    return refer("promise", id);
  };
  const settle = (promise: number, ok: boolean, value: unknown): void => {
    try {
      post({ kind: "settle", promise, ok, value: ok ? pack(value) : packError(value) });
    } catch (error) {
      post({ kind: "settle", promise, ok: false, value: packError(error) });
    }
  };
  const unpack = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(unpack);
    if (!isPlain(value)) return value;
    const node = value as Record<string, unknown>;
    const id = node["id"] as number;
    switch (Object.hasOwn(node, secret) ? node[secret] : "plain") {
      case "function":
        return (...args: unknown[]) => callAcross(id, args);
      case "promise":
        return new Promise((resolve, reject) => {
          promises.set(id, { resolve, reject });
        });
      case "error": {
        const error = new Error(node["message"] as string);
        error.name = node["name"] as string;
        return error;
      }
      default: {
        const copy = {};
        for (const key of Object.keys(node)) put(copy, key, unpack(node[key]));
        return copy;
      }
    }
  };
  const callAcross = (fn: number, args: unknown[]): unknown => {
    last += 1;
    const call = last;
    post({ kind: "call", fn, call, args: pack(args) });
    const answer = answers.get(call);
    answers.delete(call);
    if (answer === undefined) throw new Error("The other world did not answer.");
    if (!answer.ok) throw answer.value;
    return answer.value;
  };
  const run = (packet: Packet & { kind: "call" }): void => {
    let ok = true;
    let value: unknown;
    try {
      value = pack(functions.get(packet.fn)?.(...(unpack(packet.args) as unknown[])));
    } catch (error) {
      ok = false;
      value = packError(error);
    }
    try {
      post({ kind: "answer", call: packet.call, ok, value });
    } catch (error) {
      post({ kind: "answer", call: packet.call, ok: false, value: packError(error) });
    }
  };
  const freeze = (value: unknown): unknown => {
    if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  const show = (name: string, value: unknown): void => {
    Object.defineProperty(target, name, {
      value: freeze(value),
      enumerable: true,
      configurable: false,
      writable: false,
    });
  };

  target.addEventListener(
    receiveType,
    (event) => {
      apply(stopImmediatePropagation, event, []);
      const packet = detailOf === undefined ? null : (apply(detailOf, event, []) as Packet | null);
      if (packet === null) return;
      apply(preventDefault, event, []);
      if (packet.kind === "expose") show(packet.name, unpack(packet.value));
      else if (packet.kind === "call") run(packet);
      else if (packet.kind === "answer") answers.set(packet.call, { ok: packet.ok, value: unpack(packet.value) });
      else {
        const waiting = promises.get(packet.promise);
        promises.delete(packet.promise);
        if (packet.ok) waiting?.resolve(unpack(packet.value));
        else waiting?.reject(unpack(packet.value));
      }
    },
    true,
  );

  return {
    expose: (name, api) => {
      if (name in target) throw new Error("Cannot bind an API on top of an existing property on the window object");
      post({ kind: "expose", name, value: pack(api) });
    },
  };
}
