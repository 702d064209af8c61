/** Whether the machine has a network at all; a provider may still be out of reach. */
export interface Connectivity {
  readonly online: () => boolean;
  /** Runs on every change; returns the way to stop listening. */
  readonly onChange: (listener: (online: boolean) => void) => () => void;
}
