export interface CloneCodec {
  /** Writes what structured clone accepts as text. Throws a DataCloneError for anything else. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** Runs in the host and, as source text, in the page: it may use nothing outside its own body. */
export function createCloneCodec(): CloneCodec {
  const TAG = "$clone";
  const refuse = (what: string): never => {
    throw new DOMException(`An object could not be cloned: ${what}`, "DataCloneError");
  };
  const bytesToText = (bytes: Uint8Array): string => {
    let binary = "";
    for (let at = 0; at < bytes.length; at += 8192) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    }
    return btoa(binary);
  };
  const textToBytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const put = (target: object, key: string, value: unknown): void => {
    if (key === "__proto__") {
      Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
    } else {
      (target as Record<string, unknown>)[key] = value;
    }
  };

  const writeObject = (value: object, open: Set<object>): unknown => {
    const out = {};
    for (const key of Object.keys(value)) put(out, key, write((value as Record<string, unknown>)[key], open));
    return Object.hasOwn(out, TAG) ? { [TAG]: "object", entries: Object.entries(out) } : out;
  };
  const writeNested = (value: object, open: Set<object>): unknown => {
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (kind === "Array") return Array.from(value as unknown[], (item) => write(item, open));
    if (value instanceof Date) return { [TAG]: "date", ms: write(value.getTime(), open) };
    if (value instanceof Error) return { [TAG]: "error", name: value.name, message: value.message };
    if (kind === "Map") {
      return {
        [TAG]: "map",
        entries: Array.from(value as Map<unknown, unknown>, (pair) => pair.map((item) => write(item, open))),
      };
    }
    if (kind === "Set") return { [TAG]: "set", items: Array.from(value as Set<unknown>, (item) => write(item, open)) };
    if (kind === "ArrayBuffer") return { [TAG]: "buffer", bytes: bytesToText(new Uint8Array(value as ArrayBuffer)) };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return { [TAG]: "view", kind, bytes: bytesToText(bytes) };
    }
    return kind === "Object" ? writeObject(value, open) : refuse(`#<${kind}>`);
  };
  const write = (value: unknown, open: Set<object>): unknown => {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { [TAG]: "number", text: Object.is(value, -0) ? "-0" : String(value) };
      case "undefined":
        return { [TAG]: "undefined" };
      case "bigint":
        return { [TAG]: "bigint", text: String(value) };
      case "object": {
        if (value === null) return null;
        if (open.has(value)) return refuse("a value that contains itself (not implemented by the stand-in)");
        open.add(value);
        const written = writeNested(value, open);
        open.delete(value);
        return written;
      }
      default:
        return refuse(typeof value);
    }
  };

  const readTagged = (node: Record<string, unknown>): unknown => {
    switch (node[TAG]) {
      case "undefined":
        return undefined;
      case "number":
        return Number(node["text"]);
      case "bigint":
        return BigInt(node["text"] as string);
      case "date":
        return new Date(read(node["ms"]) as number);
      case "error": {
        const error = new Error(node["message"] as string);
        error.name = node["name"] as string;
        return error;
      }
      case "map":
        return new Map((node["entries"] as [unknown, unknown][]).map(([key, item]) => [read(key), read(item)]));
      case "set":
        return new Set((node["items"] as unknown[]).map(read));
      case "buffer":
        return textToBytes(node["bytes"] as string).buffer;
      case "view": {
        const bytes = textToBytes(node["bytes"] as string);
        const kinds: Record<string, new (buffer: ArrayBufferLike) => unknown> = {
          Uint8Array,
          Int8Array,
          Uint8ClampedArray,
          Uint16Array,
          Int16Array,
          Uint32Array,
          Int32Array,
          Float32Array,
          Float64Array,
          BigInt64Array,
          BigUint64Array,
          DataView,
        };
        const View = kinds[node["kind"] as string];
        return View === undefined || View === Uint8Array ? bytes : new View(bytes.buffer);
      }
      default: {
        const out = {};
        for (const [key, item] of node["entries"] as [string, unknown][]) put(out, key, read(item));
        return out;
      }
    }
  };
  const read = (node: unknown): unknown => {
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) {
      for (let at = 0; at < node.length; at += 1) {
        const item: unknown = node[at];
        if (typeof item === "object" && item !== null) node[at] = read(item);
      }
      return node;
    }
    const record = node as Record<string, unknown>;
    if (Object.hasOwn(record, TAG)) return readTagged(record);
    for (const key of Object.keys(record)) {
      const item = record[key];
      if (typeof item === "object" && item !== null) put(record, key, read(item));
    }
    return record;
  };

  return {
    encode: (value) => JSON.stringify(write(value, new Set())),
    decode: (text) => read(JSON.parse(text)),
  };
}
