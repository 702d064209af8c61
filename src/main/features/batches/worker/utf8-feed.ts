import type { Reading } from "@contract";
import { isUtf8 } from "node:buffer";
import { markLength, wholeCharacters } from "./sniff.ts";

/** Text as UTF-8, and the offsets in it where something could not be read and stands as U+FFFD. */
export interface Utf8Part {
  readonly bytes: Buffer;
  readonly unreadable: readonly number[];
}

export interface Utf8Feed {
  /** The next bytes of the file; `last` once, with the end of it. */
  push(chunk: Buffer, last: boolean): Utf8Part;
}

const replacement = Buffer.from("\uFFFD");
const lf = 10;

/** Length of the longest beginning that is valid as far as it goes. */
function validLength(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  const isValid = (length: number): boolean => isUtf8(wholeCharacters(bytes.subarray(0, length)));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isValid(middle)) low = middle;
    else high = middle - 1;
  }
  return wholeCharacters(bytes.subarray(0, low)).length;
}

function repaired(bytes: Buffer): Utf8Part {
  const parts: Buffer[] = [];
  const unreadable: number[] = [];
  let length = 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(lf, from);
    let line = bytes.subarray(from, end === -1 ? bytes.length : end + 1);
    from += line.length;
    while (line.length > 0 && !isUtf8(line)) {
      const valid = validLength(line);
      add(line.subarray(0, valid));
      unreadable.push(length);
      add(replacement);
      line = line.subarray(valid + 1);
    }
    add(line);
  }
  return { bytes: Buffer.concat(parts, length), unreadable };
}

function utf8Feed(): Utf8Feed {
  let carried = Buffer.alloc(0);
  return {
    push(chunk, last) {
      const all = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
      const whole = last ? all : wholeCharacters(all);
      carried = Buffer.from(all.subarray(whole.length));
      return isUtf8(whole) ? { bytes: whole, unreadable: [] } : repaired(whole);
    },
  };
}

function decodingFeed(encoding: Exclude<Reading["encoding"], "utf-8">): Utf8Feed {
  const lenient = new TextDecoder(encoding, { ignoreBOM: true });
  const strict = new TextDecoder(encoding, { ignoreBOM: true, fatal: true });
  let sound = true;
  const isSound = (chunk: Buffer, last: boolean): boolean => {
    try {
      strict.decode(chunk, { stream: !last });
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  };
  return {
    push(chunk, last) {
      sound &&= isSound(chunk, last);
      const bytes = Buffer.from(lenient.decode(chunk, { stream: !last }), "utf8");
      const unreadable: number[] = [];
      for (let at = sound ? -1 : bytes.indexOf(replacement); at !== -1; at = bytes.indexOf(replacement, at + 3)) {
        unreadable.push(at);
      }
      return { bytes, unreadable };
    },
  };
}

/** Turns a file's bytes into UTF-8 without its byte order mark. Nothing is guessed: what cannot be read is told. */
export function createUtf8Feed(encoding: Reading["encoding"]): Utf8Feed {
  const feed = encoding === "utf-8" ? utf8Feed() : decodingFeed(encoding);
  let begun = false;
  return {
    push(chunk, last) {
      if (begun) return feed.push(chunk, last);
      begun = chunk.length > 0;
      return feed.push(chunk.subarray(markLength(chunk, encoding)), last);
    },
  };
}
