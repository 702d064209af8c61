import type { PreparedRequest } from "./outbox-room.ts";

interface Execution {
  readonly response?: { readonly code: number; readonly json: () => { readonly status?: string } };
}

interface Summary {
  readonly run: {
    readonly timings: { readonly started: number; readonly completed: number };
    readonly executions: readonly Execution[];
  };
}

interface Newman {
  readonly run: (options: object, done: (error: Error | null, summary: Summary) => void) => void;
}

/** Installed for the benchmarks only, so it is not there when sources are checked. */
const newmanPackage: string = "newman";

const collectionFor = (origin: string, token: string) => ({
  info: { name: "updates", schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
  item: [
    {
      name: "update",
      request: {
        method: "PUT",
        url: `${origin}{{path}}`,
        header: [
          { key: "accept", value: "application/json" },
          { key: "content-type", value: "application/json" },
          { key: "authorization", value: `Bearer ${token}` },
        ],
        body: { mode: "raw", raw: "{{body}}" },
      },
    },
  ],
});

/**
 * What `newman run -d` does: one row after another. The time is newman's own, from its first iteration to its last, so
 * that its start does not count.
 */
export async function newmanRun(
  origin: string,
  token: string,
  requests: readonly PreparedRequest[],
): Promise<{ readonly elapsedMs: number; readonly accepted: number }> {
  const { default: newman } = (await import(newmanPackage)) as { readonly default: Newman };
  const iterationData = requests.map(({ path, body }) => ({ path, body }));
  const summary = await new Promise<Summary>((resolve, reject) => {
    newman.run({ collection: collectionFor(origin, token), iterationData }, (error, done) =>
      error === null ? resolve(done) : reject(error),
    );
  });
  const { timings, executions } = summary.run;
  const isAccepted = ({ response }: Execution): boolean =>
    response?.code === 200 && response.json().status === "Success";
  return { elapsedMs: timings.completed - timings.started, accepted: executions.filter(isAccepted).length };
}
