import type { CallName, CallOf, EventName, PayloadOf, Person } from "@contract";
import type { z } from "zod";
import { VostroFailure } from "./failures.ts";

/**
 * What a handler knows of the call it serves. `person` is set whenever the call's access demands somebody signed in.
 */
export interface CallContext {
  readonly correlationId: string;
  readonly person: Person | undefined;
}

type Awaitable<T> = T | Promise<T>;
type Feature<N extends CallName> = N extends `${infer F}.${string}` ? F : never;
export type FeatureName = Feature<CallName>;
type CallIn<F extends FeatureName> = Extract<CallName, `${F}.${string}`>;
type ShortName<N extends CallName> = N extends `${string}.${infer S}` ? S : never;

/** One function a call: parsed input in, unparsed output out. Failures are thrown as `VostroFailure`. */
export type HandlersOf<F extends FeatureName> = {
  readonly [N in CallIn<F> as ShortName<N>]: (
    input: z.output<CallOf<N>["input"]>,
    context: CallContext,
  ) => Awaitable<z.input<CallOf<N>["output"]>>;
};

/** Tells every window; payloads are parsed against the contract before they leave main. */
export type Publish = <N extends EventName>(name: N, payload: PayloadOf<N>) => void;

/** A handler with its types worn off, as the registry holds it. Only parsed input reaches it. */
export type AnyHandler = (input: unknown, context: CallContext) => unknown;
export type HandlerRegistry = ReadonlyMap<string, AnyHandler>;

/** The handlers of one feature under their full names: "changes.send". */
export function namedHandlers<F extends FeatureName>(feature: F, handlers: HandlersOf<F>): HandlerRegistry {
  return new Map(Object.entries(handlers).map(([name, run]) => [`${feature}.${name}`, run as AnyHandler]));
}

/** The person of a call whose access demands one. */
export function signedIn(context: CallContext): Person {
  if (context.person === undefined) throw new VostroFailure("sign-in-needed", "Sign in to do this.");
  return context.person;
}
