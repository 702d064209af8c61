export * from "./bridge-provider.tsx";
export * from "./by-position.ts";
export * from "./failure-words.ts";
export * from "./offset-rows.ts";
export * from "./use-call.ts";
export * from "./use-offset-rows.ts";
export * from "./use-paged-rows.ts";
export * from "./use-session.ts";
export { call } from "./vostro.ts";
