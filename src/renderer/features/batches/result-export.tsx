import type { BatchDetail } from "@contract";
import { Download } from "lucide-react";
import { useState } from "react";
import { wholeNumberColumns } from "@contract/rules/bulk/whole-numbers.ts";
import { useCommand } from "../../bridge/index.ts";
import { Block, Button, Checkbox, counted, countText, useToast, WarningMessage } from "../../ui/index.ts";
import { wholeNumberWords } from "./batch-words.ts";
import { outcomeShare } from "./progress-words.ts";

export interface ResultExportProps {
  readonly batch: BatchDetail;
  readonly onFailure: (sentence: string) => void;
}

/** The result file: the original columns, then what became of each row. */
export function ResultExport({ batch, onFailure }: ResultExportProps) {
  const { run, isRunning } = useCommand("batches.exportResults");
  const [bom, setBom] = useState(true);
  const toast = useToast();
  const { done, total } = outcomeShare(batch.outcomes);
  const notAccepted = total - batch.outcomes.accepted - batch.outcomes.reversed;
  const save = async (only: "all" | "not-accepted") => {
    const result = await run({ id: batch.id, only, bom });
    if (!result.ok) return onFailure(result.failure.message);
    if (result.value.saved) toast(`Saved as ${result.value.fileName ?? "a file"}`);
  };
  const isOver = done === total;
  const columns = batch.columns.length;
  const whole = wholeNumberColumns(batch.columns);
  return (
    <Block title="Result file" level={2} source={isOver ? counted(total, "row") : `so far, ${counted(done, "row")}`}>
      <p className="soft note">
        {columns === 0 ? "The accounts" : `Your ${counted(columns, "original column")} untouched`}, then status,
        provider code, message, change, time sent.
      </p>
      {whole.length === 0 ? null : (
        <div className="note">
          <WarningMessage>{wholeNumberWords(whole)}</WarningMessage>
        </div>
      )}
      <div className="stack tight">
        <Button wide icon={Download} isPending={isRunning} onPress={() => void save("all")}>
          {isOver ? "Export the results" : "Export results so far"}
        </Button>
        {notAccepted === 0 ? null : (
          <Button wide variant="quiet" icon={Download} onPress={() => void save("not-accepted")}>
            Export the {countText(notAccepted)} not accepted
          </Button>
        )}
        <Checkbox isSelected={bom} onChange={setBom}>
          Byte order mark, for Excel
        </Checkbox>
      </div>
    </Block>
  );
}
