import { describe, expect, it } from "vitest";
import { parseXml } from "../../../src/main/http/xml-answer.ts";

const faultOf = (text: string) => {
  const parsed = parseXml(text);
  return parsed.ok ? "read" : parsed.fault;
};
const lol = (levels: number): string => {
  const entities = Array.from({ length: levels }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">${entities.join("")}]><lolz>&l${levels};</lolz>`;
};

describe("XML of a provider", () => {
  it("is read as texts under their names, repeated elements as lists, nothing turned into a number", () => {
    const text =
      '<?xml version="1.0" encoding="UTF-8"?>\n<accounts><account kind="x"><id>007</id><balance>-1.10</balance></account>' +
      "<account><id>2</id><name><![CDATA[A <b> &amp; c]]></name><empty/></account><!-- said <twice> --></accounts>";
    expect(parseXml(text)).toEqual({
      ok: true,
      value: {
        accounts: {
          account: [
            { id: "007", balance: "-1.10" },
            { id: "2", name: expect.stringContaining("A <b> &"), empty: "" },
          ],
        },
      },
    });
  });

  it("knows XML's own five entities and character numbers", () => {
    expect(parseXml("<a>1 &lt; 2 &amp;&#38;&#x26; &quot;&apos;&gt;</a>")).toEqual({
      ok: true,
      value: { a: "1 < 2 &&& \"'>" },
    });
  });

  it.each<[string, string, string]>([
    ["a document type", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "doctype"],
    ["an outside document type", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "doctype"],
    ["a billion laughs", lol(9), "doctype"],
    ["an entity nobody declared", "<a>&secret;</a>", "entity"],
    ["a bare ampersand", "<a>x & y</a>", "syntax"],
    ["a character XML does not have", "<a>&#0;</a>", "entity"],
    ["deep nesting", `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`, "too-deep"],
    ["a document cut off in a tag", "<accounts><account><id>1</id><bal", "syntax"],
    ["a document cut off between tags", "<accounts><account><id>1</id>", "syntax"],
    ["crossed elements", "<a><b></a></b>", "syntax"],
    ["an instruction", "<a><?php echo 1 ?></a>", "syntax"],
    ["nothing", "  ", "empty"],
    ["a text", "Service unavailable", "syntax"],
  ])("refuses %s", (_name, text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it("is refused wherever a document that is fine is cut off", () => {
    const whole = "<accounts><account><id>2055</id><balance>1266.49</balance></account></accounts>";
    expect(faultOf(whole)).toBe("read");
    for (let end = 1; end < whole.length; end += 1) expect(faultOf(whole.slice(0, end))).not.toBe("read");
  });
});
