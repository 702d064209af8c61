import { ms, type BenchContext, type Measured, type Measurement } from "../measurement.ts";
import { percentile } from "../statistics.ts";
import { ask, launchTraining, signInMaker } from "./training-app.ts";

const rows = 100;

interface Times {
  readonly bridge: readonly number[];
  readonly clone: readonly number[];
  readonly bytes: number;
}

/** In the page: the call and a structured clone of what it answered, in turns. */
async function inPage([turns, limit]: readonly [number, number]): Promise<Times> {
  const call = globalThis.window.vostro.calls["accounts.page"];
  const bridge: number[] = [];
  const clone: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const askedMs = performance.now();
    const result = await call({ limit, sort: { column: "customerName", direction: "ascending" } });
    bridge.push(performance.now() - askedMs);
    const clonedMs = performance.now();
    structuredClone(result);
    clone.push(performance.now() - clonedMs);
    bytes = JSON.stringify(result).length;
  }
  return { bridge, clone, bytes };
}

async function run(context: BenchContext): Promise<Measured> {
  context.say("bridge round trips");
  const app = await launchTraining(context.scratch("bridge"));
  try {
    const { page } = app;
    await page.getByRole("heading", { name: "Sign in to Training" }).waitFor();
    await signInMaker(page);
    const [connection] = await ask(page, "connections.list", {});
    if (connection === undefined) throw new Error("The training workspace has no connection.");
    await ask(page, "accounts.load", { connectionId: connection.id });
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Accounts/u }).click();
    await page.getByText("400 of 400 accounts").waitFor();
    await page.evaluate(inPage, [50, rows] as const);
    const times = await page.evaluate(inPage, [context.quick ? 100 : 500, rows] as const);
    const lines = ([["p50", 0.5], ["p99", 0.99]] as const).map(([name, share]) => {
      const [trip, clone] = [percentile(times.bridge, share), percentile(times.clone, share)];
      return {
        what: `round trip of ${rows} accounts, ${name} (${app.kind})`,
        value: ms(trip),
        beside: `structuredClone ${ms(clone)}`,
        ratio: trip / clone,
        goal: "≤ 3.00",
      };
    });
    return { lines, data: { kind: app.kind, rows, ...times } };
  } finally {
    await app.close();
  }
}

/** One call through page, preload, main, SQL, schemas and back, beside a structured clone of the same rows. */
export const bridge: Measurement = { name: "bridge", title: "The bridge, in the running app", run };
