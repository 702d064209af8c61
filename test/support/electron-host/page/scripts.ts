import { Script } from "node:vm";
import { createCloneCodec } from "./codec.ts";
import { runPreload } from "./preload-world.ts";
import type { PreloadWorldNames } from "./preload-world.ts";
import { createWorldPort } from "./world-port.ts";

export interface PageScripts {
  /** Runs first, in the page's own world. */
  readonly page: string;
  /** Runs next, in the preload's world; holds the preload itself. */
  readonly preload: string;
}

/** Builds the two scripts that every new document runs before its own. Throws a SyntaxError for a broken preload. */
export function pageScripts(
  names: PreloadWorldNames & { readonly secret: string },
  preloadSource: string,
): PageScripts {
  const port = createWorldPort.toString();
  const secret = JSON.stringify(names.secret);
  const preload = `(() => {
const names = ${JSON.stringify({ toHost: names.toHost, fromHost: names.fromHost })};
const codec = (${createCloneCodec.toString()})();
const port = (${port})(${secret}, "preload");
(${runPreload.toString()})(names, codec, port, function (require, module, exports) {
${preloadSource}
});
})();
//# sourceURL=electron-host/preload.js`;
  new Script(preload);
  return { page: `(${port})(${secret}, "page");\n//# sourceURL=electron-host/page.js`, preload };
}
