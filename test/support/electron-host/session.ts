import { notImplemented, strict, strictEmitter, withMembers } from "./strict.ts";

type RequestHandler = (
  webContents: object,
  permission: string,
  answer: (isGranted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (webContents: object | null, permission: string, origin: string, details: object) => boolean;
type DeviceHandler = (details: object) => boolean;

/** Electron's `session.defaultSession`: what it is told is kept, and permissions can be asked for through it. */
export function createSession(
  protocol: object,
  isReady: () => boolean,
  record: (what: string, detail: unknown) => void,
) {
  let requestHandler: RequestHandler | null = null;
  let checkHandler: CheckHandler | null = null;
  let deviceHandler: DeviceHandler | null = null;

  const webRequestEvent = (name: string) => (first: unknown, second?: unknown) => {
    const listener = second ?? first;
    if (listener !== null && typeof listener !== "function")
      throw new TypeError(`webRequest.${name}: a listener is needed`);
    record(`webRequest.${name}`, listener === null ? "removed" : "set");
  };
  const defaultSession = strict(
    "session",
    withMembers(strictEmitter("session", ["will-download"]), {
      protocol,
      webRequest: strict("webRequest", {
        onBeforeRequest: webRequestEvent("onBeforeRequest"),
        onHeadersReceived: webRequestEvent("onHeadersReceived"),
      }),
      setPermissionRequestHandler: (handler: RequestHandler | null) => {
        requestHandler = handler;
      },
      setPermissionCheckHandler: (handler: CheckHandler | null) => {
        checkHandler = handler;
      },
      setDevicePermissionHandler: (handler: DeviceHandler | null) => {
        deviceHandler = handler;
      },
      setCertificateVerifyProc: (proc: unknown) =>
        record("session.setCertificateVerifyProc", proc === null ? "removed" : "set"),
      setSpellCheckerEnabled: (isEnabled: boolean) => record("session.setSpellCheckerEnabled", isEnabled),
      resolveProxy: async () => "DIRECT",
      clearStorageData: async () => record("session.clearStorageData", undefined),
      clearCache: async () => record("session.clearCache", undefined),
      clearAuthCache: async () => record("session.clearAuthCache", undefined),
    }),
  );
  const session = strict("session", {
    get defaultSession() {
      if (!isReady()) throw new Error("Session can only be received when app is ready");
      return defaultSession;
    },
    fromPartition: () => {
      throw notImplemented("session.fromPartition");
    },
  });
  return {
    session,
    defaultSession,
    /** What a page asking for `permission` would get. Without a handler Electron grants. */
    permission: async (webContents: object, permission: string, origin: string) => ({
      request:
        requestHandler === null
          ? true
          : await new Promise<boolean>((resolve) => {
              requestHandler?.(webContents, permission, resolve, { isMainFrame: true, requestingUrl: origin });
            }),
      check: checkHandler === null ? true : checkHandler(webContents, permission, origin, { isMainFrame: true }),
      device: deviceHandler === null ? false : deviceHandler({ deviceType: permission, origin, device: {} }),
    }),
  };
}
