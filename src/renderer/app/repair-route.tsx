import { repairActorOf } from "../features/accounts/actor-words.tsx";
import { RepairPage } from "../features/accounts/repair-page.tsx";

/** The repair queue of one kind of actor; each is a list of its own. */
export function RepairRoute({ act }: { readonly act: string | undefined }) {
  const actor = repairActorOf(act) ?? "customer";
  return <RepairPage key={actor} act={actor} />;
}
