import { createContext, useContext } from "react";

export interface Navigation {
  /** The path on screen, e.g. "/accounts" or "/outbox/17". */
  readonly path: string;
  /** Shows another path. */
  readonly go: (path: string) => void;
  /** Shows the path before this one; "/" when there is none. */
  readonly back: () => void;
}

export const NavigationContext = createContext<Navigation>({ path: "/", go: () => undefined, back: () => undefined });

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}

/** The function that shows another path. */
export function useNavigate(): (path: string) => void {
  return useNavigation().go;
}
