import type { RepairCounts as Counts } from "@contract";
import { Building2, Hourglass, UserRound, Wrench } from "lucide-react";
import { useCall } from "../../bridge/index.ts";
import { countText, Icon, Link } from "../../ui/index.ts";

const lines = [
  { act: "customer", label: "Customer must act", note: "tell them what to do", icon: UserRound },
  { act: "operations", label: "Operations must act", note: "confirm, remove or ask", icon: Building2 },
  { act: "provider", label: "Provider must act", note: "being repaired or to report", icon: Wrench },
  { act: "wait", label: "Wait", note: "passes by itself", icon: Hourglass },
] as const;

/** How many aggregated accounts wait for whom; undefined where none does. */
export function useRepairCounts(): Counts | undefined {
  const { data: counts } = useCall("accounts.repairCounts", {});
  return counts === undefined || lines.every(({ act }) => counts[act] === 0) ? undefined : counts;
}

/** The repair queue's four groups with their counts. */
export function RepairCounts({ counts }: { readonly counts: Counts }) {
  return (
    <section>
      <h2>Repair queue</h2>
      <nav className="today-counts" aria-label="Repair queue">
        {lines.map(({ act, label, note, icon }) => (
          <Link key={act} to={`/repair/${act}`} className="">
            <span className="status">
              <Icon of={icon} size="s" />
              {label}
            </span>
            <b>{countText(counts[act])}</b>
            <small>{note}</small>
          </Link>
        ))}
      </nav>
    </section>
  );
}
