import { providerNames, type ProviderKind } from "@contract";
import { createContext, useContext } from "react";

export { providerNames };

/** Whose account the screens within are about. */
export const AccountProviderKind = createContext<ProviderKind>("finzly");

/** The name of the provider of the account that the screen is about. */
export function useProviderName(): string {
  return providerNames[useContext(AccountProviderKind)];
}
