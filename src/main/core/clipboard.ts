/** The system's clipboard, as text. */
export interface Clipboard {
  readonly read: () => Promise<string>;
  readonly write: (text: string) => Promise<void>;
  readonly clear: () => void;
}
