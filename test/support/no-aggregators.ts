import type { ProviderMakers } from "../../src/main/features/connections/live-providers.ts";

const notHere = (): never => {
  throw new Error("This test connects to no aggregator.");
};

/** For rooms whose only provider is Finzly. */
export const noAggregators: Omit<ProviderMakers, "finzly"> = { finicity: notHere, signzy: notHere };
