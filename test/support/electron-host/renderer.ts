import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { CdpConnection, CdpSession, Protocol } from "./cdp.ts";
import { createFrameTree } from "./frames.ts";
import type { FrameTree, HostFrame } from "./frames.ts";
import { createCloneCodec } from "./page/codec.ts";
import { pageScripts } from "./page/scripts.ts";
import { guardRequests, isGone } from "./requests.ts";
import type { RequestGate } from "./requests.ts";

const PRELOAD_WORLD = "Electron Isolated Context";

export interface Invocation {
  readonly channel: string;
  readonly args: unknown[];
  readonly frame: HostFrame;
  whileSame(): HostFrame | null;
}

/** What a renderer tells the window that owns it. */
export interface RendererOwner {
  invoke(invocation: Invocation): Promise<unknown>;
  loaded(): void;
  preloadError(error: Error): void;
  consoleMessage(message: {
    level: "info" | "warning" | "error" | "debug";
    message: string;
    lineNumber: number;
    sourceId: string;
  }): void;
  crashed(): void;
  opened(details: { url: string; frameName: string; features: string }): void;
  /** False when the app prevented it. */
  mayNavigate(navigation: { url: string; isMainFrame: boolean; frame: HostFrame | null }): boolean;
}

export interface Renderer {
  readonly session: CdpSession;
  readonly frames: FrameTree;
  readonly targetId: string;
  load(browserUrl: string): Promise<void>;
  reload(): Promise<void>;
  send(channel: string, args: unknown[]): void;
}

