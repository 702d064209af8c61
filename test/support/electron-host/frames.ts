import type { CdpSession, Protocol } from "./cdp.ts";
import type { Origins } from "./origins.ts";
import { strict } from "./strict.ts";

/** What main sees of a frame: the members of Electron's WebFrameMain that describe it. */
export interface HostFrame {
  readonly url: string;
  readonly origin: string;
  readonly name: string;
  readonly parent: HostFrame | null;
  readonly top: HostFrame | null;
  readonly frames: HostFrame[];
  readonly framesInSubtree: HostFrame[];
  readonly processId: number;
  readonly routingId: number;
  readonly frameToken: string;
  readonly frameTreeNodeId: number;
  readonly detached: boolean;
  isDestroyed(): boolean;
}

interface FrameRecord {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly nodeId: number;
  url: string;
  origin: string;
  name: string;
  documentCount: number;
  isDetached: boolean;
  readonly shown: HostFrame;
}

export interface FrameTree {
  watch(session: CdpSession): void;
  main(): HostFrame;
  mainId(): string;
  find(frameId: string): HostFrame | undefined;
  /** The frame now, and a reader that turns null once the frame has gone or shows another document. */
  sender(frameId: string): { frame: HostFrame; whileSame(): HostFrame | null } | undefined;
}

export function createFrameTree(mainFrameId: string, origins: Origins): FrameTree {
  const records = new Map<string, FrameRecord>();
  let lastNodeId = 0;

  const childrenOf = (id: string): FrameRecord[] => [...records.values()].filter((record) => record.parentId === id);
  const describe = (id: string, parentId: string | undefined, nodeId: number): HostFrame => {
    const self = (): FrameRecord => records.get(id) ?? record;
    const parent = (): HostFrame | null => (parentId === undefined ? null : (records.get(parentId)?.shown ?? null));
    const shown = strict("WebFrameMain", {
      get url() {
        return origins.toMain(self().url);
      },
      get origin() {
        return origins.toMain(self().origin);
      },
      get name() {
        return self().name;
      },
      get parent() {
        return parent();
      },
      get top(): HostFrame | null {
        return parent()?.top ?? (parentId === undefined ? shown : null);
      },
      get frames() {
        return childrenOf(id).map((child) => child.shown);
      },
      get framesInSubtree(): HostFrame[] {
        return [shown, ...childrenOf(id).flatMap((child) => child.shown.framesInSubtree)];
      },
      get detached() {
        return self().isDetached;
      },
      processId: 1,
      routingId: nodeId,
      frameToken: id,
      frameTreeNodeId: nodeId,
      isDestroyed: () => self().isDetached,
    });
    const record: FrameRecord = {
      id,
      parentId,
      nodeId,
      url: "about:blank",
      origin: "null",
      name: "",
      documentCount: 0,
      isDetached: false,
      shown,
    };
    records.set(id, record);
    return shown;
  };
  const add = (id: string, parentId: string | undefined): void => {
    if (records.has(id)) return;
    lastNodeId += 1;
    describe(id, parentId, lastNodeId);
  };
  const remove = (id: string): void => {
    const record = records.get(id);
    if (record === undefined) return;
    for (const child of childrenOf(id)) remove(child.id);
    record.isDetached = true;
    records.delete(id);
  };
  const navigated = (frame: Protocol.Page.Frame): void => {
    add(frame.id, frame.parentId);
    for (const child of childrenOf(frame.id)) remove(child.id);
    const record = records.get(frame.id);
    if (record === undefined) return;
    record.url = frame.url + (frame.urlFragment ?? "");
    record.origin = frame.securityOrigin === "://" || frame.securityOrigin === "" ? "null" : frame.securityOrigin;
    record.name = frame.name ?? "";
    record.documentCount += 1;
  };
  add(mainFrameId, undefined);

  return {
    watch: (session) => {
      session.on("Page.frameAttached", ({ frameId, parentFrameId }) => {
        add(frameId, parentFrameId);
        const record = records.get(frameId);
        if (record && record.documentCount === 0) record.origin = records.get(parentFrameId)?.origin ?? "null";
      });
      session.on("Page.frameNavigated", ({ frame }) => navigated(frame));
      session.on("Page.navigatedWithinDocument", ({ frameId, url }) => {
        const record = records.get(frameId);
        if (record) record.url = url;
      });
      session.on("Page.frameDetached", ({ frameId, reason }) => {
        if (reason === "remove") remove(frameId);
      });
    },
    main: () => {
      const record = records.get(mainFrameId);
      if (record === undefined) throw new Error("the main frame has gone");
      return record.shown;
    },
    mainId: () => mainFrameId,
    find: (frameId) => records.get(frameId)?.shown,
    sender: (frameId) => {
      const record = records.get(frameId);
      if (record === undefined) return undefined;
      const documentCount = record.documentCount;
      return {
        frame: record.shown,
        whileSame: () => (record.isDetached || record.documentCount !== documentCount ? null : record.shown),
      };
    },
  };
}
