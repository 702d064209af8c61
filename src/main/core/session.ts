import type { AppState, Person } from "@contract";

/** Who is at the window, as far as access to calls goes. */
export interface Session {
  readonly phase: AppState["phase"];
  /** The person signed in; stays set while the workspace is locked. */
  readonly person: Person | undefined;
}
