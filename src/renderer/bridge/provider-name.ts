import type { ProviderKind } from "@contract";
import { createContext, useContext } from "react";

export const providerNames: Readonly<Record<ProviderKind, string>> = {
  finzly: "Finzly",
  finicity: "Finicity",
  signzy: "Signzy",
};

/** Whose account the screens within are about. */
export const AccountProviderKind = createContext<ProviderKind>("finzly");

/** The name of the provider of the account that the screen is about. */
export function useProviderName(): string {
  return providerNames[useContext(AccountProviderKind)];
}
