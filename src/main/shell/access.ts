import type { Access, Role } from "@contract";
import { VostroFailure } from "../core/failures.ts";
import type { Session } from "../core/session.ts";

const words: Readonly<Record<Role, string>> = {
  viewer: "a viewer",
  maker: "a maker",
  checker: "a checker",
  administrator: "an administrator",
};

function oneOf(roles: readonly Role[]): string {
  const names = roles.map((role) => words[role]);
  const last = names.at(-1) ?? "nobody";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Failures sign-in-needed, locked or not-allowed when the session may not make a call of this access. */
export function demandAccess(access: Access, { phase, person }: Session): void {
  if (access === "anyone") return;
  if (phase === "choose") throw new VostroFailure("sign-in-needed", "No workspace is open. Choose one first.");
  if (access === "workspace") return;
  if (phase === "locked") throw new VostroFailure("locked", "The workspace is locked. Unlock it to continue.");
  if (phase !== "open" || person === undefined) throw new VostroFailure("sign-in-needed", "Sign in to do this.");
  if (access === "person" || access.includes(person.role)) return;
  throw new VostroFailure(
    "not-allowed",
    `${capital(oneOf(access))} may do this. You are signed in as ${words[person.role]}.`,
  );
}
