import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, isExactNumber, parseJsonText, writeJson } from "@contract/rules/json-text.ts";

const compact = (text: string) => {
  const parsed = parseJsonText(text);
  return parsed.ok ? writeJson(parsed.node) : parsed.fault;
};
const canonical = (text: string) => {
  const parsed = parseJsonText(text);
  return parsed.ok ? canonicalJson(parsed.node) : parsed.fault;
};

describe("strict JSON", () => {
  it("keeps number literals, key order and dangerous keys as written", () => {
    expect(compact(' { "b" : 1.50 , "a" : [ 1e2 , true , null ] , "__proto__" : { "x" : "\\u00e9" } } ')).toBe(
      '{"b":1.50,"a":[1e2,true,null],"__proto__":{"x":"é"}}',
    );
  });

  it.each([
    ["", "syntax"], ["{", "syntax"], ["{,}", "syntax"], ["[1,]", "syntax"], ["{'a':1}", "syntax"], ["nul", "syntax"],
    ['"a\nb"', "syntax"], ["01", "syntax"], ["1 2", "syntax"], ['{"a":1,"a":2}', "duplicate"],
    ["9007199254740993", "number"], ["1e999", "number"], ["[".repeat(60), "depth"],
    ["[".repeat(60) + "]".repeat(60), "depth"],
  ])("refuses %j (%s)", (text, fault) => {
    expect(compact(text)).toBe(fault);
  });

  it("agrees with JSON.parse on everything that has exact numbers", () => {
    const value = fc.jsonValue().filter((v) => !/\d{16}|e/u.test(JSON.stringify(v)));
    fc.assert(
      fc.property(value, (v) => {
        const text = JSON.stringify(v);
        expect(JSON.parse(compact(text))).toEqual(JSON.parse(text));
        expect(compact(compact(text))).toBe(compact(text));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const accepted = parseJsonText(text).ok;
        if (accepted) expect(() => JSON.parse(text) as unknown).not.toThrow();
      }),
    );
  });

  it("indents like JSON.stringify", () => {
    const parsed = parseJsonText('{"a":[1,{"b":2}],"c":{}}');
    expect(parsed.ok && writeJson(parsed.node, "  ")).toBe(JSON.stringify({ a: [1, { b: 2 }], c: {} }, null, 2));
  });

  it("equates texts that mean the same", () => {
    expect(canonical('{"a":1.50,"b":[0,-0.0]}')).toBe(canonical('{"b":[0,0],"a":15e-1}'));
    expect(canonical("[1,2]")).not.toBe(canonical("[2,1]"));
    expect(canonical("-1")).not.toBe(canonical("1"));
  });

  it("knows which literals a double carries", () => {
    for (const good of ["0", "0.1", "1.10", "1e3", "9007199254740991", "-5e-3"]) expect(isExactNumber(good)).toBe(true);
    const inexact = ["9007199254740992", "0.1000000000000000055", "1e400", "12345678901234567890"];
    for (const bad of inexact) expect(isExactNumber(bad)).toBe(false);
  });
});
