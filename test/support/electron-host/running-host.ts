import { createHost } from "./host.ts";
import { prepareAppRoot } from "./app-root.ts";
import { readSettings } from "./settings.ts";

const [, , given = ".", ...args] = process.argv;
const root = prepareAppRoot(given);
process.argv = [process.execPath, ...(root.isPackaged ? [] : [given]), ...args];

/** The one host of this process. */
export const host = createHost(readSettings(root.path, process.argv, root.isPackaged, process.env));
