import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFixture, removeUserData } from "./fixture.ts";
import type { Fixture } from "./fixture.ts";

let app: Fixture;

beforeAll(async () => {
  app = await openFixture();
});
afterAll(async () => {
  await app.close();
  removeUserData(app.userData);
});

describe("the app's origin", () => {
  it("is answered by the app's own handler, headers and all, in a secure context", async () => {
    const answer = await app.page.evaluate(async () => {
      const response = await fetch("/sub.html");
      return { status: response.status, header: response.headers.get("x-fixture"), isSecure: isSecureContext };
    });
    expect(answer).toEqual({ status: 200, header: "kept", isSecure: true });
    expect(await app.page.evaluate(async () => (await fetch("/etc/passwd")).status)).toBe(404);
  });

  it("keeps the content security policy in force", async () => {
    const evaluated = await app.page.evaluate(async () => {
      const violated = new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), {
          once: true,
        });
      });
      const script = document.createElement("script");
      script.textContent = "globalThis.inlineRan = true";
      document.body.append(script);
      return { directive: await violated, ran: Reflect.has(globalThis, "inlineRan") };
    });
    expect(evaluated).toEqual({ directive: "script-src-elem", ran: false });
  });
});

describe("everything else", () => {
  it("is refused and counted: requests, images, frames", async () => {
    const before = (await app.host.blockedRequests()).length;
    expect(
      await app.page.evaluate(() =>
        fetch("https://outside.example/data").then(
          () => "answered",
          (error: unknown) => String(error),
        ),
      ),
    ).toContain("Failed to fetch");
    await app.page.evaluate(async () => {
      const image = document.createElement("img");
      const frame = document.createElement("iframe");
      const ended = [
        new Promise((resolve) => {
          image.addEventListener("error", resolve);
        }),
        new Promise((resolve) => {
          frame.addEventListener("load", resolve);
        }),
      ];
      image.src = "https://outside.example/pixel.png";
      frame.src = "https://outside.example/frame";
      document.body.append(image, frame);
      await Promise.all(ended);
      frame.remove();
    });
    const urls = (await app.host.blockedRequests()).slice(before).map(({ url }) => url);
    expect(urls.toSorted()).toEqual([
      "https://outside.example/data",
      "https://outside.example/frame",
      "https://outside.example/pixel.png",
    ]);
  });

  it("is no mistaken for the app's origin", async () => {
    const lookalikes = [
      "http://fixture.localhost:8080/",
      "https://fixture.localhost/",
      "http://fixture.localhost.example/",
    ];
    for (const url of lookalikes) {
      const before = (await app.host.blockedRequests()).length;
      await app.page.evaluate((address) => fetch(address).catch(() => undefined), url);
      expect((await app.host.blockedRequests()).length - before, url).toBeLessThanOrEqual(1);
      const seen = (await app.run("seen")) as unknown[][];
      expect(seen.filter(([kind, address]) => kind === "request" && String(address).includes("8080"))).toEqual([]);
    }
  });
});

describe("navigation", () => {
  it("asks will-navigate first and stays when it is prevented", async () => {
    await app.page.evaluate(() => document.querySelector("a")?.click());
    const seen = await app.noted("will-navigate", "https://outside.example/");
    expect(seen).toContainEqual(["will-frame-navigate", "https://outside.example/", true]);
    expect(await app.page.title()).toBe("Fixture");
    const blocked = await app.host.blockedRequests();
    expect(blocked.filter(({ type, url }) => type === "Document" && url === "https://outside.example/")).toEqual([]);
  });

  it("asks for the app's own pages too", async () => {
    await app.page.evaluate(() => {
      location.href = "/sub.html";
    });
    await app.noted("will-navigate", "app://fixture/sub.html");
    expect(await app.page.title()).toBe("Fixture");
  });

  it("asks for an empty page and comes back when it is prevented", async () => {
    await app.page.evaluate(() => {
      location.href = "about:blank";
    });
    await app.page.waitForURL("http://fixture.localhost/");
    await app.page.waitForFunction(() => document.body?.dataset["ready"] === "object");
    await app.noted("will-navigate", "about:blank");
  });

  it("reports a sub-frame's navigation as one", async () => {
    await app.page.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.src = "/sub.html?framed";
      document.body.append(frame);
    });
    await app.noted("will-frame-navigate", "app://fixture/sub.html?framed", false);
  });

  it("is not asked about a reload from main", async () => {
    await app.page.evaluate(() => Reflect.set(globalThis, "old", true));
    await app.run("reload").catch(() => undefined);
    await app.page.waitForFunction(
      () => !Reflect.has(globalThis, "old") && document.body?.dataset["ready"] === "object",
    );
  });
});

