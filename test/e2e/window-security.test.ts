import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VostroBridge } from "@contract";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { launchVostro, type LaunchedApp } from "../support/launch.ts";
import { removeAfterScan } from "../support/left-behind.ts";

declare global {
  interface Window {
    readonly vostro: VostroBridge;
  }
}

let userData = "";
let app: LaunchedApp;

const phase = (): Promise<string> =>
  app.page.evaluate(async () => {
    const state = await globalThis.window.vostro.calls["workspace.state"]({});
    return state.ok ? state.value.phase : state.failure.code;
  });

beforeAll(async () => {
  userData = mkdtempSync(join(tmpdir(), "vostro-window-"));
  app = await launchVostro({ userData, args: ["--training"] });
  await vi.waitFor(async () => expect(await phase()).toBe("sign-in"), { timeout: 20_000 });
});
afterAll(async () => {
  await app.close();
  removeAfterScan(userData, app.output());
});

describe("the window", () => {
  it("gives the page the bridge and nothing of Node", async () => {
    const seen = await app.page.evaluate(() => ({
      node: ["require", "process", "module", "Buffer", "ipcRenderer", "electron"].filter((name) => name in globalThis),
      bridge: Object.keys(globalThis.window.vostro).toSorted(),
      url: globalThis.location.pathname,
    }));
    expect(seen).toEqual({ node: [], bridge: ["calls", "events"], url: "/" });
  });

  it("runs no text as script and opens no connection", async () => {
    const tried = await app.page.evaluate(async () => {
      const attempt = async (work: () => unknown): Promise<string> => {
        try {
          await work();
          return "done";
        } catch {
          return "refused";
        }
      };
      await new Promise((resolve) => {
        setTimeout(resolve, 0);
      });
      return {
        eval: await attempt(() => Reflect.apply(Reflect.get(globalThis, "eval"), undefined, ["1"])),
        fetch: await attempt(() => fetch("https://example.com/")),
        ownFetch: await attempt(() => fetch("/index.html")),
        html: await attempt(() => (document.createElement("div").innerHTML = "<b>x</b>")),
      };
    });
    expect(tried).toEqual({ eval: "refused", fetch: "refused", ownFetch: "refused", html: "refused" });
  });

  it("stays on its page: no navigation, no new window, no frame", async () => {
    const before = app.page.url();
    await app.page.evaluate(() => {
      globalThis.location.href = "https://example.com/";
    });
    await app.page.evaluate(() => void globalThis.open("https://example.com/"));
    await expect
      .poll(() =>
        app.page
          .context()
          .pages()
          .map((page) => page.url()),
      )
      .toEqual([before]);
    expect((await app.host?.openedExternal()) ?? []).toEqual([]);
    const bridgeInFrame = await app.page.evaluate(async () => {
      const frame = document.createElement("iframe");
      frame.src = "/index.html";
      const loaded = new Promise((resolve) => {
        frame.addEventListener("load", resolve, { once: true });
      });
      document.body.append(frame);
      await loaded;
      const inner = frame.contentWindow as Window | null;
      const calls = (() => {
        try {
          return inner?.vostro.calls["workspace.state"];
        } catch {
          return undefined;
        }
      })();
      const answer = calls === undefined ? undefined : await calls({});
      frame.remove();
      return answer === undefined ? "no bridge" : answer.ok ? "ANSWERED" : answer.failure.code;
    });
    expect(["no bridge", "sender-refused"]).toContain(bridgeInFrame);
    expect(app.page.url()).toBe(before);
    expect(await phase()).toBe("sign-in");
  });

  it("has no permission", async () => {
    const asked = await app.page.evaluate(() =>
      navigator.permissions.query({ name: "geolocation" }).then(
        ({ state }) => state,
        () => "refused",
      ),
    );
    expect(asked).not.toBe("granted");
    const { host } = app;
    if (host === undefined) return;
    for (const name of ["media", "geolocation", "notifications", "clipboard-read", "usb"]) {
      expect(JSON.stringify(await host.askPermission(name))).not.toContain("true");
    }
  });
});

describe("a second start on the same folder", () => {
  it("ends by itself and leaves the first one in front", async () => {
    const { host } = app;
    if (host === undefined) return;
    expect(await host.secondInstance(["--training"])).toEqual({ code: 0, signal: null });
    expect(await host.windows()).toMatchObject([{ isVisible: true, isFocused: true }]);
    expect(await phase()).toBe("sign-in");
  });
});

describe("a page that crashed", () => {
  it("comes back, with the workspace as it was", async () => {
    const { host } = app;
    if (host === undefined) return;
    await host.crashRenderer();
    const page = await app.reconnect();
    app = { ...app, page };
    await expect.poll(phase, { timeout: 20_000 }).toBe("sign-in");
  });
});

describe("what is left on the disk after work", () => {
  it("is locked when the computer sleeps, and neither log nor file holds a secret or a number in clear", async () => {
    await app.page.evaluate(async () => {
      const { calls } = globalThis.window.vostro;
      const state = await calls["workspace.state"]({});
      const published = state.ok ? state.value.trainingPassphrases[0] : undefined;
      if (published === undefined) throw new Error("Nobody can sign in.");
      await calls["workspace.signIn"](published);
      const [connection] = await calls["connections.list"]({}).then((list) => (list.ok ? list.value : []));
      if (connection === undefined) throw new Error("There is no connection.");
      await calls["accounts.load"]({ connectionId: connection.id, customerUid: "100482" });
    });
    const loaded = () =>
      app.page.evaluate(async () => {
        const jobs = await globalThis.window.vostro.calls["accounts.loadJobs"]({});
        return jobs.ok ? jobs.value[0]?.state : undefined;
      });
    await expect.poll(loaded).toBe("finished");
    const number = await app.page.evaluate(async () => {
      const { calls } = globalThis.window.vostro;
      const page = await calls["accounts.page"]({
        search: "Payroll Clearing",
        sort: { column: "accountName", direction: "ascending" },
        limit: 1,
      });
      const id = page.ok ? page.value.rows[0]?.id : undefined;
      if (id === undefined) throw new Error("The account is not there.");
      const shown = await calls["accounts.revealNumber"]({ id, field: "accountNumber", reason: "Test" });
      return shown.ok ? shown.value.value : "";
    });
    expect(number).toMatch(/^[0-9]{6,}$/u);
    const files = readdirSync(userData, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && (entry.parentPath.includes("workspaces") || entry.parentPath.includes("logs")),
      )
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.some((file) => file.endsWith("vostro.db"))).toBe(true);
    for (const file of files) {
      const bytes = readFileSync(file);
      for (const secret of [number, "training-secret", "harbour lantern quiet meadow"]) {
        expect(bytes.includes(secret), `${file} holds ${secret}`).toBe(false);
      }
    }
    const { host } = app;
    if (host === undefined) return;
    await host.emitPower("suspend");
    await expect.poll(phase).toBe("locked");
  });
});
