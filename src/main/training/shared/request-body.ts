import type { IncomingMessage } from "node:http";

export interface RequestBody {
  readonly bytes: Buffer;
  /** False when the connection broke before the end. */
  readonly complete: boolean;
  /** True when more than the limit came; the rest was read and dropped. */
  readonly tooLarge: boolean;
}

/** Reads a request body to its end or to the break of the connection, keeping at most `limitBytes`. Never rejects. */
export function readRequestBody(request: IncomingMessage, limitBytes: number): Promise<RequestBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;
    const finish = (complete: boolean): void => {
      resolve({ bytes: Buffer.concat(chunks), complete, tooLarge: received > limitBytes });
    };
    request.on("data", (chunk: Buffer) => {
      received += chunk.length;
      if (received <= limitBytes) chunks.push(chunk);
    });
    request.on("end", () => finish(request.complete));
    request.on("error", () => finish(false));
    request.on("close", () => finish(request.complete));
  });
}
