import type { ProblemGroup } from "@contract";
import { Download } from "lucide-react";
import { Banner, Button, counted } from "../../ui/index.ts";
import { damagedSentence, otherDamage } from "./check-words.ts";

export interface DamageBannerProps {
  /** How many rows the file has. */
  readonly rows: number;
  readonly summaries: readonly string[];
  readonly groups: readonly ProblemGroup[];
  readonly onShow: (group: ProblemGroup) => void;
  readonly onDownload: (() => void) | undefined;
}

/** What a spreadsheet destroyed, before anything else. */
export function DamageBanner({ rows, summaries, groups, onShow, onDownload }: DamageBannerProps) {
  const damage = groups.filter((group) => group.damage);
  const [first] = summaries;
  if (first === undefined) return null;
  const named = damage.find((group) => first.includes(`“${group.column}”`)) ?? damage[0];
  if (named === undefined) return null;
  const others = otherDamage(damage.filter((group) => group !== named));
  const end = first.indexOf(". ") + 1;
  const title = end === 0 ? first : first.slice(0, end);
  return (
    <Banner
      tone="bad"
      title={title}
      actions={
        <span className="acts">
          <Button size="sm" onPress={() => onShow(named)}>
            {named.count === 1 ? "Show the row" : `Show the ${counted(named.count, "row")}`}
          </Button>
          {onDownload === undefined ? null : (
            <Button size="sm" icon={Download} onPress={onDownload}>
              Problem rows
            </Button>
          )}
        </span>
      }
    >
      {end === 0 ? null : first.slice(end)}{" "}
      {named.fix === undefined && named.severity === "error" ? `${damagedSentence(named.count, rows)} ` : ""}
      {others === "" ? null : <span className="more-damage">{others}</span>}
    </Banner>
  );
}
