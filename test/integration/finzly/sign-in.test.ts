import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { FinzlyConnection } from "../../../src/preload/contract/index.ts";
import { silentLog } from "../../../src/main/core/log.ts";
import { connectFinzly } from "../../../src/main/providers/finzly/client.ts";
import { bluefin, never, startRig, testConnection, trainingSecrets, turnableClock, type Rig } from "./finzly-rig.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function rigOf(...given: Parameters<typeof startRig>): Promise<Rig> {
  const rig = await startRig(...given);
  endings.push(rig.close);
  return rig;
}
const tokenFetches = (rig: Rig): number =>
  rig.simulator.ledger.entries().filter((entry) => entry.route === "token").length;

describe("signing in", () => {
  it.each<FinzlyConnection["clientAuth"]>(["basic", "body"])("works with the secrets in the %s", async (clientAuth) => {
    const rig = await rigOf({ connection: { clientAuth } });
    expect(await rig.provider.signIn(never)).toBeUndefined();
  });

  it.each<FinzlyConnection["clientAuth"]>(["basic", "body"])("carries secrets of any characters (%s)", async (clientAuth) => {
    const secrets = { clientId: "bank:key +ü", clientSecret: "p%&=:?/ w" };
    const rig = await rigOf({ simulator: secrets, connection: { clientAuth }, secrets });
    expect(await rig.provider.signIn(never)).toBeUndefined();
  });

  it("fetches one token for twenty callers at once", async () => {
    const rig = await rigOf();
    const results = await Promise.all(Array.from({ length: 20 }, () => rig.provider.signIn(never)));
    expect(results).toEqual(Array.from({ length: 20 }, () => undefined));
    expect(tokenFetches(rig)).toBe(1);
  });

  it("trusts expires_in: keeps the token until shortly before its end, then fetches another", async () => {
    const rig = await rigOf({ simulator: { tokenLifetimeS: 1000 } });
    await rig.provider.signIn(never);
    rig.clock.forward(960_000);
    await rig.provider.signIn(never);
    expect(tokenFetches(rig)).toBe(1);
    rig.clock.forward(15_000);
    await rig.provider.signIn(never);
    expect(tokenFetches(rig)).toBe(2);
  });

  it("does not send with a dead token", async () => {
    const rig = await rigOf({ simulator: { tokenLifetimeS: 10 } });
    await rig.provider.signIn(never);
    rig.clock.forward(10_001);
    const prepared = rig.provider.prepareUpdate(bluefin, { reason: "x" }, "USD");
    expect(await rig.provider.write(prepared, never)).toMatchObject({ kind: "not-sent", reason: "sign-in-down" });
    expect(rig.simulator.ledger.entries().map((entry) => entry.route)).toEqual(["token"]);
  });

  it("many changes that meet an ended token cost one fresh token, not one each", async () => {
    const rig = await rigOf();
    await rig.provider.signIn(never);
    rig.simulator.expireTokens();
    const prepared = rig.provider.prepareUpdate(bluefin, { reason: "x" }, "USD");
    const again = async (): Promise<string> => {
      const first = await rig.provider.write(prepared, never);
      if (first.kind !== "unauthorized") return first.kind;
      rig.provider.forgetToken();
      await rig.provider.signIn(never);
      return (await rig.provider.write(prepared, never)).kind;
    };
    const kinds = await Promise.all(Array.from({ length: 20 }, again));
    expect(new Set(kinds)).toEqual(new Set(["accepted"]));
    expect(tokenFetches(rig)).toBe(2);
  });

  it("says that the sign-in was refused, without the secret", async () => {
    const rig = await rigOf({ secrets: { ...trainingSecrets, clientSecret: "wrong-secret" } });
    const trouble = await rig.provider.signIn(never);
    expect(trouble).toMatchObject({ kind: "not-sent", reason: "sign-in" });
    expect(JSON.stringify([trouble, rig.logged])).not.toContain("wrong-secret");
  });

  it.each([
    ["too-many-requests", "busy", undefined],
    ["unavailable", "busy", undefined],
    ["server-error-html", "not-sent", "sign-in-down"],
    ["html-body", "not-sent", "sign-in-down"],
    ["empty-body", "not-sent", "sign-in-down"],
    ["hang-before", "not-sent", "sign-in-down"],
    ["reset-before", "not-sent", "sign-in-down"],
    ["truncated-json", "not-sent", "sign-in-down"],
    ["wrong-content-type", "not-sent", "sign-in-down"],
    ["refused-400", "not-sent", "sign-in"],
  ] as const)("a token answer of kind %s leaves the change unsent (%s %s)", async (kind, outcome, reason) => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "token", kind });
    const trouble = await rig.provider.signIn(never);
    expect(trouble?.kind).toBe(outcome);
    if (trouble?.kind === "not-sent") expect(trouble.reason).toBe(reason);
    expect(await rig.provider.signIn(never)).toBeUndefined();
  });

  it("a caller who gives up does not take the token from the others", async () => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "token", kind: "latency", delayMs: 150 });
    const stop = new AbortController();
    const [impatient, patient] = [rig.provider.signIn(stop.signal), rig.provider.signIn(never)];
    stop.abort();
    expect(await impatient).toMatchObject({ kind: "not-sent" });
    expect(await patient).toBeUndefined();
    expect(tokenFetches(rig)).toBe(1);
  });
});

describe("a redirect", () => {
  it("is never followed: neither the body nor the secret reaches the other host", async () => {
    const reached: string[] = [];
    const listen = async (
      answer: (request: IncomingMessage) => [number, Record<string, string>, string],
    ): Promise<string> => {
      const server = createServer((request, response) => {
        const [status, headers, body] = answer(request);
        request.resume().on("end", () => response.writeHead(status, headers).end(body));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      endings.push(async () => {
        server.closeAllConnections();
        server.close();
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const thief = await listen((request) => {
      reached.push(`${request.method} ${request.url}`);
      return [
        200,
        { "content-type": "application/json" },
        `{"status":"Success","access_token":"x","token_type":"bearer"}`,
      ];
    });
    let redirectToken = true;
    const provider = await listen((request) => {
      if (request.url === "/token" && !redirectToken) {
        return [
          200,
          { "content-type": "application/json" },
          `{"access_token":"abc","token_type":"bearer","expires_in":600}`,
        ];
      }
      return [307, { location: `${thief}/stolen` }, ""];
    });
    const network = { trusted: () => [], proxyFor: async () => "DIRECT", clock: turnableClock(), log: silentLog };
    const connection = testConnection({ apiBaseUrl: `${provider}/api`, tokenUrl: `${provider}/token` });
    const finzly = connectFinzly(connection, trainingSecrets, network);
    endings.push(() => finzly.close());

    expect(await finzly.signIn(never)).toMatchObject({ kind: "not-sent", reason: "sign-in-down" });
    redirectToken = false;
    expect(await finzly.signIn(never)).toBeUndefined();
    const prepared = finzly.prepareUpdate(bluefin, { reason: "x" }, "USD");
    expect(await finzly.write(prepared, never)).toMatchObject({ kind: "unknown", httpStatus: 307 });
    await expect(finzly.readCustomer("1", never)).rejects.toMatchObject({ code: "provider-changed" });
    expect(reached).toEqual([]);
  });
});
