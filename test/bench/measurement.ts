/** One line of the table. Numbers are told, never judged. */
export interface Line {
  readonly what: string;
  readonly value: string;
  /** What was measured beside it in the same run. */
  readonly beside?: string;
  readonly ratio?: number;
  readonly goal?: string;
}

export interface Measured {
  readonly lines: readonly Line[];
  /** All numbers, for out/bench/<name>.json. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface BenchContext {
  readonly root: string;
  /** An empty folder on the project's own disk, gone after the run. */
  readonly scratch: (name: string) => string;
  /** Fewer rounds, for a quick look. */
  readonly quick: boolean;
  readonly say: (text: string) => void;
}

export interface Measurement {
  readonly name: string;
  readonly title: string;
  readonly run: (context: BenchContext) => Promise<Measured>;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString("en-US")}/s`;
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
