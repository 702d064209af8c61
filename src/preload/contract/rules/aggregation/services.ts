import type { Connection } from "../../connections.ts";

/** What decides which services a connection's provider has. */
export type Served = Pick<Connection, "provider"> & { readonly forms?: "classic" | "current" | "tiers" };

const isClassic = ({ provider, forms }: Served): boolean => provider === "finicity" && forms === "classic";

/**
 * Whether the provider takes changed values of an account: Finicity's services of today have no such service (provider
 * facts 2.2), nor has Signzy (3).
 */
export const takesChanges = (served: Served): boolean => served.provider === "finzly" || isClassic(served);

/** Whether the provider shows the sign-in form of an account: a classic service of Finicity (provider facts 2.2). */
export const hasLoginForms = (served: Served): boolean => isClassic(served);
