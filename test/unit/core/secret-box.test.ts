import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretBox } from "../../../src/main/core/secret-box.ts";

describe("the box for secrets inside the workspace file", () => {
  const key = randomBytes(32);
  const box = createSecretBox(key);

  it("gives a secret back to the connection it was sealed for", () => {
    expect(box.open(box.seal("pässword ✓", "7|https://a.example"), "7|https://a.example")).toBe("pässword ✓");
  });

  it("does not open for another host, another key or a changed byte", () => {
    const sealed = box.seal("secret", "7|https://a.example");
    expect(() => box.open(sealed, "7|https://b.example")).toThrow(/Enter the secret again/u);
    expect(() => createSecretBox(randomBytes(32)).open(sealed, "7|https://a.example")).toThrow(
      /Enter the secret again/u,
    );
    for (const at of [0, 5, 20, sealed.length - 1]) {
      const bent = Buffer.from(sealed);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(() => box.open(bent, "7|https://a.example")).toThrow(/Enter the secret again/u);
    }
    expect(() => box.open(sealed.subarray(0, 10), "7|https://a.example")).toThrow(/Enter the secret again/u);
  });

  it("never seals the same text to the same bytes, nor with the database key itself", () => {
    expect(box.seal("secret", "a").equals(box.seal("secret", "a"))).toBe(false);
    expect(box.seal("plain text inside", "a").includes("plain text")).toBe(false);
  });
});
