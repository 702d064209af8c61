import { strict } from "./strict.ts";

export interface SchemePrivileges {
  readonly scheme: string;
  readonly privileges?: Readonly<Record<string, boolean>>;
}
export type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** Electron's `protocol` for one privileged scheme of the app's own. */
export function createProtocol(isReady: () => boolean) {
  const handlers = new Map<string, SchemeHandler>();
  let schemes: readonly SchemePrivileges[] | undefined;

  const protocol = strict("protocol", {
    registerSchemesAsPrivileged: (custom: readonly SchemePrivileges[]) => {
      if (isReady()) throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
      if (schemes !== undefined) throw new Error("protocol.registerSchemesAsPrivileged can be called only once");
      if (custom.length !== 1) throw new Error("the stand-in serves exactly one privileged scheme");
      for (const { scheme, privileges } of custom) {
        if (privileges?.["standard"] !== true) throw new Error(`${scheme}: the stand-in needs a standard scheme`);
        if (privileges["secure"] !== true) throw new Error(`${scheme}: the stand-in needs a secure scheme`);
        if (privileges["bypassCSP"] === true) throw new Error(`${scheme}: bypassCSP is insecure`);
      }
      schemes = custom;
    },
    handle: (scheme: string, handler: SchemeHandler) => {
      if (!isReady()) throw new Error("protocol.handle cannot be used before app is ready");
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      if (!schemes?.some((known) => known.scheme === scheme))
        throw new Error(`${scheme} is not registered as privileged`);
      handlers.set(scheme, handler);
    },
    unhandle: (scheme: string) => {
      if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
    },
    isProtocolHandled: (scheme: string) => handlers.has(scheme),
  });
  return {
    protocol,
    scheme: () => schemes?.[0]?.scheme,
    handler: () => handlers.get(schemes?.[0]?.scheme ?? ""),
  };
}
