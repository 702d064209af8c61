import type { CallName, EventName, InputOf, OutputOf, PayloadOf, Result, VostroBridge } from "@contract";

declare global {
  interface Window {
    readonly vostro: VostroBridge;
  }
}

/** Makes a call to main. Answers with a value or a failure, never throws. */
export async function call<N extends CallName>(name: N, input: InputOf<N>): Promise<Result<OutputOf<N>>> {
  const make = window.vostro.calls[name] as (given: InputOf<N>) => Promise<Result<OutputOf<N>>>;
  try {
    return await make(input);
  } catch {
    return {
      ok: false,
      failure: {
        code: "internal",
        message: "The part of Vostro that keeps the data did not answer. Nothing is known to have changed.",
        retryable: true,
        correlationId: "",
      },
    };
  }
}

/**
 * Listens to an event of main; the function returned stops listening. The other side of the bridge may keep what it was
 * given, so it gets a shell that holds the listener, and all the listener remembers, no longer than it listens.
 */
export function onBridgeEvent<N extends EventName>(name: N, listener: (payload: PayloadOf<N>) => void): () => void {
  const listen = window.vostro.events[name] as (given: (payload: PayloadOf<N>) => void) => () => void;
  const shell: { listener: typeof listener | undefined } = { listener };
  const stop = listen((payload) => shell.listener?.(payload));
  return () => {
    shell.listener = undefined;
    stop();
  };
}
