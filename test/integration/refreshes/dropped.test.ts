import { createServer, connect, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { FaultKind } from "../../../src/main/training/signzy/index.ts";
import { openRefreshesRoom, printed, type RefreshesRoom } from "../../support/refreshes-room.ts";

const rooms: RefreshesRoom[] = [];
const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.dispose();
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

interface Cut {
  /** Bytes of the refresh's request, or of its answer, that get through before the line is cut. */
  readonly side: "request" | "answer";
  readonly afterBytes: number;
}

/** A line to the provider that is cut in the middle of every refresh and leaves all else alone. */
async function cutLine(targetPort: number, cut: Cut): Promise<string> {
  const server = createServer((client) => {
    const upstream = connect(targetPort, "127.0.0.1");
    for (const socket of [client, upstream]) sockets.add(socket.on("error", () => socket.destroy()));
    let head = "";
    const counts = { request: 0, answer: 0 };
    const pass = (side: Cut["side"], to: Socket, chunk: Buffer): void => {
      if (side === "request" && head.length < 100) head += chunk.toString("latin1");
      const strikes = head.includes("refresh-customer") && side === cut.side;
      const left = strikes ? cut.afterBytes - counts[side] : chunk.length;
      counts[side] += chunk.length;
      if (chunk.length <= left) return void to.write(chunk);
      to.write(chunk.subarray(0, Math.max(0, left)), () => {
        client.destroy();
        upstream.end();
      });
    };
    client.on("data", (chunk) => pass("request", upstream, chunk));
    upstream.on("data", (chunk) => pass("answer", client, chunk));
    client.on("close", () => upstream.end());
    upstream.on("close", () => client.end());
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

async function openCut(cut: Cut): Promise<RefreshesRoom> {
  const plain = await openRefreshesRoom();
  rooms.push(plain);
  const origin = await cutLine(Number(new URL(plain.simulator.origin).port), cut);
  const connection = { refreshTimeoutMs: 500, refreshGiveUpMs: 400 };
  const room = await openRefreshesRoom({ simulator: plain.simulator, origin, connection });
  rooms.unshift(room);
  return room;
}

const ends = ["succeeded", "partly-succeeded", "failed", "given-up"] as const;
const balanceOf = ({ simulator }: RefreshesRoom): number | undefined =>
  simulator.aggregator.account(printed.customerId, printed.accountId)?.balanceMinor;

describe("a refresh whose connection drops", () => {
  it.each([0, 1, 40, 120, 200, 250, 300])("after %i bytes of its request ends as what really happened", async (afterBytes) => {
    const room = await openCut({ side: "request", afterBytes });
    const before = balanceOf(room);
    const ended = await room.until(room.ask(), ...ends);
    const reached = balanceOf(room) !== before;
    expect(ended.state).toBe(reached ? "succeeded" : "given-up");
    expect(room.simulator.ledger.entries().filter(({ route, applied }) => route === "refresh" && applied).length)
      .toBe(reached ? 1 : 0);
  });

  it.each([0, 1, 60, 150, 400, 1500])("after %i bytes of its answer ends as succeeded", async (afterBytes) => {
    const room = await openCut({ side: "answer", afterBytes });
    const before = balanceOf(room);
    const ended = await room.until(room.ask(), ...ends);
    expect(ended.state).toBe("succeeded");
    expect(ended.events.map(({ kind }) => kind)).toContain("no-answer");
    expect(balanceOf(room)).not.toBe(before);
    expect(room.simulator.refreshPosts()).toBe(1);
  });

  const kinds: readonly (readonly [FaultKind, (typeof ends)[number]])[] = [
    ["hang-after", "succeeded"],
    ["reset-after", "succeeded"],
    ["late-apply", "succeeded"],
    ["accepted", "succeeded"],
    ["no-content", "succeeded"],
    ["request-timeout", "succeeded"],
    ["gateway-timeout", "succeeded"],
    ["server-error-after", "succeeded"],
    ["server-error-html-after", "succeeded"],
    ["empty-body-after", "succeeded"],
    ["html-body-after", "succeeded"],
    ["truncated-json", "succeeded"],
    ["truncated-chunked", "succeeded"],
    ["slow-body", "succeeded"],
    ["huge-body", "succeeded"],
    ["duplicate-keys", "succeeded"],
    ["wrong-content-type", "succeeded"],
    ["hang-before", "given-up"],
    ["reset-before", "given-up"],
    ["server-error", "given-up"],
    ["bad-gateway", "given-up"],
    ["empty-body", "given-up"],
    ["html-body", "given-up"],
    ["never-ends", "given-up"],
    ["unavailable", "failed"],
    ["too-many-requests", "failed"],
    ["unauthorized", "failed"],
    ["refused-404", "failed"],
  ];
  it.each(kinds)("at the fault %s ends as %s after one POST", async (kind, state) => {
    const late = kind === "late-apply";
    const giveUp = state === "given-up" ? 400 : 20_000;
    const room = await openRefreshesRoom({ connection: { refreshTimeoutMs: 300, refreshGiveUpMs: giveUp } });
    rooms.push(room);
    room.simulator.faults.set({ kind, route: "refresh", ...(late ? { delayMs: 400 } : {}) });
    const ended = await room.until(room.ask(), ...ends);
    expect(ended.state).toBe(state);
    expect(room.simulator.refreshPosts()).toBe(1);
  });
});
