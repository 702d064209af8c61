export interface FileKind {
  readonly name: string;
  /** Without the dot. */
  readonly extensions: readonly string[];
}

/** The system's file dialogs and clipboard. Paths stay in main. */
export interface FileDialogs {
  /** The chosen file's path; undefined when nothing was chosen. */
  readonly chooseFile: (wanted: {
    readonly title: string;
    readonly kinds: readonly FileKind[];
  }) => Promise<string | undefined>;
  /**
   * Where to save; the dialog asks before a file is written over, and says what the person must know of the file.
   * Undefined when it was given up.
   */
  readonly saveFile: (wanted: {
    readonly title: string;
    readonly note?: string | undefined;
    readonly suggestedName: string;
    readonly kinds: readonly FileKind[];
  }) => Promise<string | undefined>;
  readonly clipboardText: () => Promise<string>;
  readonly copyText: (text: string) => Promise<void>;
}
