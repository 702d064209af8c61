import {
  startFinzlySimulator,
  type FinzlySimulator,
  type FinzlySimulatorOptions,
} from "../../src/main/training/finzly/index.ts";
import { answerParent } from "./child-process.ts";

export type SimulatorQuestion = FinzlySimulatorOptions & { readonly accounts: number };

export interface SimulatorAnswer {
  readonly apiBaseUrl: string;
  readonly tokenUrl: string;
  readonly accounts: readonly {
    readonly customerUID: string;
    readonly accountUID: string;
    readonly accountNumber: string;
  }[];
}

const started: FinzlySimulator[] = [];

/** One simulated Finzly in a process of its own, so that it takes no time from those who are measured. */
async function start({ accounts, ...options }: SimulatorQuestion): Promise<SimulatorAnswer> {
  const simulator = await startFinzlySimulator(options);
  started.push(simulator);
  const added = simulator.addAccounts(accounts);
  return {
    apiBaseUrl: simulator.apiBaseUrl,
    tokenUrl: simulator.tokenUrl,
    accounts: added.map((ids) => ({
      ...ids,
      accountNumber: simulator.account(ids.customerUID, ids.accountUID)?.accountNumber ?? "",
    })),
  };
}

answerParent(start, async () => {
  for (const simulator of started) await simulator.close();
});
