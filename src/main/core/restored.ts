/** `older`: it lacks what was last done here. `other`: it went another way. `moved`: it was not last used as this file. */
export type NotNewest = "older" | "other" | "moved";

/** The workspace file that was opened is not the newest one this computer knows: what it would send may have been sent. */
export interface Restored {
  readonly why: NotNewest;
  /** When the newest one was last used here (wall clock), if that is known. */
  readonly newestAtMs: number | undefined;
}
