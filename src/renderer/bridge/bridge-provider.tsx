import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { keyOfTopic, stateKey } from "./query-keys.ts";
import { onBridgeEvent } from "./vostro.ts";

/** Answers stay until main says that they are old; nothing is retried or read again by itself. */
function newClient(): QueryClient {
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

/** Drops every answer but the app's state: nothing decrypted stays behind a lock. */
export function dropAnswers(client: QueryClient): void {
  const isKept = (key: readonly unknown[]) => stateKey.every((part, at) => key[at] === part);
  client.removeQueries({ predicate: (query) => !isKept(query.queryKey) });
  client.getMutationCache().clear();
}

/** Keeps the answers of main and renews them when main says so. */
export function BridgeProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(newClient);
  useEffect(() => {
    const stopData = onBridgeEvent("workspace.dataChanged", ({ topics }) => {
      for (const topic of topics) void client.invalidateQueries({ queryKey: [...keyOfTopic(topic)] });
    });
    const stopState = onBridgeEvent("workspace.stateChanged", () => {
      void client.invalidateQueries({ queryKey: [...stateKey] });
    });
    return () => {
      stopData();
      stopState();
    };
  }, [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
