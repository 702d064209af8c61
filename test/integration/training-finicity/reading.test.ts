import { describe, expect, it } from "vitest";
import { accountPath, allAccounts, customerPath, must, printed, signIn, type Caller } from "./client.ts";
import { printedJson, printedXml } from "./printed-samples.ts";

const documents = [
  ["all accounts", `${customerPath}/accounts`, "accounts"],
  ["accounts at an institution", `${customerPath}/institutions/101732/accounts`, "accounts"],
  ["one account", accountPath, "account"],
  ["the login form", `${accountPath}/loginForm`, "loginForm"],
] as const;

interface Listed {
  readonly accounts: readonly Readonly<Record<string, unknown>>[];
}

async function listed(caller: Caller, path: string): Promise<Listed> {
  const answer: Listed = JSON.parse((await caller.call("GET", path)).text);
  return answer;
}

describe("the printed documents", () => {
  it.each(documents)("%s in JSON", async (_name, path, document) => {
    const answer = await (await signIn()).call("GET", path);
    expect(answer).toMatchObject({ status: 200, type: "application/json", text: printedJson[document] });
  });

  it.each(documents)("%s in XML", async (_name, path, document) => {
    const answer = await (await signIn()).call("GET", path, { format: "xml" });
    expect(answer).toMatchObject({ status: 200, type: "application/xml", text: printedXml[document] });
  });
});

describe("account records", () => {
  it("mask the number, keep ids as text and the login as a number, in both formats", async () => {
    const caller = await signIn();
    const account = must(allAccounts(caller.simulator).find(({ type, wireForm, status, institutionId }) =>
      type === "brokerageAccount" && wireForm === "full" && status === "active" && institutionId !== "101732"));
    const path = `/aggregation/v1/customers/${account.customerId}/accounts/${account.id}`;
    const json = await caller.call("GET", path);
    expect(JSON.parse(json.text)).toMatchObject({
      id: account.id,
      number: expect.stringMatching(new RegExp(`^X+${account.number.slice(-4)}$`)),
      institutionLoginId: Number(account.institutionLoginId),
      lastUpdatedDate: account.lastUpdatedDateS,
      accountNumberDisplay: account.number.slice(-4),
    });
    const xml = await caller.call("GET", path, { format: "xml" });
    for (const { text } of [json, xml]) expect(text).not.toContain(account.number);
    const symbols = account.positions.map(({ symbol }) => String(symbol));
    expect(symbols.length).toBeGreaterThan(0);
    for (const symbol of symbols) expect(xml.text).toContain(`<symbol>${symbol}</symbol>`);
    expect(xml.text.match(/<position>/g)).toHaveLength(symbols.length);
  });

  it("carry decimals as written, never through a float", async () => {
    const caller = await signIn();
    caller.simulator.aggregator.changeAccount(printed.customerId, printed.accountId, {
      wireForm: "full",
      balanceMinor: 900_719_925_474_010,
      detail: { units: { decimal: "0.12345678901234567890" }, periodInterestRate: { decimal: "4.250" } },
    });
    for (const format of ["json", "xml"] as const) {
      const { text } = await caller.call("GET", accountPath, { format });
      expect(text).toContain("9007199254740.10");
      expect(text).toContain("0.12345678901234567890");
      expect(text).toContain("4.250");
    }
  });

  it("of a pending account have six fields", async () => {
    const caller = await signIn();
    const pending = must(allAccounts(caller.simulator).find(({ status }) => status === "pending"));
    const path = `/aggregation/v1/customers/${pending.customerId}/accounts/${pending.id}`;
    expect(Object.keys(Object(await caller.read(path)))).toEqual(["id", "number", "name", "balance", "type", "status"]);
    expect((await caller.call("GET", path, { format: "xml" })).text.match(/^ {2}<\w+>/gm)).toHaveLength(6);
  });

  it("come with numbers as text and a space before the type, as real ones do", async () => {
    const caller = await signIn();
    const find = async (form: string) => {
      const { customerId, id } = must(allAccounts(caller.simulator).find(({ wireForm }) => wireForm === form));
      return caller.read(`/aggregation/v1/customers/${customerId}/accounts/${id}`);
    };
    expect(await find("text-numbers")).toMatchObject({
      balance: expect.stringMatching(/^-?\d+\.\d\d$/),
      createdDate: expect.stringMatching(/^\d{10}$/),
    });
    expect(await find("spaced-type")).toMatchObject({ type: expect.stringMatching(/^ \w/) });
  });

  it("escape hostile text in XML", async () => {
    const caller = await signIn();
    caller.simulator.aggregator.changeAccount(printed.customerId, printed.accountId, { name: '<b>&"x"' });
    const { text } = await caller.call("GET", accountPath, { format: "xml" });
    expect(text).toContain("<name>&lt;b&gt;&amp;&quot;x&quot;</name>");
  });
});

