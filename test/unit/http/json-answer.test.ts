import fc from "fast-check";
import type { LosslessNumber } from "lossless-json";
import { describe, expect, it } from "vitest";
import { jsonOf, parseJson } from "../../../src/main/http/json-answer.ts";

const answer = (body: string | Buffer, type = "application/json", headers: Record<string, string> = {}) => ({
  status: 200,
  headers: { "content-type": type, ...headers },
  body: Buffer.from(body),
  elapsedMs: 1,
});

describe("the JSON of an answer", () => {
  it.each([
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/vnd.api+json",
    "application/problem+json",
  ])("is read when the type is %s", (type) =>
    expect(jsonOf(answer('{"a":"b"}', type))).toEqual({ ok: true, value: { a: "b" } }),
  );

  it.each(["text/html", "text/plain", "", "application/javascript", "application/jsonx", "xapplication/json"])(
    "is not read when the type is %o",
    (type) => expect(jsonOf(answer('{"a":"b"}', type))).toEqual({ ok: false, fault: "content-type" }),
  );

  it.each([
    ["nothing", "", "empty"],
    ["blanks", "  \n", "empty"],
    ["a cut object", '{"status":"Success","data":{"x":1', "syntax"],
    ["something after the end", '{"status":"Success"} <html>', "syntax"],
    ["a web page", "<!doctype html><p>Sign in", "syntax"],
    ["a key twice with two values", '{"status":"Failure","status":"Success"}', "duplicate-key"],
    ["a key twice with one value", '{"status":"Success","status":"Success"}', "duplicate-key"],
    ["a key twice deep inside", '{"a":[{"b":{"c":1,"c":1}}]}', "duplicate-key"],
    ["a key twice, once escaped", '{"a":1,"\\u0061":1}', "duplicate-key"],
    ["a bottomless nest", "[".repeat(50_000), "syntax"],
  ])("refuses %s", (_what, body, fault) => expect(jsonOf(answer(body))).toEqual({ ok: false, fault }));

  it("refuses bytes that are not UTF-8 and encodings it did not ask for", () => {
    expect(jsonOf(answer(Buffer.from([0x22, 0xff, 0x22])))).toEqual({ ok: false, fault: "encoding" });
    expect(jsonOf(answer("{}", "application/json", { "content-encoding": "gzip" }))).toEqual({
      ok: false,
      fault: "encoding",
    });
  });

  it("keeps numbers exactly as written", () => {
    const read = parseJson('{"limit":123456789012345678.90,"id":0.10}');
    if (!read.ok) throw new Error("unreadable");
    const { limit, id } = read.value as Record<string, LosslessNumber>;
    expect([String(limit), String(id)]).toEqual(["123456789012345678.90", "0.10"]);
  });

  it("reads every JSON that names each key once, whatever its texts hold", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const read = parseJson(JSON.stringify(value));
        expect(read.ok).toBe(true);
      }),
    );
  });

  it("reads a text as long as an answer may be", () => {
    expect(parseJson(`{"status":"Success","message":"${"x".repeat(9_900_000)}"}`).ok).toBe(true);
  });

  it("finds the end of a text behind any number of backslashes", () => {
    for (const text of ["\\", "\\\\", "\\\"", "\\\\\"", ":{[", "\\:"]) {
      const value = { [text]: text, a: { b: text } };
      expect(parseJson(JSON.stringify(value)).ok).toBe(true);
      expect(parseJson(`{"x":${JSON.stringify(value)},"x":1}`)).toEqual({ ok: false, fault: "duplicate-key" });
    }
  });

  it("does not let a record's keys reach the prototype", () => {
    const read = parseJson('{"__proto__":{"polluted":"yes"},"constructor":"x"}');
    expect(read.ok && Object.keys(read.value as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
