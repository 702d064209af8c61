import { Building2, Hourglass, UserRound, Wrench } from "lucide-react";
import { useCall } from "../../bridge/index.ts";
import { countText, Icon, Link } from "../../ui/index.ts";

const lines = [
  { act: "customer", label: "Customer must act", note: "tell them what to do", icon: UserRound },
  { act: "operations", label: "Operations must act", note: "confirm, remove or ask", icon: Building2 },
  { act: "provider", label: "Provider must act", note: "being repaired or to report", icon: Wrench },
  { act: "wait", label: "Wait", note: "passes by itself", icon: Hourglass },
] as const;

/** How many aggregated accounts wait for whom; nothing where none does. */
export function RepairCounts() {
  const { data: counts } = useCall("accounts.repairCounts", {});
  if (counts === undefined || lines.every(({ act }) => counts[act] === 0)) return null;
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