describe("lists", () => {
  it("by institution leave pending accounts out; all accounts keep them", async () => {
    const caller = await signIn();
    const pending = must(allAccounts(caller.simulator).find(({ status }) => status === "pending"));
    const base = `/aggregation/v1/customers/${pending.customerId}`;
    const ids = ({ accounts }: Listed) => accounts.map(({ id }) => id);
    expect(ids(await listed(caller, `${base}/accounts`))).toContain(pending.id);
    const there = ids(await listed(caller, `${base}/institutions/${pending.institutionId}/accounts`));
    expect(there).not.toContain(pending.id);
    expect(there.length).toBeGreaterThan(0);
  });

  it.each([
    ["/aggregation/v1/customers/9/accounts", 404, 14001],
    [`${customerPath}/accounts/1`, 404, 38003],
    ["/aggregation/v1/customers/6018678884/accounts/2055", 404, 38003],
    [`${customerPath}/institutions/9/accounts`, 404, 14006],
    [`${customerPath}/institutions/102105/accounts`, 404, 38006],
    [`${customerPath}/accounts?status=closed`, 400, 10010],
    [`${accountPath}?a=1`, 400, 10010],
    [`${accountPath}0/loginForm`, 404, 38003],
  ])("refuse %s", async (path, status, code) => {
    const caller = await signIn();
    const json = await caller.call("GET", path);
    expect(json.status).toBe(status);
    expect(JSON.parse(json.text)).toMatchObject({ code, message: expect.stringMatching(/\w/) });
    const xml = await caller.call("GET", path, { format: "xml" });
    expect(xml).toMatchObject({ status, type: "application/xml" });
    expect(xml.text).toMatch(new RegExp(`^<\\?xml [^?]+\\?>\\n<error>\\s*<code>${code}</code>`));
  });

  it("of customers are searched, filtered and paged in both formats", async () => {
    const caller = await signIn();
    const base = "/aggregation/v1/customers";
    expect(await caller.read(base)).toMatchObject({ found: 50, displaying: 25, moreAvailable: true });
    const last = await caller.read(`${base}?start=41&limit=20`);
    expect(last).toMatchObject({ found: 50, displaying: 10, moreAvailable: false });
    const bluefin = { found: 1, customers: [{ id: "6018678884", username: "bluefin.payroll", type: "active" }] };
    expect(await caller.read(`${base}?search=BLUEFIN`)).toMatchObject(bluefin);
    expect(await caller.read(`${base}?username=bluefin.payroll`)).toMatchObject(bluefin);
    expect(await caller.read(`${base}?username=bluefin`)).toMatchObject({ found: 0, customers: [] });
    expect(await caller.read(`${base}?type=testing`)).toMatchObject({ found: 10 });
    const xml = await caller.call("GET", `${base}?search=bluefin`, { format: "xml" });
    expect(xml.text).toMatch(/^<customers>\n {2}<found>1<\/found>[\s\S]+<id>6018678884<\/id>/);
    for (const query of ["start=0", "limit=1001", "limit=x", "page=1", "type=a&type=b"]) {
      expect((await caller.call("GET", `${base}?${query}`)).status).toBe(400);
    }
  });
});

describe("the login form", () => {
  it("never shows a masked value and is not kept in the ledger", async () => {
    const caller = await signIn();
    const { text } = await caller.call("GET", `/aggregation/v1/customers/6018678884/accounts/5011648377/loginForm`);
    const form: { loginForm: readonly { mask: string; value: string }[] } = JSON.parse(text);
    expect(form.loginForm.map(({ mask, value }) => [mask, value])).toEqual([["false", "profile_03"], ["true", ""]]);
    expect(JSON.stringify(caller.simulator.ledger.entries())).not.toContain("profile_03");
  });
});

describe("requests that are not as documented", () => {
  it.each([
    ["*/*", 406],
    ["text/html", 406],
    ["text/html, application/xml;q=0.9", 200],
    ["application/json; charset=utf-8", 200],
  ])("Accept: %s", async (accept, status) => {
    const caller = await signIn();
    expect((await caller.call("GET", accountPath, { headers: { accept } })).status).toBe(status);
  });

  it.each([
    ["GET", "/v1/customers/41442/accounts", 404],
    ["GET", `/aggregation/v2/customers/41442/accounts/2055`, 404],
    ["PATCH", accountPath, 405],
    ["POST", accountPath, 405],
    ["GET", "/aggregation/v1/customers/%E0/accounts", 400],
  ])("%s %s", async (method, path, status) => {
    const caller = await signIn();
    const answer = await caller.call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("allow")).toBe(status === 405 ? "GET, PUT, DELETE" : null);
  });
});

describe("today's forms", () => {
  it("read under v2, filter by status, list by login, and know neither XML nor the withdrawn ones", async () => {
    const caller = await signIn({ api: "current" });
    const now = `/aggregation/v2/customers/41442/accounts/2055`;
    expect((await caller.call("GET", now)).text).toBe(printedJson.account);
    expect((await caller.call("GET", now, { format: "xml" })).status).toBe(406);
    expect((await caller.call("GET", accountPath)).status).toBe(405);
    expect((await caller.call("PUT", accountPath, { body: '{"name":"x"}' })).status).toBe(405);
    expect((await caller.call("GET", `${accountPath}/loginForm`)).status).toBe(404);
    expect((await listed(caller, `${customerPath}/accounts?status=active`)).accounts).toHaveLength(2);
    expect((await listed(caller, `${customerPath}/accounts?status=pending`)).accounts).toHaveLength(0);
    const wrongStatus = await caller.call("GET", `${customerPath}/accounts?status=x`);
    expect(JSON.parse(wrongStatus.text)).toMatchObject({ code: 18017 });
    expect((await listed(caller, `${customerPath}/institutionLogins/9764/accounts`)).accounts).toHaveLength(2);
    expect((await caller.call("GET", `${customerPath}/institutionLogins/1/accounts`)).status).toBe(404);
    expect((await caller.call("DELETE", `${customerPath}/institutionLogins/9764`)).status).toBe(204);
    expect((await listed(caller, `${customerPath}/accounts`)).accounts).toHaveLength(0);
  });
});
