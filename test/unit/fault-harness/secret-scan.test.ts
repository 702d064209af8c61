import { describe, expect, it } from "vitest";
import { scanBytes, scanForSecrets } from "../../support/fault-harness/secret-scan.ts";

const secret = { name: "the client secret", text: 'p@ss "word"/1' };

describe("the scan for secrets", () => {
  const bytes = Buffer.from(secret.text, "utf8");
  it.each([
    ["as it is", secret.text],
    ["percent-encoded", encodeURIComponent(secret.text)],
    ["in JSON", JSON.stringify({ secret: secret.text })],
    ["in base64", bytes.toString("base64")],
    ["in hex", bytes.toString("hex")],
  ])("finds a planted secret %s and does not repeat it", (_how, text) => {
    const found = scanForSecrets([{ name: "a.log", text: `x ${text} y` }], [secret]);
    expect(found).toEqual([{ secret: "the client secret", where: "a.log" }]);
  });

  it("finds one in bytes, as UTF-8 and UTF-16, and nothing in other bytes", () => {
    expect(scanBytes("vostro.db", Buffer.concat([Buffer.of(0, 255), bytes]), [secret])).toHaveLength(1);
    expect(scanBytes("vostro.db", Buffer.from(secret.text, "utf16le"), [secret])).toHaveLength(1);
    expect(scanBytes("vostro.db", Buffer.from("nothing here"), [secret])).toEqual([]);
  });
});
