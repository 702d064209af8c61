import { describe, expect, it } from "vitest";
import { checkWebAddress } from "../../../src/main/core/web-address.ts";

describe("an address secrets may be sent to", () => {
  it.each([
    ["https://api.bank.example/openbanking/", "https://api.bank.example", "/openbanking", false],
    ["https://api.bank.example", "https://api.bank.example", "", false],
    ["https://api.bank.example:8443/a/b", "https://api.bank.example:8443", "/a/b", false],
    ["http://127.0.0.1:4711/api", "http://127.0.0.1:4711", "/api", true],
    ["http://localhost/api", "http://localhost", "/api", true],
    ["http://[::1]:80/api", "http://[::1]", "/api", true],
  ])("%s is accepted", (text, origin, path, loopback) =>
    expect(checkWebAddress(text)).toEqual({ ok: true, address: { origin, path, loopback } }),
  );

  it.each([
    ["http://api.bank.example", /Only https/u],
    ["http://127.0.0.1.evil.example", /Only https/u],
    ["http://localhost.evil.example", /Only https/u],
    ["http://10.0.0.1", /Only https/u],
    ["https://user@bank.example", /user name/u],
    ["https://user:pw@bank.example", /user name/u],
    ["https://bank.example@evil.example", /user name/u],
    ["https://bank.example/a?b=c", /query/u],
    ["https://bank.example/a?", /query/u],
    ["https://bank.example/#x", /fragment/u],
    ["ftp://bank.example", /https:\/\//u],
    ["file:///etc/passwd", /https:\/\//u],
    ["javascript:alert(1)", /https:\/\//u],
    ["bank.example", /not a web address/u],
    ["https://bank.example/a b", /blanks/u],
    ["https://bank.example\\@evil.example", /blanks or characters/u],
    ["https://bank\u200b.example", /characters/u],
    ["", /not a web address/u],
  ])("%o is refused in words", (text, words) => {
    const checked = checkWebAddress(text);
    expect(checked.ok ? "" : checked.message).toMatch(words);
  });
});
