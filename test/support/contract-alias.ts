import { registerHooks } from "node:module";

/** Lets plain Node run main's sources: "@contract" and "@contract/x" as the bundler resolves them. */
const contract = new URL("../../src/preload/contract/", import.meta.url);

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === "@contract") return next(new URL("index.ts", contract).href, context);
    if (specifier.startsWith("@contract/"))
      return next(new URL(specifier.slice("@contract/".length), contract).href, context);
    return next(specifier, context);
  },
});
