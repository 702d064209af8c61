import { RepairPage, repairActorOf } from "../features/accounts/repair-page.tsx";

/** The repair queue of one kind of actor; each is a list of its own. */
export function RepairRoute({ act }: { readonly act: string | undefined }) {
  const actor = repairActorOf(act);
  return <RepairPage key={actor} act={actor} />;
}
