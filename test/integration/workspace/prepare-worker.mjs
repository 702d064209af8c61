import { registerHooks } from "node:module";

const contract = new URL("../../../src/preload/contract/", import.meta.url);

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === "@contract") return next(new URL("index.ts", contract).href, context);
    if (specifier.startsWith("@contract/"))
      return next(new URL(specifier.slice("@contract/".length), contract).href, context);
    return next(specifier, context);
  },
});

await import("../../../src/main/compose-prepare-worker.ts");
