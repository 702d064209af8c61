import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { contentSecurityPolicy, pressableStyleHash } from "../../../src/main/shell/content-security-policy.ts";
import { mayOpenExternally } from "../../../src/main/shell/external-links.ts";
import { answerRequest, fileMap } from "../../../src/main/shell/page-files.ts";
import { isModestData } from "../../../src/main/shell/payload-size.ts";
import { createPublish } from "../../../src/main/shell/publish.ts";
import { isOurPage } from "../../../src/main/shell/sender-frame.ts";
import { dangersAtStart } from "../../../src/main/shell/start-dangers.ts";

describe("whose frame sends", () => {
  const top = (url: string) => ({ url, parent: null });

  it("is ours only with our scheme, host, window and no parent", () => {
    expect(isOurPage(top("app://vostro/"), 1, 1)).toBe(true);
    expect(isOurPage(top("app://vostro/index.html#/accounts"), 1, 1)).toBe(true);
    expect(isOurPage(null, 1, 1)).toBe(false);
    expect(isOurPage({ url: "app://vostro/", parent: {} }, 1, 1)).toBe(false);
    expect(isOurPage(top("app://vostro/"), 2, 1)).toBe(false);
    expect(isOurPage(top("app://vostro/"), 1, undefined)).toBe(false);
  });

  it.each([
    "",
    "about:blank",
    "app://vostro.evil/",
    "app://evil/vostro/",
    "https://vostro/",
    "app://user@vostro/",
    "app://vostro:81/",
    "file:///index.html",
    "data:text/html,x",
  ])("is not ours at %s", (url) => expect(isOurPage(top(url), 1, 1)).toBe(false));
});

describe("the files of the page", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "vostro-page-"));
    mkdirSync(join(folder, "out", "assets"), { recursive: true });
    writeFileSync(join(folder, "out", "index.html"), "<!doctype html>");
    writeFileSync(join(folder, "out", "assets", "a.js"), "1");
    writeFileSync(join(folder, "out", "notes.txt"), "not a page file");
    writeFileSync(join(folder, "secret.json"), "{}");
    symlinkSync(join(folder, "secret.json"), join(folder, "out", "link.js"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are those of the folder, with the policy on every answer", async () => {
    const files = fileMap(join(folder, "out"));
    expect([...files.keys()].toSorted()).toEqual(["/", "/assets/a.js", "/index.html"]);
    const page = answerRequest(files, "GET", "app://vostro/?theme=dark");
    expect(page.status).toBe(200);
    expect(await page.text()).toBe("<!doctype html>");
    expect(page.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answerRequest(files, "GET", "app://vostro/assets/a.js").headers.get("content-type")).toContain(
      "text/javascript",
    );
  });

  it("are never reached by another path, host or method", () => {
    const files = fileMap(join(folder, "out"));
    const urls = [
      "app://vostro/../secret.json",
      "app://vostro/%2e%2e/secret.json",
      "app://vostro/..%2fsecret.json",
      "app://vostro/notes.txt",
      "app://other/",
      "app://vostro/assets",
      "app://vostro//index.html",
      "app://vostro/__proto__",
    ];
    for (const url of urls) expect(answerRequest(files, "GET", url).status).toBe(404);
    expect(answerRequest(files, "POST", "app://vostro/").status).toBe(404);
    expect(answerRequest(files, "GET", "app://vostro/none").headers.get("content-security-policy")).toBe(
      contentSecurityPolicy,
    );
  });
});

