import type { BatchColumn, BatchId, PlanRow, ProblemGroup } from "@contract";
import { WandSparkles } from "lucide-react";
import { useCommand } from "../../bridge/index.ts";
import { Button, countText, useAnnounce } from "../../ui/index.ts";

/** What puts one row of a group right, in words; undefined where nothing is offered. */
export function rowFixWords(
  row: PlanRow,
  group: ProblemGroup,
  columns: readonly Pick<BatchColumn, "header">[],
): string | undefined {
  const problem = row.problems.find(
    ({ code, column, fix }) =>
      code === group.code && fix !== undefined && (columns[column]?.header ?? "") === group.column,
  );
  if (problem === undefined) return undefined;
  const which = `row ${countText(row.row)}`;
  if (problem.oneByOne === true) return `Leave out ${problem.fix ?? ""} of ${which}`;
  return group.fix === undefined ? undefined : `${group.fix}, ${which} only`;
}

export interface RowFixProps {
  readonly batchId: BatchId;
  readonly columns: readonly BatchColumn[];
  readonly group: ProblemGroup | undefined;
  /** The row under the cursor. */
  readonly row: PlanRow | undefined;
  readonly onDone: () => void;
  readonly onFailure: (sentence: string) => void;
}

/** Applies the fix of a group to one row. */
export function RowFix({ batchId, columns, group, row, onDone, onFailure }: RowFixProps) {
  const { run, isRunning } = useCommand("batches.applyFix");
  const announce = useAnnounce();
  if (group === undefined || row === undefined) return null;
  const words = rowFixWords(row, group, columns);
  if (words === undefined) return null;
  const apply = async () => {
    const result = await run({ id: batchId, group: group.id, row: row.row });
    if (!result.ok) return onFailure(result.failure.message);
    announce(`Fixed row ${countText(row.row)}.`);
    onDone();
  };
  return (
    <div className="row-fix" title={words}>
      <Button size="sm" icon={WandSparkles} isPending={isRunning} onPress={() => void apply()}>
        <span>{words}</span>
      </Button>
    </div>
  );
}