describe("new windows", () => {
  it.each([
    ["window.open", () => void window.open("https://outside.example/popup", "named", "width=300")],
    [
      "a link to a new page",
      () => {
        const link = document.createElement("a");
        link.href = "https://outside.example/popup";
        link.target = "_blank";
        document.body.append(link);
        link.click();
      },
    ],
  ])("are asked of the app's handler and denied: %s", async (_what, open) => {
    const before = ((await app.run("seen")) as unknown[][]).filter(([kind]) => kind === "window-open").length;
    await app.page.evaluate(open);
    await expect
      .poll(async () =>
        ((await app.run("seen")) as unknown[][])
          .filter(([kind]) => kind === "window-open")
          .slice(before)
          .map(([, url]) => url),
      )
      .toEqual(["https://outside.example/popup"]);
    await expect.poll(() => app.page.context().pages().length).toBe(1);
    expect((await app.host.blockedRequests()).filter(({ url }) => url.endsWith("/popup"))).toEqual([]);
  });
});

describe("windows", () => {
  it.each([
    ["nodeIntegration is on", { nodeIntegration: true }],
    ["nodeIntegrationInSubFrames is on", { nodeIntegrationInSubFrames: true }],
    ["contextIsolation is off", { contextIsolation: false }],
    ["sandbox is off", { sandbox: false }],
    ["webSecurity is off", { webSecurity: false }],
    ["allowRunningInsecureContent is on", { allowRunningInsecureContent: true }],
    ["webviewTag is on", { webviewTag: true }],
    ["experimentalFeatures is on", { experimentalFeatures: true }],
  ])("refuse insecure preferences: %s", async (reason, preferences) => {
    const preload = await app.run("preloadPath");
    expect(await app.run("tryWindow", { webPreferences: { preload, ...preferences } })).toContain(reason);
  });

  it("refuse to open without a preload, and options nobody has thought about", async () => {
    expect(await app.run("tryWindow", { webPreferences: {} })).toContain("no preload");
    expect(await app.run("tryWindow", { kiosk: true })).toContain(
      "not implemented by the stand-in: BrowserWindow option kiosk",
    );
  });

  it("open, load and close a second time", async () => {
    expect(await app.run("secondWindow")).toEqual(["app://fixture/sub.html", true]);
    expect(await app.host.windows()).toHaveLength(1);
  });

  it("lay the page out at the window's size, and larger when zoomed", async () => {
    expect(await app.page.evaluate(() => [innerWidth, innerHeight])).toEqual([1000, 700]);
    await app.run("zoom", 1);
    await app.page.waitForFunction(() => innerWidth === 833);
    await app.run("zoom", 0);
    await app.page.waitForFunction(() => innerWidth === 1000);
  });

  it("are resized, and found by page, by id and by focus", async () => {
    await app.run("setBounds", { width: 900 });
    await app.page.waitForFunction(() => innerWidth === 900 && innerHeight === 700);
    expect(await app.run("bounds")).toMatchObject({ width: 900, height: 700 });
    expect(await app.run("lookups")).toEqual({ byContents: true, byId: true, isFocused: true, none: null });
  });

  it("report a load that ended", async () => {
    await app.noted("did-finish-load");
  });

  it("answer permissions with the app's own handlers", async () => {
    expect(await app.host.askPermission("geolocation")).toEqual({ request: false, check: false, device: false });
    expect(await app.host.askPermission("hid")).toEqual({ request: false, check: false, device: true });
  });
});

describe("a renderer that crashes", () => {
  it("is reported, and comes back when the app reloads it", async () => {
    const crashed = await openFixture();
    await crashed.host.crashRenderer();
    const page = await crashed.reconnect();
    await page.waitForFunction(() => document.body?.dataset["ready"] === "object");
    const seen = await page.evaluate(() => globalThis.fixture.calls.run("seen"));
    expect(seen).toContainEqual(["render-process-gone", "crashed"]);
    await crashed.close();
    removeUserData(crashed.userData);
  });
});
