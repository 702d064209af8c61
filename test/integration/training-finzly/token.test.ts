import { describe, expect, it } from "vitest";
import { askToken, basic, clientId, clientSecret, payroll, reply, signIn, start } from "./client.ts";

const bodyStyle = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };

describe("the token endpoint", () => {
  it("issues a token for Basic and for body credentials, in the documented form", async () => {
    const simulator = await start({ tokenLifetimeS: 30 });
    for (const answer of [await askToken(simulator), await askToken(simulator, bodyStyle, {})]) {
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text)).toEqual({
        access_token: expect.stringMatching(/^[\w-]{40,}$/),
        expires_in: 30,
        refresh_expires_in: 30,
        refresh_token: expect.any(String),
        token_type: "bearer",
      });
    }
  });

  it("understands form-encoded credentials in Basic, and a secret with a colon", async () => {
    const simulator = await start({ clientId: "a b", clientSecret: "p:w%" });
    const encoded = basic("a+b", "p%3Aw%25");
    expect((await askToken(simulator, undefined, { authorization: encoded })).status).toBe(200);
    expect((await askToken(simulator, undefined, { authorization: basic("a b", "p:w%") })).status).toBe(200);
  });

  const basicStyle = { grant_type: "client_credentials" };
  const twice = "grant_type=client_credentials&grant_type=x";

  it.each([
    ["a wrong secret", basicStyle, { authorization: basic(clientId, "x") }, 401, "invalid_client"],
    ["no credentials", basicStyle, {}, 401, "invalid_client"],
    ["a wrong secret in the body", { ...bodyStyle, client_secret: "x" }, {}, 401, "invalid_client"],
    ["another grant", { grant_type: "password" }, { authorization: basic() }, 400, "unsupported_grant_type"],
    ["no grant", { scope: "roles" }, { authorization: basic() }, 400, "invalid_request"],
    ["both ways at once", bodyStyle, { authorization: basic() }, 400, "invalid_request"],
    ["a parameter twice", twice, { authorization: basic() }, 400, "invalid_request"],
  ])("refuses %s", async (_name, form, headers, status, error) => {
    const simulator = await start();
    const answer = await askToken(simulator, form, headers);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({ error, error_description: expect.any(String) });
  });

  it("refuses JSON and GET", async () => {
    const simulator = await start();
    const json = { authorization: basic(), "content-type": "application/json" };
    expect((await askToken(simulator, '{"grant_type":"client_credentials"}', json)).status).toBe(415);
    expect((await fetch(simulator.tokenUrl)).status).toBe(405);
  });

  it("never writes a secret or a token into the ledger", async () => {
    const simulator = await start();
    const issued: { access_token: string } = JSON.parse((await askToken(simulator, bodyStyle, {})).text);
    const [line] = simulator.ledger.entries();
    expect(line).toMatchObject({ route: "token", bodySha256: "", bodyComplete: true, status: 200 });
    const written = JSON.stringify(simulator.ledger.entries());
    expect(written).not.toContain(clientSecret);
    expect(written).not.toContain(issued.access_token);
  });
});

describe("a bearer token", () => {
  const path = `/v2/customers/${payroll.customerUID}`;

  it("is needed: without one, with a wrong one or with Basic the answer is an empty 401", async () => {
    const { simulator } = await signIn();
    for (const authorization of [undefined, "Bearer nonsense", basic()]) {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await reply(await fetch(`${simulator.apiBaseUrl}${path}`, { headers }));
      expect(answer).toMatchObject({ status: 401, text: "" });
    }
  });

  it("dies when its lifetime is over, to the millisecond", async () => {
    let nowMs = 1_000_000;
    const caller = await signIn({ tokenLifetimeS: 60, nowMs: () => nowMs });
    nowMs += 59_999;
    expect((await caller.call("GET", path)).status).toBe(200);
    nowMs += 1;
    expect(await caller.call("GET", path)).toMatchObject({ status: 401, text: "" });
    expect(caller.lastLine()).toMatchObject({ status: 401, applied: false });
  });

  it("dies when all tokens are expired, and an unsigned update is not applied", async () => {
    const caller = await signIn();
    caller.simulator.expireTokens();
    expect((await caller.put({ accountName: "Never" })).status).toBe(401);
    expect(caller.stored().accountName).toBe("Payroll Clearing");
    expect(caller.lastLine()).toMatchObject({ applied: false, status: 401, bodyComplete: true });
  });
});
