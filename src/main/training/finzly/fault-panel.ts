import { finzlyFaultKinds, type FaultKind, type FaultKindText } from "./fault-kinds.ts";
import type { Json } from "./records.ts";
import { finzlyRoutes, type FinzlyRoute } from "./routes.ts";
import { isUpdateField } from "./update-fields.ts";
import { readField } from "./validate-update.ts";

/** A fault to switch on; JSON-serialisable. */
export interface FaultSpec {
  readonly route: FinzlyRoute | "any-api";
  readonly kind: FaultKind;
  /** How many matching requests it strikes; 1 when absent. */
  readonly times?: number | "always";
  /** Strikes only every nth matching request; 1 when absent. */
  readonly every?: number;
  /** Milliseconds: latency 2000, late-apply 1500, slow-body 5000 when absent. */
  readonly delayMs?: number;
  /** The Retry-After header: seconds as a number, or an HTTP date as text; no header when absent. */
  readonly retryAfter?: number | string;
  readonly match?: { readonly accountUID?: string };
  /** The wire name of the update field to ignore or alter. */
  readonly field?: string;
  /** The wire value to store instead. */
  readonly value?: Json;
  readonly code?: string;
  readonly message?: string;
  /** What a refusal carries: the JSON envelope, nothing, or a web page; the envelope when absent. */
  readonly body?: "json" | "empty" | "html";
}

export interface ActiveFault extends FaultSpec {
  readonly id: string;
  /** Matching requests seen so far. */
  readonly seen: number;
  /** Matching requests struck so far. */
  readonly struck: number;
  readonly remaining: number | "always";
}

/** The faults that are switched on. A fault that has struck its number of times leaves the list by itself. */
export interface FaultPanel {
  list(): readonly ActiveFault[];
  /** Switches a fault on. Throws a RangeError that says in words what is wrong with the spec. */
  set(fault: FaultSpec): ActiveFault;
  /** Switches one fault off, or all without an id. */
  clear(id?: string): void;
}

/** Everything that strikes one request: added latency, and at most one other fault. */
export interface StruckFaults {
  readonly latencyMs: number;
  readonly fault: ActiveFault | undefined;
  readonly slow: ActiveFault | undefined;
}

export interface FaultBoard {
  readonly panel: FaultPanel;
  strike(route: FinzlyRoute, accountUID: string): StruckFaults;
}

const texts: readonly FaultKindText[] = finzlyFaultKinds;
const routesOf: Readonly<Record<FaultKindText["scope"], readonly string[]>> = {
  all: [...finzlyRoutes, "any-api"],
  api: [...finzlyRoutes.filter((route) => route !== "token"), "any-api"],
  writes: ["accounts.update", "accounts.delete", "any-api"],
  updates: ["accounts.update", "any-api"],
};

function countFault(name: string, value: number | undefined): string | undefined {
  return value === undefined || (Number.isSafeInteger(value) && value >= 1) ? undefined : `${name} must be 1 or more`;
}

function fieldFault(spec: FaultSpec): string | undefined {
  if (spec.kind !== "ignore-field" && spec.kind !== "alter-field") return undefined;
  if (spec.field === undefined || !isUpdateField(spec.field)) return "field must name a field of the update";
  if (spec.kind === "ignore-field") return undefined;
  if (spec.value === undefined) return "value must be given";
  const read = readField(spec.field, JSON.stringify(spec.value));
  return typeof read === "string" ? read : undefined;
}

function specFault(spec: FaultSpec): string | undefined {
  const text = texts.find(({ kind }) => kind === spec.kind);
  if (text === undefined) return `unknown fault ${String(spec.kind)}`;
  if (!routesOf[text.scope].includes(spec.route)) return `${text.kind} does not apply to ${String(spec.route)}`;
  if (spec.delayMs !== undefined && !(Number.isSafeInteger(spec.delayMs) && spec.delayMs >= 0)) {
    return "delayMs must be 0 or more";
  }
  if (typeof spec.retryAfter === "string" && /[^\x20-\x7e]/.test(spec.retryAfter)) {
    return "retryAfter must be plain text";
  }
  const times = spec.times === "always" ? undefined : spec.times;
  return countFault("times", times) ?? countFault("every", spec.every) ?? fieldFault(spec);
}

function matches(fault: ActiveFault, route: FinzlyRoute, accountUID: string): boolean {
  const routeMatches = fault.route === "any-api" ? route !== "token" : fault.route === route;
  const text = texts.find(({ kind }) => kind === fault.kind);
  const inScope = text !== undefined && routesOf[text.scope].includes(route);
  return routeMatches && inScope && (fault.match?.accountUID ?? accountUID) === accountUID;
}

/** Creates an empty panel and the board that counts requests against it. */
export function createFaultBoard(): FaultBoard {
  const active = new Map<string, ActiveFault>();
  let created = 0;

  const meets = (fault: ActiveFault): ActiveFault | undefined => {
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
    strike: (route, accountUID) => {
      let latencyMs = 0;
      let slow: ActiveFault | undefined;
      let fault: ActiveFault | undefined;
      for (const candidate of active.values()) {
        if (!matches(candidate, route, accountUID)) continue;
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
