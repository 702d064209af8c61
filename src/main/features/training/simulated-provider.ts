/** What Training needs of a simulated provider; the simulated Finzly is one. */
export interface SimulatedProvider {
  readonly origin: string;
  readonly faults: {
    list(): readonly SimulatedFault[];
    /** Throws a RangeError that says in words what is wrong. */
    set(fault: SimulatedFaultWish): { readonly id: string };
    clear(id?: string): void;
  };
  readonly ledger: { entries(): readonly SimulatedRequest[] };
  expireTokens(): void;
}

export interface SimulatedFaultWish {
  readonly route: string;
  readonly kind: string;
  readonly times?: number | "always";
  readonly delayMs?: number;
  readonly retryAfter?: number | string;
  readonly field?: string;
  readonly value?: unknown;
  readonly code?: number | string;
}

export interface SimulatedFault {
  readonly id: string;
  readonly route: string;
  readonly kind: string;
  readonly struck: number;
  readonly remaining: number | "always";
  readonly delayMs?: number;
  readonly retryAfter?: number | string;
  readonly field?: string;
  readonly value?: unknown;
  readonly code?: number | string;
}

export interface SimulatedRequest {
  readonly seq: number;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly applied: boolean;
  readonly status?: number;
  readonly fault?: string;
}

/** A fault in plain words, for the panel. */
export interface FaultWords {
  readonly kind: string;
  readonly label: string;
  readonly sentence: string;
  readonly parameters: readonly string[];
}