describe("the content security policy", () => {
  it("is closed but for our own files", () => {
    const parts = Object.fromEntries(
      contentSecurityPolicy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1).join(" ")]),
    );
    expect(parts).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": `'self' '${pressableStyleHash}'`,
      "img-src": "'self'",
      "font-src": "'self'",
      "connect-src": "'none'",
      "object-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
      "require-trusted-types-for": "'script'",
    });
  });

  it("allows exactly the one style element that React Aria writes", () => {
    const require = createRequire(createRequire(import.meta.url).resolve("react-aria-components"));
    const source = readFileSync(
      join(dirname(require.resolve("react-aria/package.json")), "dist/private/interactions/usePress.mjs"),
      "utf8",
    );
    const attribute = /PRESSABLE_ATTRIBUTE = ["'](data-[a-z-]+)["']/u.exec(source)?.[1] ?? "";
    const text = /style\.textContent = `([^`]+)`\.trim\(\)/u.exec(source)?.[1] ?? "";
    const style = text.replace(/\$\{[^}]+\}/u, attribute).trim();
    expect(style).toContain("touch-action");
    expect(pressableStyleHash).toBe(`sha256-${createHash("sha256").update(style).digest("base64")}`);
  });
});

describe("what the page may hand over", () => {
  it("is plain data of a modest size", () => {
    expect(isModestData({ a: [1, "x", null, true, { b: undefined }] })).toBe(true);
    expect(isModestData("x".repeat(900_000))).toBe(true);
    expect(isModestData("x".repeat(1_000_001))).toBe(false);
    expect(isModestData(Array.from({ length: 200_000 }, () => 1))).toBe(false);
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    for (const bad of [cyclic, new Map(), new Set(), new Date(), /x/u, 1n, Symbol("s"), () => 1, new Uint8Array(4)])
      expect(isModestData(bad)).toBe(false);
  });
});

describe("what main tells the page", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is gathered, cut to the contract, and only that the state changed while nobody may see data", () => {
    const sent: [string, unknown][] = [];
    const session = { open: true };
    const publish = createPublish(
      (name, payload) => void sent.push([name, payload]),
      () => session.open,
    );
    publish("workspace.dataChanged", { topics: ["changes", "status"] });
    publish("workspace.dataChanged", { topics: ["accounts", "status"] });
    publish("workspace.stateChanged", JSON.parse(`{"secret":"PLANTED"}`));
    vi.advanceTimersByTime(60);
    expect(sent).toEqual([
      ["workspace.stateChanged", {}],
      ["workspace.dataChanged", { topics: ["accounts", "changes", "status"] }],
    ]);
    publish("workspace.dataChanged", { topics: ["audit"] });
    session.open = false;
    publish("workspace.menu", { action: "lock" });
    publish("workspace.stateChanged", {});
    vi.advanceTimersByTime(60);
    expect(sent.slice(2)).toEqual([["workspace.stateChanged", {}]]);
  });
});

describe("the start of a packaged build", () => {
  const none = { has: () => false, value: () => "" };

  it("names every dangerous switch and variable, and nothing else", () => {
    expect(dangersAtStart(none.has, none.value, { PATH: "/usr/bin", LANG: "en" })).toEqual([]);
    const found = dangersAtStart(
      (name) =>
        ["no-sandbox", "remote-debugging-port", "ignore-certificate-errors", "proxy-server", "training"].includes(name),
      (name) => (name === "password-store" ? "basic" : ""),
      { NODE_OPTIONS: "--inspect", NODE_TLS_REJECT_UNAUTHORIZED: "0", SSLKEYLOGFILE: "/tmp/keys" },
    );
    expect(found.toSorted()).toEqual([
      "--ignore-certificate-errors",
      "--no-sandbox",
      "--password-store=basic",
      "--proxy-server",
      "--remote-debugging-port",
      "NODE_OPTIONS",
      "NODE_TLS_REJECT_UNAUTHORIZED",
      "SSLKEYLOGFILE",
    ]);
  });

  it("opens links outside only by an exact host", () => {
    const hosts = ["docs.example.com"];
    expect(mayOpenExternally("https://docs.example.com/page", hosts)).toBe(true);
    for (const url of [
      "http://docs.example.com/",
      "https://docs.example.com.evil.io/",
      "https://u@docs.example.com/",
      "https://docs.example.com:8443/",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "nonsense",
    ]) {
      expect(mayOpenExternally(url, hosts)).toBe(false);
    }
    expect(mayOpenExternally("https://docs.example.com/page")).toBe(false);
  });
});
