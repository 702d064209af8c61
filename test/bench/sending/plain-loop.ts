import { Pool } from "undici";
import type { PreparedRequest } from "./outbox-room.ts";

/** The same sockets as the app's client: HTTP/1.1, one request at a time on each. */
export function openPlainPool(origin: string, concurrency: number): Pool {
  return new Pool(origin, {
    connections: concurrency,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 30_000,
    bodyTimeout: 60_000,
  });
}

export async function plainToken(tokenUrl: string): Promise<string> {
  const pool = new Pool(new URL(tokenUrl).origin);
  const { body } = await pool.request({
    method: "POST",
    path: new URL(tokenUrl).pathname,
    headers: {
      authorization: `Basic ${Buffer.from("training-client:training-secret").toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  const answer = (await body.json()) as { access_token: string };
  await pool.close();
  return answer.access_token;
}

/** What anybody would write: `concurrency` loops that take the next request, send it and read the answer. */
export async function plainLoop(
  pool: Pool,
  token: string,
  requests: readonly PreparedRequest[],
  concurrency: number,
): Promise<number> {
  const headers = { accept: "application/json", "content-type": "application/json", authorization: `Bearer ${token}` };
  let next = 0;
  let accepted = 0;
  const worker = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const answer = await pool.request({ method: "PUT", path: request.path, headers, body: request.body });
      const json = (await answer.body.json()) as { status?: string };
      if (answer.statusCode === 200 && json.status === "Success") accepted += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return accepted;
}
