import { describe, expect, it } from "vitest";
import { must, post, printed, start, staticToken, user } from "./client.ts";

const body = { customerId: printed.customerId };

async function tokenOf(loginUrl: string): Promise<string> {
  const answer: { id: string } = JSON.parse((await post(loginUrl, user)).text);
  return answer.id;
}

describe("the token", () => {
  it.each([
    ["raw", staticToken, 200],
    ["with Bearer", `Bearer ${staticToken}`, 401],
    ["of the other environment", "training-production-token", 401],
    ["missing", null, 401],
  ])("%s", async (_name, token, status) => {
    const simulator = await start();
    const answer = await post(simulator.accountsUrl, body, { token });
    expect(answer.status).toBe(status);
    expect((await post(simulator.refreshUrl, body, { token })).status).toBe(status);
    const known = simulator.ledger.entries().filter(({ tokenId }) => tokenId !== undefined);
    expect(known).toHaveLength(status === 200 ? 2 : 0);
    expect(JSON.stringify(simulator.ledger.entries())).not.toContain(staticToken);
  });

  it("of production works in production", async () => {
    const simulator = await start({ environment: "production" });
    expect((await post(simulator.accountsUrl, body, { token: "training-production-token" })).status).toBe(200);
    expect((await post(simulator.accountsUrl, body, { token: staticToken })).status).toBe(401);
  });
});

describe("logging in", () => {
  it("gives a token for two hours, which a logout ends before", async () => {
    let nowMs = 1_700_000_000_000;
    const simulator = await start({ nowMs: () => nowMs, signIn: "login" });
    const answer = await post(simulator.loginUrl, user);
    expect(JSON.parse(answer.text)).toEqual({
      id: expect.stringMatching(/^[\w-]{40,}$/),
      ttl: 7200,
      created: "2023-11-14T22:13:20.000Z",
      userId: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
    const [first, second] = [await tokenOf(simulator.loginUrl), await tokenOf(simulator.loginUrl)];
    expect((await post(simulator.accountsUrl, body, { token: first })).status).toBe(200);
    expect((await post(simulator.accountsUrl, body, { token: staticToken })).status).toBe(401);
    const logout = `${simulator.logoutUrl}?access_token=${first}`;
    expect(await post(logout, "")).toMatchObject({ status: 204, text: "" });
    expect((await post(logout, "")).status).toBe(401);
    expect((await post(simulator.accountsUrl, body, { token: first })).status).toBe(401);
    nowMs += 7_199_999;
    expect((await post(simulator.accountsUrl, body, { token: second })).status).toBe(200);
    nowMs += 1;
    expect((await post(simulator.accountsUrl, body, { token: second })).status).toBe(401);
  });

  it("locks the user after five failures in a row", async () => {
    const simulator = await start();
    const wrong = { ...user, password: "no" };
    for (let turn = 0; turn < 4; turn += 1) expect((await post(simulator.loginUrl, wrong)).status).toBe(401);
    expect(simulator.failedLogins()).toBe(4);
    expect((await post(simulator.loginUrl, user)).status).toBe(200);
    for (let turn = 0; turn < 5; turn += 1) await post(simulator.loginUrl, wrong);
    expect(simulator.isLocked()).toBe(true);
    expect((await post(simulator.loginUrl, user)).status).toBe(403);
    simulator.unlock();
    expect((await post(simulator.loginUrl, user)).status).toBe(200);
  });

  it("is not there for those who hold a static token, and refuses odd bodies", async () => {
    const closed = await start({ signIn: "static-token" });
    expect((await post(closed.loginUrl, user)).status).toBe(404);
    const simulator = await start();
    expect((await post(simulator.loginUrl, "{")).status).toBe(422);
    expect((await post(simulator.loginUrl, { username: "a" })).status).toBe(422);
    expect((await post(simulator.loginUrl, { ...user, more: "x" })).status).toBe(400);
    expect(simulator.failedLogins()).toBe(0);
    const token = await tokenOf(simulator.loginUrl);
    simulator.expireTokens();
    expect((await post(simulator.accountsUrl, body, { token })).status).toBe(401);
    expect((await post(simulator.accountsUrl, body, { token: staticToken })).status).toBe(200);
  });

  it("keeps passwords and tokens out of the ledger", async () => {
    const simulator = await start();
    const token = await tokenOf(simulator.loginUrl);
    const line = must(simulator.ledger.entries()[0]);
    expect(line).toMatchObject({ route: "login", bodySha256: "", tokenId: expect.stringMatching(/^[0-9a-f]{12}$/) });
    await post(`${simulator.logoutUrl}?access_token=${token}`, "");
    const kept = JSON.stringify(simulator.ledger.entries());
    for (const secret of [user.password, token]) expect(kept).not.toContain(secret);
  });
});
