import { session } from "electron";

/** The system's proxy for an origin in the words of a PAC script: "DIRECT", "PROXY host:port" …. */
export function systemProxyFor(origin: string): Promise<string> {
  return session.defaultSession.resolveProxy(origin);
}
