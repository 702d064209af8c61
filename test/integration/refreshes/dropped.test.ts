import { createServer, connect, type Socket } from "node:net";
import { describe, it, type TestContext } from "vitest";
import {
  refreshWays, startRefreshesSimulator, type RefreshesSimulator, type RefreshFault, type RefreshWay,
} from "../../support/refreshes-provider.ts";
import {
  openRefreshesRoom, printed, type RefreshesRoom, type RefreshesRoomOptions,
} from "../../support/refreshes-room.ts";

type AtEnd = TestContext["onTestFinished"];

interface Cut {
  /** Bytes of the refresh's request, or of its answer, that get through before the line is cut. */
  readonly side: "request" | "answer";
  readonly afterBytes: number;
}

/** A line to the provider that is cut in the middle of every refresh and leaves all else alone. */
async function cutLine({ origin, refreshLine }: RefreshesSimulator, cut: Cut, atEnd: AtEnd): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(origin).port), "127.0.0.1");
    for (const socket of [client, upstream]) sockets.add(socket.on("error", () => socket.destroy()));
    let head = "";
    const counts = { request: 0, answer: 0 };
    const pass = (side: Cut["side"], to: Socket, chunk: Buffer): void => {
      if (side === "request" && head.length < 200) head += chunk.toString("latin1");
      const strikes = refreshLine.test(head) && side === cut.side;
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
  atEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

async function open(options: RefreshesRoomOptions, atEnd: AtEnd): Promise<RefreshesRoom> {
  const room = await openRefreshesRoom(options);
  atEnd(room.dispose);
  return room;
}

async function openCut(way: RefreshWay, cut: Cut, atEnd: AtEnd): Promise<RefreshesRoom> {
  const simulator = await startRefreshesSimulator(way);
  atEnd(simulator.close);
  const origin = await cutLine(simulator, cut, atEnd);
  return await open({ simulator, origin, connection: { refreshTimeoutMs: 500, refreshGiveUpMs: 1500 } }, atEnd);
}

const ends = ["succeeded", "partly-succeeded", "failed", "given-up"] as const;
const balanceOf = ({ simulator }: RefreshesRoom): number | undefined =>
  simulator.aggregator.account(printed.customerId, printed.accountId)?.balanceMinor;

const everywhere: readonly (readonly [RefreshFault, (typeof ends)[number]])[] = [
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
  ["empty-body", "given-up"],
  ["html-body", "given-up"],
  ["never-ends", "given-up"],
  ["unavailable", "failed"],
  ["too-many-requests", "failed"],
  ["unauthorized", "failed"],
  ["refused-404", "failed"],
];
const finicityOnly: typeof everywhere = [
  ["already-running", "given-up"],
  ["challenge", "failed"],
  ["aggregation-code", "failed"],
];
const faultsOf: Readonly<Record<RefreshWay, typeof everywhere>> = {
  signzy: [...everywhere, ["bad-gateway", "given-up"]],
  finicity: [...everywhere, ...finicityOnly],
  "finicity-login": [...everywhere, ...finicityOnly],
};

describe.each(refreshWays)("a refresh whose connection drops (%s)", (way) => {
  it.concurrent.for([0, 1, 40, 120, 200, 250, 300])(
    "after %i bytes of its request ends as what really happened",
    async (afterBytes, { expect, onTestFinished }) => {
      const room = await openCut(way, { side: "request", afterBytes }, onTestFinished);
      const before = balanceOf(room);
      const ended = await room.until(room.ask(), ...ends);
      const reached = balanceOf(room) !== before;
      expect(ended.state).toBe(reached ? "succeeded" : "given-up");
      expect(room.simulator.refreshesStarted()).toBe(reached ? 1 : 0);
    },
  );

  it.concurrent.for([0, 1, 60, 150, 400, 1500])(
    "after %i bytes of its answer ends as succeeded",
    async (afterBytes, { expect, onTestFinished }) => {
      const room = await openCut(way, { side: "answer", afterBytes }, onTestFinished);
      const before = balanceOf(room);
      const ended = await room.until(room.ask(), ...ends);
      expect(ended.state).toBe("succeeded");
      expect(ended.events.map(({ kind }) => kind)).toContain("no-answer");
      expect(balanceOf(room)).not.toBe(before);
      expect(room.simulator.refreshPosts()).toBe(1);
    },
  );

  it.concurrent.for(faultsOf[way])(
    "at the fault %s ends as %s after one POST",
    async ([kind, state], { expect, onTestFinished }) => {
      const giveUp = state === "given-up" ? 400 : 20_000;
      const refreshTimeoutMs = state === "failed" ? 15_000 : 300;
      const connection = { refreshTimeoutMs, refreshGiveUpMs: giveUp };
      const room = await open({ way, connection }, onTestFinished);
      room.simulator.strike({ kind, ...(kind === "late-apply" ? { delayMs: 400 } : {}) });
      const ended = await room.until(room.ask(), ...ends);
      expect(ended.state).toBe(state);
      expect(room.simulator.refreshPosts()).toBe(1);
    },
  );
});
