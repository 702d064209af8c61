import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

describe("the preload", () => {
  it("runs in a world of its own before the page's scripts", async () => {
    expect(await app.page.evaluate(() => document.body.dataset["ready"])).toBe("object");
    expect(
      await app.page.evaluate(() => [
        typeof Reflect.get(globalThis, "require"),
        typeof Reflect.get(globalThis, "module"),
      ]),
    ).toEqual(["undefined", "undefined"]);
  });

  it("may require electron and nothing else", async () => {
    expect(await app.page.evaluate(() => globalThis.fixture.tryRequire("electron"))).toBe("given");
    for (const name of ["fs", "node:fs", "path", "events", "./other.cjs"]) {
      expect(await app.page.evaluate((it) => globalThis.fixture.tryRequire(it), name)).toContain("module not found");
    }
  });

  it("keeps its world out of the page's reach", async () => {
    const polluted = await app.page.evaluate(async () => {
      Object.defineProperty(Object.prototype, "hostile", { value: "yes", configurable: true });
      Promise.prototype.constructor = Object as unknown as PromiseConstructor;
      const answer = await globalThis.fixture.calls.echo({ kept: 1 });
      Reflect.deleteProperty(Object.prototype, "hostile");
      return answer;
    });
    expect(polluted).toEqual([{ kept: 1 }]);
  });
});

describe("contextBridge", () => {
  it("shows a frozen object that the page cannot replace", async () => {
    const tried = await app.page.evaluate(() => {
      const attempts = [
        () => Object.assign(globalThis.fixture, { name: "other" }),
        () => Object.assign(globalThis.fixture.calls, { echo: () => "mine" }),
        () => Object.defineProperty(globalThis, "fixture", { value: 1 }),
        () => {
          "use strict";
          delete (globalThis as { fixture?: unknown }).fixture;
        },
      ];
      const refused = attempts.map((attempt) => {
        try {
          attempt();
          return false;
        } catch {
          return true;
        }
      });
      return { refused, name: globalThis.fixture.name };
    });
    expect(tried).toEqual({ refused: [true, true, true, true], name: "fixture" });
  });

  it("passes calls, their results and their errors", async () => {
    expect(await app.page.evaluate(() => globalThis.fixture.add(2, 3))).toBe(5);
    const error = await app.page.evaluate(() => {
      try {
        return globalThis.fixture.throws();
      } catch (thrown) {
        return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : "not an Error of this world";
      }
    });
    expect(error).toBe("RangeError: from the preload");
  });

  it("passes listeners in and unsubscribing functions out", async () => {
    await app.page.evaluate(() => {
      const heard: unknown[] = [];
      Reflect.set(globalThis, "heard", heard);
      Reflect.set(
        globalThis,
        "unsubscribe",
        globalThis.fixture.on("news", (...args) => heard.push(args)),
      );
    });
    await app.run("publish", 1, { nested: [true] });
    await app.page.waitForFunction(() => (Reflect.get(globalThis, "heard") as unknown[]).length === 1);
    await app.page.evaluate(() => (Reflect.get(globalThis, "unsubscribe") as () => void)());
    await app.run("publish", 2);
    await app.run("seen");
    expect(await app.page.evaluate(() => Reflect.get(globalThis, "heard") as unknown)).toEqual([
      [1, { nested: [true] }],
    ]);
  });

  it("refuses what cannot be cloned", async () => {
    const refused = await app.page.evaluate(async () => {
      const attempts: unknown[] = [Symbol("s"), document.body, new WeakMap(), { deep: [Symbol("s")] }];
      return await Promise.all(
        attempts.map(async (value) => {
          try {
            await globalThis.fixture.calls.echo(value);
            return "passed";
          } catch (error) {
            return String(error);
          }
        }),
      );
    });
    for (const answer of refused) expect(answer).toContain("could not be cloned");
  });
});

