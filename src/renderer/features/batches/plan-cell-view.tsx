import { ArrowRight } from "lucide-react";
import { Chip, Icon, Unknown } from "../../ui/index.ts";
import { planCellText, type PlanCell } from "./plan-cells.ts";

function Codes({ cell }: { readonly cell: Extract<PlanCell, { kind: "codes" }> }) {
  return (
    <span className="codes" title={planCellText(cell)}>
      {cell.isBaseKnown ? <span className="code">{cell.kept}</span> : <Unknown />}
      {cell.added.map((code) => (
        <Chip key={code} mark="added">
          {code}
        </Chip>
      ))}
      {cell.removed.map((code) => (
        <Chip key={code} mark="removed">
          {code}
        </Chip>
      ))}
    </span>
  );
}

/** Old, arrow, new, percent; or what stays. Colour never stands alone: old is struck, new bold, codes have a sign. */
export function PlanCellView({ cell, isCode = false }: { readonly cell: PlanCell; readonly isCode?: boolean }) {
  switch (cell.kind) {
    case "change":
      return (
        <span className="diff" title={planCellText(cell)}>
          {cell.from === undefined ? <Unknown /> : <del>{cell.from}</del>}
          <Icon of={ArrowRight} size="xs" />
          <span className="sr">to</span>
          <ins>{cell.to}</ins>
          {cell.percent === undefined ? null : <span className="pct">{cell.percent}</span>}
        </span>
      );
    case "codes":
      return <Codes cell={cell} />;
    case "same":
      return isCode ? <span className="code">{cell.text}</span> : cell.text;
    case "leave-alone":
      return "leave alone";
    case "none":
      return null;
    default:
      return cell satisfies never;
  }
}

/** How the cell looks: tinted where it changes, quiet where it stays, italic where it is left alone. */
export function planCellClass(cell: PlanCell): string | undefined {
  if (cell.kind === "change" || cell.kind === "codes") return "chg";
  return cell.kind === "leave-alone" ? "same blank" : "same";
}
