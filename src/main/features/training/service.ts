import type { FaultSettings, ProviderKind, TrainingPanel } from "@contract";
import type { Act } from "../people/service.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Store } from "../../database/sql.ts";
import type { FaultWords, SimulatedFault, SimulatedFaultWish, SimulatedProvider } from "./simulated-provider.ts";

export interface Simulated {
  readonly kind: ProviderKind;
  readonly name: string;
  readonly provider: SimulatedProvider;
  readonly kinds: readonly FaultWords[];
  readonly routes: readonly string[];
}

export interface TrainingDependencies {
  /** At least one; the first is shown when none is named. */
  readonly providers: readonly Simulated[];
  readonly store: Store;
  readonly audit: AuditTrail;
}

export interface TrainingService {
  readonly panel: (of: ProviderKind | undefined) => TrainingPanel;
  /** Failure input-invalid, in the provider's words, for a fault it does not know. */
  readonly setFault: (fault: FaultSettings, act: Act) => void;
  readonly clearFault: (of: ProviderKind | undefined, id: string | undefined, act: Act) => void;
  readonly expireTokens: (of: ProviderKind | undefined, act: Act) => void;
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
  "accounts.list": "A customer's accounts",
  "accounts.by-institution": "Accounts at one institution",
  "accounts.by-login": "Accounts of one login",
  "accounts.modify": "Rename or renumber an account",
  "accounts.login-form": "Sign-in form of an account",
  "logins.delete": "Delete a login",
  "refresh.customer": "Refresh a customer",
  "refresh.login": "Refresh one login",
  login: "Sign-in",
  logout: "Sign-out",
  refresh: "Refresh a customer",
  accounts: "A customer's accounts",
};

function wireValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$/u.test(text) ? Number(text) : text;
}

function wishOf({ provider = "finzly", route, kind, times, delayMs, retryAfter, field, value, code }: FaultSettings): SimulatedFaultWish {
  const rest = retryAfter === undefined || retryAfter === "" ? undefined : retryAfter;
  return {
    route,
    kind,
    times: times === 0 ? "always" : times,
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(rest === undefined ? {} : { retryAfter: /^[0-9]{1,9}$/u.test(rest) ? Number(rest) : rest }),
    ...(field === undefined || field === "" ? {} : { field }),
    ...(value === undefined || value === "" ? {} : { value: wireValue(value) }),
    ...(code === undefined || code === "" ? {} : { code: provider === "finzly" ? code : Number(code) }),
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
export function createTrainingService({ providers, store, audit }: TrainingDependencies): TrainingService {
  const chosen = (of: ProviderKind | undefined): Simulated => {
    const found = of === undefined ? providers[0] : providers.find(({ kind }) => kind === of);
    if (found === undefined) throw new VostroFailure("not-found", "There is no such simulated provider.");
    return found;
  };
  const note = (name: string, action: string, summary: string, { by, correlationId }: Act, after?: unknown): void => {
    store.transaction((writer) =>
      audit.append(writer, { action, subject: `simulated ${name}`, summary, person: by, correlationId, after }),
    );
  };
  return {
    panel: (of) => {
      const { kind, provider, kinds, routes } = chosen(of);
      return {
      provider: kind,
      providers: providers.map((one) => ({ kind: one.kind, name: one.name })),
      address: provider.origin,
      routes: ["any-api", ...routes].map((name) => ({ name, label: routeLabels[name] ?? name })),
      kinds: kinds.map(({ kind: fault, label, sentence, parameters }) => ({
        name: fault,
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
      };
    },
    setFault: (fault, act) => {
      const { kinds, name, provider } = chosen(fault.provider);
      try {
        provider.faults.set(wishOf(fault));
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        throw new VostroFailure("input-invalid", `The simulated ${name} cannot do that: ${cause.message}.`, { cause });
      }
      const label = kinds.find(({ kind }) => kind === fault.kind)?.label ?? fault.kind;
      note(name, "training.fault-set", `Switched on “${label}” for ${routeLabels[fault.route] ?? fault.route}.`, act, fault);
    },
    clearFault: (of, id, act) => {
      const { name, provider } = chosen(of);
      provider.faults.clear(id);
      note(name, "training.fault-cleared", id === undefined ? "Switched off every fault." : "Switched off a fault.", act, {
        id,
      });
    },
    expireTokens: (of, act) => {
      const { name, provider } = chosen(of);
      provider.expireTokens();
      note(name, "training.tokens-expired", `Ended every sign-in at the simulated ${name}.`, act);
    },
  };
}
