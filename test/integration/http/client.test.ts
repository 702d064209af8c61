import { afterEach, describe, expect, it } from "vitest";
import type { HttpClient, HttpRequest } from "../../../src/main/http/client.ts";
import { HttpFailure } from "../../../src/main/http/http-failure.ts";
import { clientFor, pem, plainServer, rawServer, secureServer, tunnelProxy, type Ended } from "./servers.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});
async function kept<T extends Ended>(made: Promise<T>): Promise<T> {
  const thing = await made;
  endings.push(thing.end);
  return thing;
}
function client(...given: Parameters<typeof clientFor>): HttpClient {
  const made = clientFor(...given);
  endings.push(() => made.close());
  return made;
}

const get = (origin: string, over: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "GET",
  origin,
  path: "/",
  headers: {},
  signal: new AbortController().signal,
  ...over,
});

async function failureOf(work: Promise<unknown>): Promise<HttpFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof HttpFailure)) throw new Error(`Expected a failure of the exchange, got ${String(error)}`);
  return error;
}

describe("before anything is sent", () => {
  it("tells a refused connection, an unknown name and an unknown origin apart", async () => {
    const gone = await plainServer((_request, response) => response.end());
    await gone.end();
    expect(await failureOf(client([gone.origin]).send(get(gone.origin)))).toMatchObject({
      kind: "unreachable",
      phase: "before-send",
    });
    const nowhere = "https://nothing.invalid";
    const unknownName = await failureOf(client([nowhere]).send(get(nowhere)));
    expect(unknownName).toMatchObject({ kind: "dns", phase: "before-send" });
    expect(unknownName.message).toContain("nothing.invalid");
    expect(await failureOf(client([gone.origin]).send(get("http://127.0.0.1:1")))).toMatchObject({
      kind: "refused",
      phase: "before-send",
    });
  });

  it("gives up on a host that does not take the connection", async () => {
    const stalled = await kept(rawServer(() => undefined));
    const origin = stalled.origin.replace("http://127.0.0.1", "https://localhost");
    const failure = await failureOf(client([origin], { connectTimeoutMs: 300 }).send(get(origin)));
    expect(failure).toMatchObject({ kind: "connect-timeout", phase: "before-send" });
  });

  it.each([
    ["self-signed", /signed itself.*Vostro Self Signed \(self-signed certificate\)/u],
    ["good", /issuer is not known.*Vostro Test Authority\.$/u],
  ])("refuses the certificate %s, names its issuer and sends nothing", async (certificate, words) => {
    let requests = 0;
    const server = await kept(
      secureServer(certificate, (_request, response) => {
        requests += 1;
        response.end();
      }),
    );
    const failure = await failureOf(client([server.origin]).send(get(server.origin, { method: "PUT", body: "{}" })));
    expect(failure).toMatchObject({ kind: "certificate", phase: "before-send" });
    expect(failure.message).toMatch(words);
    expect(requests).toBe(0);
  });

  it.each([
    ["other-host", /issued for another host/u],
    ["expired", /has expired/u],
  ])("refuses the certificate %s although its authority is trusted", async (certificate, words) => {
    const server = await kept(secureServer(certificate, (_request, response) => response.end()));
    const failure = await failureOf(client([server.origin], { trusted: [pem("authority")] }).send(get(server.origin)));
    expect(failure).toMatchObject({ kind: "certificate", phase: "before-send" });
    expect(failure.message).toMatch(words);
  });

  it("accepts a certificate of an authority it was told to trust", async () => {
    const server = await kept(secureServer("good", (_request, response) => response.end("fine")));
    const answer = await client([server.origin], { trusted: [pem("authority")] }).send(get(server.origin));
    expect(answer.body.toString()).toBe("fine");
  });

  it("does not speak plain text to a host that was asked for encryption, nor the other way round", async () => {
    const plain = await kept(plainServer((_request, response) => response.end()));
    const origin = plain.origin.replace("http://127.0.0.1", "https://localhost");
    expect(await failureOf(client([origin]).send(get(origin)))).toMatchObject({ kind: "tls", phase: "before-send" });
    expect(() => clientFor(["http://bank.example"])).toThrow(/https/u);
  });

  it.each(["a\r\nx: y", "a\nb", "a\u0000b", "a\u0080"])("refuses the header value %j", async (value) => {
    const server = await kept(plainServer((_request, response) => response.end()));
    const request = get(server.origin, { headers: { authorization: value } });
    expect(await failureOf(client([server.origin]).send(request))).toMatchObject({
      kind: "refused",
      phase: "before-send",
    });
  });

  it("cancelled while it waits for a connection is certain; the waiting request never leaves", async () => {
    const seen: string[] = [];
    const server = await kept(plainServer((request) => void seen.push(request.url ?? "")));
    const one = client([server.origin], { connections: 1, headersTimeoutMs: 800 });
    const stopFirst = new AbortController();
    const first = failureOf(one.send(get(server.origin, { path: "/first", signal: stopFirst.signal })));
    await expect.poll(() => seen.length).toBe(1);
    const stopSecond = new AbortController();
    const second = failureOf(
      one.send(get(server.origin, { path: "/second", method: "PUT", body: "{}", signal: stopSecond.signal })),
    );
    stopSecond.abort();
    expect(await second).toMatchObject({ kind: "cancelled", phase: "before-send" });
    stopFirst.abort();
    expect(await first).toMatchObject({ kind: "cancelled", phase: "after-send" });
    const third = failureOf(one.send(get(server.origin, { path: "/third" })));
    await expect.poll(() => seen).toEqual(["/first", "/third"]);
    await one.close();
    expect((await third).phase).toBe("after-send");
  });
});

