import { protocol } from "electron";
import { appScheme } from "./app-address.ts";
import { answerRequest, fileMap } from "./page-files.ts";

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the page from the folder of the built renderer. */
export function serveApp(folder: string): void {
  const files = fileMap(folder);
  protocol.handle(appScheme, (request) => answerRequest(files, request.method, request.url));
}
