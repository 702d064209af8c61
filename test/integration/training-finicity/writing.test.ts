import { describe, expect, it } from "vitest";
import { accountPath, customerPath, signIn, type CallOptions } from "./client.ts";

const both: readonly (readonly [string, CallOptions])[] = [
  ["JSON", { body: '{ "number": "ACCT_NUMBER", "name": "ACCT & NAME" }' }],
  ["XML", {
    format: "xml",
    body: "<account>\n<number>ACCT_NUMBER</number>\n<name>ACCT &amp; NAME</name>\n</account>",
  }],
];

describe("modifying an account", () => {
  it.each(both)("changes number and name in %s and answers 204 without a body", async (_format, options) => {
    const caller = await signIn({ nowMs: () => 1_700_000_000_500 });
    const answer = await caller.call("PUT", accountPath, options);
    expect(answer).toMatchObject({ status: 204, text: "" });
    expect(caller.stored()).toMatchObject({
      number: "ACCT_NUMBER",
      name: "ACCT & NAME",
      lastUpdatedDateS: 1_700_000_000,
    });
    expect(caller.lastLine()).toMatchObject({ route: "accounts.modify", applied: true, bodyText: options.body });
    const xml = await caller.call("GET", accountPath, { format: "xml" });
    expect(xml.text).toContain("<name>ACCT &amp; NAME</name>");
  });

  it("changes one field and leaves the other", async () => {
    const caller = await signIn();
    await caller.call("PUT", accountPath, { body: '{"name":"Only"}' });
    expect(caller.stored()).toMatchObject({ name: "Only", number: "4400-123456-32765" });
  });

  it("takes a masked number for a new number, and an empty modification for nothing", async () => {
    const caller = await signIn();
    expect((await caller.call("PUT", accountPath, { body: "{}" })).status).toBe(204);
    expect(caller.stored()).toMatchObject({ name: "Checking", lastUpdatedDateS: 1_422_421_087 });
    await caller.call("PUT", accountPath, { body: '{"number":"XXXX-XXXXXX-32765"}' });
    expect(caller.stored().number).toBe("XXXX-XXXXXX-32765");
  });

  it.each([
    ['{"balance":"1"}', 400, 14020],
    ['{"name":7}', 400, 14020],
    ['{"name":null}', 400, 14020],
    ['{"name":"  "}', 400, 14020],
    ['{"name":"a","name":"b"}', 400, 14020],
    ['["name"]', 400, 14020],
    ['{"name":"a",}', 400, 14020],
  ])("refuses %s", async (body, status, code) => {
    const caller = await signIn();
    const answer = await caller.call("PUT", accountPath, { body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ code });
    expect(caller.stored().name).toBe("Checking");
    expect(caller.lastLine().applied).toBe(false);
  });

  it.each([
    "<account><name>a</name><name>b</name></account>",
    "<accounts><name>a</name></accounts>",
    "<account><name><b>a</b></name></account>",
    '<account id="1"><name>a</name></account>',
    '<!DOCTYPE account [<!ENTITY a "b">]><account><name>&a;</name></account>',
    "<account><name>&unknown;</name></account>",
    "<account><name>a & b</name></account>",
    "<account><name>a&#0;b</name></account>",
    "<account><name>a</name>",
    "<account><balance>1</balance></account>",
  ])("refuses the XML %s", async (body) => {
    const caller = await signIn();
    const answer = await caller.call("PUT", accountPath, { format: "xml", body });
    expect(answer).toMatchObject({ status: 400, type: "application/xml" });
    expect(answer.text).toContain("<code>14020</code>");
    expect(caller.stored().name).toBe("Checking");
  });

  it("needs a content type it knows, a body and an account", async () => {
    const caller = await signIn();
    const text = { body: '{"name":"a"}', headers: { "content-type": "text/plain" } };
    expect((await caller.call("PUT", accountPath, text)).status).toBe(415);
    expect((await caller.call("PUT", accountPath)).status).toBe(400);
    expect((await caller.call("PUT", `${accountPath}9`, { body: '{"name":"a"}' })).status).toBe(404);
    const wrongFormat = { body: "<account><name>a</name></account>" };
    expect((await caller.call("PUT", accountPath, wrongFormat)).status).toBe(400);
    const noAccept = { body: '{"name":"a"}', headers: { accept: "*/*" } };
    expect((await caller.call("PUT", accountPath, noAccept)).status).toBe(204);
  });
});

describe("deleting an account", () => {
  it.each(["json", "xml"] as const)("removes it for a client of %s", async (format) => {
    const caller = await signIn();
    expect(await caller.call("DELETE", accountPath, { format })).toMatchObject({ status: 204, text: "" });
    expect(caller.lastLine()).toMatchObject({ route: "accounts.delete", applied: true });
    expect((await caller.call("GET", accountPath)).status).toBe(404);
    expect(await caller.read(`${customerPath}/accounts`)).toMatchObject({ accounts: [{ id: "5027" }] });
    expect((await caller.call("DELETE", accountPath)).status).toBe(404);
  });

  it("accepts the empty body that the documents send", async () => {
    const caller = await signIn();
    expect((await caller.call("DELETE", accountPath, { body: "" })).status).toBe(204);
  });
});
