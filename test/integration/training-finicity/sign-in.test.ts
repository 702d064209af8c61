import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { accountPath, authenticate, credentials, reply, send, signIn, signInTo, start } from "./client.ts";

const wrong = JSON.stringify({ ...credentials, partnerSecret: "no" });

describe("partner authentication", () => {
  it("gives a token in JSON and in XML", async () => {
    const simulator = await start();
    const json = await authenticate(simulator);
    expect(json).toMatchObject({ status: 200, type: "application/json" });
    expect(JSON.parse(json.text)).toEqual({ token: expect.stringMatching(/^[\w-]{20,}$/) });
    const body = `<credentials>
      <partnerId>${credentials.partnerId}</partnerId>
      <partnerSecret>${credentials.partnerSecret}</partnerSecret>
    </credentials>`;
    const xml = await authenticate(simulator, body, { format: "xml" });
    const token = /^<access>\n {2}<token>([\w-]+)<\/token>\n<\/access>$/.exec(xml.text)?.[1] ?? "";
    expect((await send(simulator, "GET", accountPath, { token })).status).toBe(200);
    const mixed = await authenticate(simulator, body, {
      format: "xml",
      headers: { accept: "application/json" },
    });
    expect(JSON.parse(mixed.text)).toHaveProperty("token");
  });

  it("keeps the secret out of the ledger", async () => {
    const simulator = await start();
    await authenticate(simulator);
    const [line] = simulator.ledger.entries();
    expect(line).toMatchObject({ route: "token", bodySha256: "", tokenId: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(JSON.stringify(line)).not.toContain(credentials.partnerSecret);
  });

  it.each([
    [wrong, 401, 10001],
    [JSON.stringify({ ...credentials, partnerId: "other" }), 401, 10001],
    ["{}", 400, 10005],
    ['{"partnerId":"training-partner"}', 400, 10005],
    ["{", 400, 14020],
    [JSON.stringify({ ...credentials, more: "x" }), 400, 14020],
  ])("refuses %s", async (body, status, code) => {
    const answer = await authenticate(await start(), body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ code });
  });

  it("needs the application key, in words for a wrong one", async () => {
    const simulator = await start();
    const missing = await authenticate(simulator, undefined, { headers: { "finicity-app-key": null } });
    expect([missing.status, JSON.parse(missing.text).code]).toEqual([401, 10026]);
    const other = await authenticate(simulator, undefined, { headers: { "finicity-app-key": "x" } });
    expect(other).toMatchObject({ status: 401, type: "text/plain", text: "Invalid (Finicity-App-Key)" });
    expect(simulator.failedAuthentications()).toBe(0);
  });

  it("locks the partner after five failures in a row, until support opens it", async () => {
    const simulator = await start();
    for (let turn = 0; turn < 4; turn += 1) await authenticate(simulator, wrong);
    expect((await authenticate(simulator)).status).toBe(200);
    expect(simulator.failedAuthentications()).toBe(0);
    for (let turn = 0; turn < 5; turn += 1) expect((await authenticate(simulator, wrong)).status).toBe(401);
    expect(simulator.isLocked()).toBe(true);
    const locked = await authenticate(simulator);
    expect([locked.status, JSON.parse(locked.text).code]).toEqual([401, 10021]);
    simulator.unlock();
    expect((await authenticate(simulator)).status).toBe(200);
  });

  it("leaves living tokens alone when the partner is locked", async () => {
    const caller = await signIn();
    for (let turn = 0; turn < 5; turn += 1) await authenticate(caller.simulator, wrong);
    expect((await caller.call("GET", accountPath)).status).toBe(200);
  });
});

describe("tokens", () => {
  it("live two hours beside each other, and then have expired", async () => {
    let nowMs = 1_700_000_000_000;
    const caller = await signIn({ nowMs: () => nowMs });
    nowMs += 7_199_000;
    const second = await signInTo(caller.simulator);
    expect((await caller.call("GET", accountPath)).status).toBe(200);
    nowMs += 1000;
    const expired = await caller.call("GET", accountPath);
    expect([expired.status, JSON.parse(expired.text).code]).toEqual([401, 10023]);
    expect((await second.call("GET", accountPath)).status).toBe(200);
    caller.simulator.expireTokens();
    expect((await second.call("GET", accountPath)).status).toBe(401);
  });

  it.each([
    [{ "finicity-app-token": null }, 10024],
    [{ "finicity-app-token": "x" }, 10022],
    [{ "finicity-app-key": null }, 10026],
  ])("are needed on every call: %j", async (headers, code) => {
    const caller = await signIn();
    const answer = await caller.call("GET", accountPath, { headers });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([401, code]);
    const xml = await caller.call("GET", accountPath, { headers, format: "xml" });
    expect(xml.text).toContain(`<code>${code}</code>`);
  });
});

describe("a POST", () => {
  it("without a body must say that its length is 0", async () => {
    const caller = await signIn();
    const headers = {
      accept: "application/json",
      "finicity-app-key": "training-app-key",
      "finicity-app-token": caller.token,
    };
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${caller.simulator.origin}/aggregation/v1/customers/41442/accounts`, {
        method: "POST",
        headers,
      });
      sent.removeHeader("content-length");
      sent.useChunkedEncodingByDefault = false;
      sent.on("response", (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on("error", reject);
      sent.end();
    });
    expect(status).toBe(411);
    expect(caller.simulator.aggregator.running()).toEqual([]);
    const framed = await reply(await send(caller.simulator, "POST", "/aggregation/v1/customers/41442/accounts", {
      token: caller.token,
    }));
    expect(framed.status).toBe(200);
  });
});
