import type { Law, MovedAccount, SeenRequest } from "./evidence.ts";

const isOf =
  ({ customerUID, accountUID }: MovedAccount) =>
  (request: SeenRequest): boolean =>
    request.customerUID === customerUID && request.accountUID === accountUID;

/**
 * L11: what somebody else changed at the provider is not written over by what was planned before: once a read of the
 * account has shown it, no update follows. An update that was under way while it changed says nothing.
 */
export const foreignChangesStay: Law = ({ moved = [], requests }) =>
  moved.flatMap((account) => {
    const own = requests.filter(isOf(account));
    const since = own.filter(({ atMs }) => atMs > account.atMs);
    const crossed = own.some(({ atMs, appliedAtMs = 0 }) => atMs <= account.atMs && appliedAtMs >= account.atMs);
    const [first] = since.filter(({ route }) => route === "accounts.get" || route === "accounts.update");
    const written = since.find(({ route }) => route === "accounts.update");
    return !crossed && first?.route === "accounts.get" && written !== undefined
      ? [`request ${written.seq} (PUT ${written.path}) writes over what somebody else changed and a read had shown`]
      : [];
  });
