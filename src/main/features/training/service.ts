import type { FaultSettings, TrainingPanel } from "@contract";
import type { Act } from "../people/service.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Store } from "../../database/sql.ts";
import type { FaultWords, SimulatedFault, SimulatedFaultWish, SimulatedProvider } from "./simulated-provider.ts";

export interface TrainingDependencies {
  readonly provider: SimulatedProvider;
  readonly kinds: readonly FaultWords[];
  readonly routes: readonly string[];
  readonly store: Store;
  readonly audit: AuditTrail;
}

export interface TrainingService {
  readonly panel: () => TrainingPanel;
  /** Failure input-invalid, in the provider's words, for a fault it does not know. */
  readonly setFault: (fault: FaultSettings, act: Act) => void;
  readonly clearFault: (id: string | undefined, act: Act) => void;
  readonly expireTokens: (act: Act) => void;
}

const shownRequests = 50;

const routeLabels: Readonly<Record<string, string>> = {
  "any-api": "Every request but sign-in",
  token: "Sign-in",
  "customers.search": "Customers, list",
  "customers.get": "One customer",
  "accounts.search": "Accounts, list",
  "accounts.get": "One account",
  "accounts.update": "Update an account",
  "accounts.delete": "Delete an account",
};

function wireValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$/u.test(text) ? Number(text) : text;
}

function wishOf({ route, kind, times, delayMs, retryAfter, field, value }: FaultSettings): SimulatedFaultWish {
  const rest = retryAfter === undefined || retryAfter === "" ? undefined : retryAfter;
  return {
    route,
    kind,
    times: times === 0 ? "always" : times,
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(rest === undefined ? {} : { retryAfter: /^[0-9]{1,9}$/u.test(rest) ? Number(rest) : rest }),
    ...(field === undefined || field === "" ? {} : { field }),
    ...(value === undefined || value === "" ? {} : { value: wireValue(value) }),
  };
}

const activeFrom = (fault: SimulatedFault): TrainingPanel["active"][number] => ({
  id: fault.id,
  route: fault.route,
  kind: fault.kind,
  times: fault.remaining === "always" ? 0 : fault.remaining,
  hits: fault.struck,
  ...(fault.delayMs === undefined ? {} : { delayMs: fault.delayMs }),
  ...(fault.retryAfter === undefined ? {} : { retryAfter: String(fault.retryAfter) }),
  ...(fault.field === undefined ? {} : { field: fault.field }),
  ...(fault.value === undefined
    ? {}
    : { value: typeof fault.value === "string" ? fault.value : JSON.stringify(fault.value) }),
});

/** The panel of the training workspace: faults of the simulated provider, switched on and off by a person. */
export function createTrainingService({
  provider,
  kinds,
  routes,
  store,
  audit,
}: TrainingDependencies): TrainingService {
  const note = (action: string, summary: string, { by, correlationId }: Act, after?: unknown): void => {
    store.transaction((writer) =>
      audit.append(writer, { action, subject: "simulated Finzly", summary, person: by, correlationId, after }),
    );
  };
  return {
    panel: () => ({
      address: provider.origin,
      routes: ["any-api", ...routes].map((name) => ({ name, label: routeLabels[name] ?? name })),
      kinds: kinds.map(({ kind, label, sentence, parameters }) => ({
        name: kind,
        label,
        sentence,
        parameters: [...parameters],
      })),
      active: provider.faults.list().map(activeFrom),
      requests: provider.ledger
        .entries()
        .slice(-shownRequests)
        .toReversed()
        .map(({ seq, atMs, method, path, applied, status, fault }) => ({
          seq,
          atMs,
          line: `${method} ${path}`,
          applied,
          ...(status === undefined ? {} : { status }),
          ...(fault === undefined ? {} : { fault }),
        })),
    }),
    setFault: (fault, act) => {
      try {
        provider.faults.set(wishOf(fault));
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        throw new VostroFailure("input-invalid", `The simulated Finzly cannot do that: ${cause.message}.`, { cause });
      }
      const label = kinds.find(({ kind }) => kind === fault.kind)?.label ?? fault.kind;
      note("training.fault-set", `Switched on “${label}” for ${routeLabels[fault.route] ?? fault.route}.`, act, fault);
    },
    clearFault: (id, act) => {
      provider.faults.clear(id);
      note("training.fault-cleared", id === undefined ? "Switched off every fault." : "Switched off a fault.", act, {
        id,
      });
    },
    expireTokens: (act) => {
      provider.expireTokens();
      note("training.tokens-expired", "Ended every sign-in at the simulated Finzly.", act);
    },
  };
}