describe("once something may have left", () => {
  it("a connection reused after an answer that breaks is never sent again by itself", async () => {
    const bodies: string[] = [];
    const server = await kept(
      rawServer((socket) => {
        socket.on("data", (bytes) => {
          bodies.push(bytes.toString().split(" ")[0] ?? "");
          if (bodies.length === 1) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
          else socket.destroy();
        });
      }),
    );
    const one = client([server.origin], { connections: 1 });
    expect((await one.send(get(server.origin))).status).toBe(200);
    const failure = await failureOf(one.send(get(server.origin, { method: "PUT", body: "{}" })));
    expect(failure).toMatchObject({ kind: "reset", phase: "after-send" });
    expect(bodies).toEqual(["GET", "PUT"]);
  });

  it("an idempotent request on a broken connection is not repeated either", async () => {
    let requests = 0;
    const server = await kept(
      rawServer((socket) =>
        socket.on("data", () => {
          requests += 1;
          socket.resetAndDestroy();
        }),
      ),
    );
    expect(await failureOf(client([server.origin]).send(get(server.origin)))).toMatchObject({
      kind: "reset",
      phase: "after-send",
    });
    expect(requests).toBe(1);
  });

  it("caps the answer, whatever it announces", async () => {
    const piece = Buffer.alloc(64 * 1024, "x");
    const server = await kept(
      plainServer((_request, response) => {
        response.writeHead(200);
        const more = (): void => {
          while (response.writable && response.write(piece));
          if (response.writable) response.once("drain", more);
        };
        more();
      }),
    );
    const failure = await failureOf(
      client([server.origin], { maxBodyBytes: 1_000_000, bodyTimeoutMs: 20_000 }).send(get(server.origin)),
    );
    expect(failure).toMatchObject({ kind: "too-large", phase: "after-send", status: 200 });
  });

  it("a body that keeps dripping ends at the body time-out, however often a byte comes", async () => {
    const server = await kept(
      plainServer((_request, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write("x"), 20);
        response.on("close", () => clearInterval(timer));
      }),
    );
    const failure = await failureOf(client([server.origin], { bodyTimeoutMs: 300 }).send(get(server.origin)));
    expect(failure).toMatchObject({ kind: "slow-body", phase: "after-send", status: 200 });
  });

  it("gives a redirect back as the answer it is", async () => {
    const server = await kept(
      plainServer((_request, response) => response.writeHead(302, { location: "/else" }).end()),
    );
    expect(await client([server.origin]).send(get(server.origin))).toMatchObject({ status: 302 });
  });
});

describe("a network with a proxy", () => {
  it("tunnels encrypted requests and checks the certificate inside the tunnel", async () => {
    const server = await kept(secureServer("other-host", (_request, response) => response.end("through")));
    const proxy = await kept(tunnelProxy(server.port));
    const origin = "https://other.example";
    const trusting = client([origin], { trusted: [pem("authority")], proxy: proxy.pac });
    expect((await trusting.send(get(origin))).body.toString()).toBe("through");
    expect(proxy.asked).toEqual(["other.example:443"]);
    const failure = await failureOf(client([origin], { proxy: proxy.pac }).send(get(origin)));
    expect(failure).toMatchObject({ kind: "certificate", phase: "before-send" });
    expect(failure.message).toContain("Vostro Test Authority");
    await trusting.close();
    await expect.poll(proxy.open).toBe(0);
  });

  it("says that the proxy refused, and never uses it for this computer's own addresses", async () => {
    const server = await kept(plainServer((_request, response) => response.end("direct")));
    const proxy = await kept(tunnelProxy(1, 407));
    const origin = "https://other.example";
    const failure = await failureOf(client([origin], { proxy: proxy.pac }).send(get(origin)));
    expect(failure).toMatchObject({ kind: "proxy", phase: "before-send", message: expect.stringContaining("sign-in") });
    const direct = await client([server.origin], { proxy: proxy.pac }).send(get(server.origin));
    expect(direct.body.toString()).toBe("direct");
    const socks = await failureOf(client([origin], { proxy: "SOCKS5 127.0.0.1:1080" }).send(get(origin)));
    expect(socks).toMatchObject({ kind: "proxy", phase: "before-send" });
  });
});