describe("ipcRenderer.invoke and ipcMain.handle", () => {
  it("carry everything structured clone carries", async () => {
    const same = await app.page.evaluate(async () => {
      const sent = {
        text: "Ünï ✓ \u2028 \ud800 lone",
        numbers: [0, -0, 1.5, Number.NaN, Infinity, -Infinity, 2 ** 53],
        big: 12345678901234567890n,
        missing: undefined,
        nothing: null,
        date: new Date(1_700_000_000_000),
        bytes: new Uint8Array([0, 255, 128]),
        map: new Map<unknown, unknown>([["k", { v: 1 }]]),
        set: new Set([1, "2"]),
        ["$clone"]: { $clone: "undefined" },
      };
      const [back] = (await globalThis.fixture.calls.echo(sent)) as [typeof sent];
      return {
        text: back.text === sent.text,
        numbers: back.numbers.every((value, at) => Object.is(value, sent.numbers[at])),
        big: back.big === sent.big,
        missing: "missing" in back && back.missing === undefined,
        nothing: back.nothing === null,
        date: back.date instanceof Date && back.date.getTime() === sent.date.getTime(),
        bytes: back.bytes instanceof Uint8Array && [...back.bytes].join() === "0,255,128",
        map: back.map instanceof Map && JSON.stringify([...back.map]) === '[["k",{"v":1}]]',
        set: back.set instanceof Set && [...back.set].join() === "1,2",
        tag: JSON.stringify(back["$clone"]) === '{"$clone":"undefined"}',
      };
    });
    expect(Object.entries(same).filter(([, isSame]) => !isSame)).toEqual([]);
  });

  it("treat __proto__ as a plain name", async () => {
    const [own, polluted] = await app.page.evaluate(async () => {
      const [back] = (await globalThis.fixture.calls.echo(JSON.parse('{"__proto__":{"x":1}}'))) as [object];
      return [Object.hasOwn(back, "__proto__"), "x" in {}] as const;
    });
    expect([own, polluted]).toEqual([true, false]);
  });

  it("name the channel when main refuses or knows no handler", async () => {
    const refusal = await app.page.evaluate(() => globalThis.fixture.calls.fail().catch(String));
    expect(refusal).toBe("Error: Error invoking remote method 'fail': Error: refused by main");
  });

  it("keep concurrent answers apart", async () => {
    const answers = await app.page.evaluate(() =>
      Promise.all(Array.from({ length: 50 }, (_item, at) => globalThis.fixture.calls.echo(at, "x".repeat(at * 500)))),
    );
    expect(answers.map(([at, text]) => [at, (text as string).length])).toEqual(
      Array.from({ length: 50 }, (_item, at) => [at, at * 500]),
    );
  });

  it("tell main which frame called", async () => {
    expect(await app.page.evaluate(() => globalThis.fixture.calls.frame())).toEqual({
      url: "app://fixture/",
      origin: "app://fixture",
      parentUrl: null,
      topUrl: "app://fixture/",
      isOurs: true,
      isMain: true,
    });
  });

  it.each([
    ["a page of the app", "/sub.html", "app://fixture/sub.html"],
    ["an empty page", "about:blank", "about:blank"],
    ["a page in an attribute", "srcdoc", "about:srcdoc"],
  ])("tell main when the caller is a sub-frame: %s", async (_what, source, url) => {
    const caller = await app.page.evaluate(async (src) => {
      const frame = document.createElement("iframe");
      if (src === "srcdoc") frame.srcdoc = "<p>inner</p>";
      else frame.src = src;
      const loaded = new Promise((resolve) => {
        frame.addEventListener("load", resolve);
      });
      document.body.append(frame);
      await loaded;
      const api = Reflect.get(frame.contentWindow ?? {}, "fixture") as typeof globalThis.fixture | undefined;
      const answer = await api?.calls.frame();
      frame.remove();
      return answer;
    }, source);
    expect(caller).toMatchObject({
      url,
      parentUrl: "app://fixture/",
      topUrl: "app://fixture/",
      isOurs: true,
      isMain: false,
    });
  });

  it("answer once, or no longer, when the app says so", async () => {
    await app.run("handleOnce");
    const once = (): Promise<unknown> => app.page.evaluate(() => globalThis.fixture.calls.once().catch(String));
    expect(await once()).toBe("once");
    expect(await once()).toContain("No handler registered for 'once'");
    await app.run("removeHandler");
    expect(await app.page.evaluate(() => globalThis.fixture.calls.frame().catch(String))).toContain(
      "No handler registered for 'frame'",
    );
  });

  it("refuse to send what cannot be cloned", async () => {
    expect(await app.run("publishFunction")).toContain("could not be cloned");
  });
});

describe("webUtils.getPathForFile", () => {
  it("turns a chosen file into its path, for main only", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "vostro-file-")), "accounts.csv");
    writeFileSync(path, "a,b\n");
    await app.page.evaluate(() => {
      const input = document.createElement("input");
      input.type = "file";
      document.body.append(input);
    });
    await app.page.setInputFiles("input[type=file]", path);
    const found = await app.page.evaluate(async () => {
      const file = document.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
      return file && (await globalThis.fixture.pathOf(file));
    });
    expect(found).toEqual([path]);
  });

  it("gives no path for a file made by a script, and throws for anything but a file", async () => {
    expect(await app.page.evaluate(() => globalThis.fixture.pathOf(new File(["x"], "x.csv")))).toEqual([""]);
    const error = await app.page.evaluate(async () => {
      try {
        return await globalThis.fixture.pathOf("/etc/passwd" as unknown as File);
      } catch (thrown) {
        return String(thrown);
      }
    });
    expect(error).toContain("File object");
  });
});
