import type { FaultKindText } from "./fault-kinds.ts";

/** What every fault that can be switched on says about itself; JSON-serialisable. */
export interface FaultOrder<Route extends string, Kind extends string> {
  readonly route: Route | "any-api";
  readonly kind: Kind;
  /** How many matching requests it strikes; 1 when absent. */
  readonly times?: number | "always";
  /** Strikes only every nth matching request; 1 when absent. */
  readonly every?: number;
  /** Milliseconds: latency 2000, late-apply 1500, slow-body 5000, before a reset or a canned answer 0 when absent. */
  readonly delayMs?: number;
  /** The Retry-After header: seconds as a number, or an HTTP date as text; no header when absent. */
  readonly retryAfter?: number | string;
  /** Strikes only requests whose ids equal these. */
  readonly match?: Readonly<Record<string, string>> | object;
}

/** How a switched-on fault stands. */
export interface FaultCount {
  readonly id: string;
  /** Matching requests seen so far. */
  readonly seen: number;
  /** Matching requests struck so far. */
  readonly struck: number;
  readonly remaining: number | "always";
}

/** The faults that are switched on. A fault that has struck its number of times leaves the list by itself. */
export interface FaultPanelOf<Spec> {
  list(): readonly (Spec & FaultCount)[];
  /** Switches a fault on. Throws a RangeError that says in words what is wrong with the spec. */
  set(fault: Spec): Spec & FaultCount;
  /** Switches one fault off, or all without an id. */
  clear(id?: string): void;
}

/** Everything that strikes one request: added latency, and at most one other fault. */
export interface StruckFaultsOf<Spec> {
  readonly latencyMs: number;
  readonly fault: (Spec & FaultCount) | undefined;
  readonly slow: (Spec & FaultCount) | undefined;
}

export interface FaultBoardOf<Route extends string, Spec> {
  readonly panel: FaultPanelOf<Spec>;
  strike(route: Route, ids: Readonly<Record<string, string>>): StruckFaultsOf<Spec>;
}

export interface FaultRules<Route extends string, Spec> {
  readonly texts: readonly FaultKindText[];
  /** The routes of each scope, without "any-api". */
  readonly routesOf: Readonly<Record<string, readonly Route[]>>;
  /** The routes that "any-api" leaves out. */
  readonly signIn: readonly Route[];
  /** What else may be wrong with a spec, in words. */
  specFault(spec: Spec): string | undefined;
}

function countFault(name: string, value: number | undefined): string | undefined {
  return value === undefined || (Number.isSafeInteger(value) && value >= 1) ? undefined : `${name} must be 1 or more`;
}

function generalFault(spec: FaultOrder<string, string>): string | undefined {
  if (spec.delayMs !== undefined && !(Number.isSafeInteger(spec.delayMs) && spec.delayMs >= 0)) {
    return "delayMs must be 0 or more";
  }
  if (typeof spec.retryAfter === "string" && /[^\x20-\x7e]/.test(spec.retryAfter)) {
    return "retryAfter must be plain text";
  }
  return countFault("times", spec.times === "always" ? undefined : spec.times) ?? countFault("every", spec.every);
}

/** Creates an empty panel and the board that counts requests against it. */
export function createFaultBoard<Route extends string, Spec extends FaultOrder<Route, string>>(
  rules: FaultRules<Route, Spec>,
): FaultBoardOf<Route, Spec> {
  type Active = Spec & FaultCount;
  const active = new Map<string, Active>();
  let created = 0;

  const routesOf = (kind: string): readonly Route[] | undefined => {
    const text = rules.texts.find((known) => known.kind === kind);
    return text === undefined ? undefined : (rules.routesOf[text.scope] ?? []);
  };
  const specFault = (spec: Spec): string | undefined => {
    const routes = routesOf(spec.kind);
    if (routes === undefined) return `unknown fault ${String(spec.kind)}`;
    if (spec.route !== "any-api" && !routes.some((route) => route === spec.route)) {
      return `${spec.kind} does not apply to ${String(spec.route)}`;
    }
    return generalFault(spec) ?? rules.specFault(spec);
  };
  const matches = (fault: Active, route: Route, ids: Readonly<Record<string, string>>): boolean => {
    const named = fault.route === "any-api" ? !rules.signIn.includes(route) : fault.route === route;
    const wanted = Object.entries(fault.match ?? {});
    return named && routesOf(fault.kind)?.includes(route) === true && wanted.every(([id, value]) => ids[id] === value);
  };
  const meets = (fault: Active): Active | undefined => {
    const seen = fault.seen + 1;
    const hit = seen % (fault.every ?? 1) === 0;
    const remaining = hit && fault.remaining !== "always" ? fault.remaining - 1 : fault.remaining;
    const next = { ...fault, seen, struck: fault.struck + (hit ? 1 : 0), remaining };
    if (remaining === 0) active.delete(fault.id);
    else active.set(fault.id, next);
    return hit ? next : undefined;
  };

  return {
    panel: {
      list: () => [...active.values()],
      set: (spec) => {
        const wrong = specFault(spec);
        if (wrong !== undefined) throw new RangeError(wrong);
        created += 1;
        const remaining = spec.times ?? 1;
        const fault = { ...structuredClone(spec), id: `fault-${created}`, seen: 0, struck: 0, remaining };
        active.set(fault.id, fault);
        return fault;
      },
      clear: (id) => {
        if (id === undefined) active.clear();
        else active.delete(id);
      },
    },
    strike: (route, ids) => {
      let latencyMs = 0;
      let slow: Active | undefined;
      let fault: Active | undefined;
      for (const candidate of active.values()) {
        if (!matches(candidate, route, ids)) continue;
        if (candidate.kind === "latency") {
          slow = meets(candidate) ?? slow;
          if (slow?.id === candidate.id) latencyMs += candidate.delayMs ?? 2000;
        } else if (fault === undefined) {
          fault = meets(candidate);
        }
      }
      return { latencyMs, fault, slow };
    },
  };
}