/** Takes over one page target: preload in its own world, requests, frames, messages. Resolves when it may load. */
export async function takeOver(
  cdp: CdpConnection,
  target: { readonly targetId: string; readonly sessionId: string },
  preloadPath: string,
  gate: Omit<RequestGate, "mayNavigate">,
  owner: RendererOwner,
): Promise<Renderer> {
  const session = cdp.session(target.sessionId);
  const secret = `host-${randomUUID()}`;
  const names = { secret, toHost: `to-${secret}`, fromHost: `from-${secret}` };
  const scripts = pageScripts(names, readFileSync(preloadPath, "utf8"));
  const frames = createFrameTree(target.targetId, gate.origins);
  const codec = createCloneCodec();
  const requested = new Map<string, string>();
  const loading = new Set<string>();
  let lastOwnUrl = "about:blank";
  let refusedUrl: string | undefined;
  let mainContext: { readonly session: CdpSession; readonly contextId: number } | undefined;

  const mayNavigate = (paused: Protocol.Fetch.requestPausedPayload): boolean => {
    const url = paused.request.url;
    const isMainFrame = paused.frameId === frames.mainId();
    if (isMainFrame && loading.delete(url)) return true;
    const isAskedByPage = requested.get(paused.frameId) === url;
    requested.delete(paused.frameId);
    if (isMainFrame && !isAskedByPage) return true;
    return owner.mayNavigate({
      url: gate.origins.toMain(url),
      isMainFrame,
      frame: frames.find(paused.frameId) ?? null,
    });
  };

  const receive = async (from: CdpSession, contextId: number, frameId: string, text: string): Promise<void> => {
    const message = codec.decode(text) as {
      kind: string;
      id: number;
      channel: string;
      args: unknown[];
      files: string[];
      name: string;
      message: string;
      stack: string;
    };
    if (message.kind === "preload-error") {
      owner.preloadError(Object.assign(new Error(message.message), { name: message.name, stack: message.stack }));
      return;
    }
    const sender = frames.sender(frameId);
    if (sender === undefined) return;
    const { channel } = message;
    let answer: string;
    try {
      const args =
        message.files.length === 0 ? message.args : await withPaths(from, contextId, names.fromHost, message);
      const value = await owner.invoke({ channel, args, frame: sender.frame, whileSame: sender.whileSame });
      answer = codec.encode({ kind: "answer", id: message.id, ok: true, value });
    } catch (error) {
      const value = new Error(`Error invoking remote method '${channel}': ${String(error)}`);
      answer = codec.encode({ kind: "answer", id: message.id, ok: false, value });
    }
    await tell(from, contextId, names.fromHost, answer);
  };

  const attach = async (own: CdpSession): Promise<void> => {
    const contexts = new Map<number, string>();
    frames.watch(own);
    own.on("Runtime.executionContextCreated", ({ context }) => {
      const aux = context.auxData as { readonly frameId?: string } | undefined;
      if (context.name !== PRELOAD_WORLD || aux?.frameId === undefined) return;
      contexts.set(context.id, aux.frameId);
      if (aux.frameId === frames.mainId()) mainContext = { session: own, contextId: context.id };
    });
    const forget = (contextId: number): void => {
      contexts.delete(contextId);
      if (mainContext?.session === own && mainContext.contextId === contextId) mainContext = undefined;
    };
    own.on("Runtime.executionContextDestroyed", ({ executionContextId }) => forget(executionContextId));
    own.on("Runtime.executionContextsCleared", () => [...contexts.keys()].forEach(forget));
    own.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
      const frameId = contexts.get(executionContextId);
      if (name !== names.toHost || frameId === undefined) return;
      receive(own, executionContextId, frameId, payload).catch((error: unknown) => {
        if (!isGone(error)) gate.complain(error);
      });
    });
    own.on("Page.frameRequestedNavigation", ({ frameId, url, disposition }) => {
      if (disposition !== "currentTab") return;
      requested.set(frameId, withoutFragment(url));
      if (/^(https?|javascript):/i.test(url)) return;
      const isMainFrame = frameId === frames.mainId();
      if (!isMainFrame) return;
      const mayGo = owner.mayNavigate({ url, isMainFrame, frame: frames.find(frameId) ?? null });
      if (!mayGo) refusedUrl = url;
    });
    own.on("Page.frameNavigated", ({ frame }) => {
      if (frame.id !== frames.mainId()) return;
      if (gate.origins.isOwn(frame.url)) lastOwnUrl = frame.url;
      else if (frame.url === refusedUrl) {
        refusedUrl = undefined;
        load(lastOwnUrl).catch((error: unknown) => {
          if (!isGone(error)) gate.complain(error);
        });
      }
    });
    own.on("Runtime.consoleAPICalled", ({ type, args, stackTrace }) => {
      const level =
        type === "error" || type === "assert"
          ? "error"
          : type === "warning"
            ? "warning"
            : type === "debug"
              ? "debug"
              : "info";
      const at = stackTrace?.callFrames[0];
      const message = args.map((arg) => String(arg.value ?? arg.description ?? arg.type)).join(" ");
      owner.consoleMessage({ level, message, lineNumber: at?.lineNumber ?? 0, sourceId: at?.url ?? "" });
    });
    own.on("Runtime.exceptionThrown", ({ exceptionDetails: { text, exception, lineNumber, url } }) => {
      const message = `${text} ${exception?.description ?? ""}`.trim();
      owner.consoleMessage({ level: "error", message, lineNumber, sourceId: url ?? "" });
    });
    own.on("Log.entryAdded", ({ entry }) => {
      if (entry.level !== "error" && entry.level !== "warning") return;
      const { level, text, lineNumber, url } = entry;
      owner.consoleMessage({ level, message: text, lineNumber: lineNumber ?? 0, sourceId: url ?? "" });
    });
    own.on("Page.windowOpen", ({ url, windowName, windowFeatures }) => {
      owner.opened({ url: gate.origins.toMain(url), frameName: windowName, features: windowFeatures.join(",") });
    });
    own.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      const child = cdp.session(sessionId);
      const ready = targetInfo.type === "iframe" ? attach(child) : guardRequests(child, { ...gate, mayNavigate });
      ready
        .then(() => child.send("Runtime.runIfWaitingForDebugger"))
        .catch((error: unknown) => {
          if (!isGone(error)) gate.complain(error);
        });
    });
    await Promise.all([
      own.send("Page.enable"),
      own.send("Log.enable"),
      own.send("Runtime.addBinding", { name: names.toHost, executionContextName: PRELOAD_WORLD }),
      own.send("Page.addScriptToEvaluateOnNewDocument", { source: scripts.page }),
      own.send("Page.addScriptToEvaluateOnNewDocument", { source: scripts.preload, worldName: PRELOAD_WORLD }),
      own.send("Runtime.enable"),
      own.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      guardRequests(own, { ...gate, mayNavigate }),
    ]);
  };

  const load = async (browserUrl: string): Promise<void> => {
    loading.add(withoutFragment(browserUrl));
    const { errorText } = await session.send("Page.navigate", { url: browserUrl });
    if (errorText) throw new Error(errorText);
  };

  session.on("Page.loadEventFired", () => {
    if (gate.origins.isOwn(lastOwnUrl)) owner.loaded();
  });
  session.on("Inspector.targetCrashed", () => {
    mainContext = undefined;
    owner.crashed();
  });
  await attach(session);
  await session.send("Runtime.runIfWaitingForDebugger");
  return {
    session,
    frames,
    targetId: target.targetId,
    load,
    reload: async () => {
      loading.add(withoutFragment(lastOwnUrl));
      await session.send("Page.reload");
    },
    send: (channel, args) => {
      const text = codec.encode({ kind: "event", channel, args });
      if (mainContext === undefined) return;
      tell(mainContext.session, mainContext.contextId, names.fromHost, text).catch((error: unknown) => {
        if (!isGone(error)) gate.complain(error);
      });
    },
  };
}

const TELL = "function (name, text) { globalThis[name](text); }";

async function tell(session: CdpSession, executionContextId: number, name: string, text: string): Promise<void> {
  await session.send("Runtime.callFunctionOn", {
    executionContextId,
    functionDeclaration: TELL,
    arguments: [{ value: name }, { value: text }],
    silent: true,
  });
}

/** Replaces the tokens that webUtils.getPathForFile gave the preload by the paths of the files they stand for. */
async function withPaths(
  session: CdpSession,
  executionContextId: number,
  name: string,
  message: { readonly args: unknown[]; readonly files: string[] },
): Promise<unknown[]> {
  const paths = new Map<unknown, string>();
  for (const token of message.files) {
    const { result } = await session.send("Runtime.callFunctionOn", {
      executionContextId,
      functionDeclaration: "function (name, token) { return globalThis[name].file(token); }",
      arguments: [{ value: name }, { value: token }],
    });
    if (result.objectId === undefined) continue;
    const { path } = await session.send("DOM.getFileInfo", { objectId: result.objectId });
    paths.set(token, path);
  }
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (Object.prototype.toString.call(value) !== "[object Object]") return paths.get(value) ?? value;
    return Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, replaced(member)]));
  };
  return message.args.map(replaced);
}

function withoutFragment(url: string): string {
  return url.split("#")[0] ?? url;
}
