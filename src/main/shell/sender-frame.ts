import { appHost, appScheme } from "./app-address.ts";

/** The parts of a sender's frame that tell whose it is. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Exactly our page: protocol and host, the top frame, in our window. A frame that is already gone is not. */
export function isOurPage(frame: SenderFrame | null, senderId: number, windowId: number | undefined): boolean {
  if (frame === null || frame.parent !== null || senderId !== windowId || !URL.canParse(frame.url)) return false;
  const { protocol, host, username, password, port } = new URL(frame.url);
  return protocol === `${appScheme}:` && host === appHost && username === "" && password === "" && port === "";
}
