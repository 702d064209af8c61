import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { keyOfTopic, stateKey } from "./query-keys.ts";
import { onBridgeEvent } from "./vostro.ts";

/** Where the answers of main are kept; `clear` drops them all. */
export type Answers = QueryClient;

/** Answers stay until main says that they are old; nothing is retried or read again by itself. */
export function createAnswers(): Answers {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        networkMode: "always",
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { retry: false, networkMode: "always", gcTime: 0 },
    },
  });
}

export interface BridgeProviderProps {
  readonly answers: Answers;
  readonly children: ReactNode;
}

/** Hands the answers of main to the page and renews them when main says so. */
export function BridgeProvider({ answers, children }: BridgeProviderProps) {
  useEffect(() => {
    const stopData = onBridgeEvent("workspace.dataChanged", ({ topics }) => {
      for (const topic of topics) void answers.invalidateQueries({ queryKey: [...keyOfTopic(topic)] });
      if (topics.includes("connections")) void answers.invalidateQueries({ queryKey: [...stateKey] });
    });
    const stopState = onBridgeEvent("workspace.stateChanged", () => {
      void answers.invalidateQueries({ queryKey: [...stateKey] });
    });
    return () => {
      stopData();
      stopState();
    };
  }, [answers]);
  return <QueryClientProvider client={answers}>{children}</QueryClientProvider>;
}
