import type { CdpConnection } from "./cdp.ts";
import { isGone } from "./requests.ts";

export interface PageTarget {
  readonly targetId: string;
  readonly sessionId: string;
}

/** Hands out page targets to windows and closes every page that no window asked for. */
export function createTargets(cdp: () => CdpConnection) {
  const firstPage = Promise.withResolvers<PageTarget>();
  const expected = new Map<string, (target: PageTarget) => void>();
  const early = new Map<string, PageTarget>();
  let isFirstTaken = false;
  let hasFirst = false;
  let isOpening = 0;

  const refuse = async ({ targetId, sessionId }: PageTarget): Promise<void> => {
    const page = cdp().session(sessionId);
    const patterns = [{ urlPattern: "*" }];
    page.on("Fetch.requestPaused", ({ requestId }) => {
      page.send("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" }).catch(ignoreGone);
    });
    const steps = [
      page.send("Fetch.enable", { patterns }),
      page.send("Runtime.runIfWaitingForDebugger"),
      cdp().browser.send("Target.closeTarget", { targetId }),
    ];
    await Promise.all(steps);
  };

  return {
    /** Begins to follow a browser's pages; `onGone` hears of each that closes. */
    watch: async (connection: CdpConnection, onGone: (targetId: string) => void): Promise<void> => {
      const { browser } = connection;
      browser.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
        const target = { targetId: targetInfo.targetId, sessionId };
        const waiting = expected.get(target.targetId);
        if (waiting) waiting(target);
        else if (!hasFirst) {
          hasFirst = true;
          firstPage.resolve(target);
        } else if (targetInfo.openerFrameId === undefined && isOpening > 0) early.set(target.targetId, target);
        else refuse(target).catch(ignoreGone);
      });
      browser.on("Target.detachedFromTarget", ({ targetId }) => {
        if (targetId !== undefined) onGone(targetId);
      });
      const filter = [{ type: "page" }];
      await browser.send("Target.setAutoAttach", {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter,
      });
    },
    open: async (size: { readonly widthPx: number; readonly heightPx: number }): Promise<PageTarget> => {
      if (!isFirstTaken) {
        isFirstTaken = true;
        return await firstPage.promise;
      }
      isOpening += 1;
      try {
        const { widthPx: width, heightPx: height } = size;
        const { targetId } = await cdp().browser.send("Target.createTarget", {
          url: "about:blank",
          newWindow: true,
          width,
          height,
        });
        const known = early.get(targetId);
        early.delete(targetId);
        return known ?? (await new Promise<PageTarget>((resolve) => expected.set(targetId, resolve)));
      } finally {
        isOpening -= 1;
      }
    },
  };
}

function ignoreGone(error: unknown): void {
  if (!isGone(error)) throw error;
}
