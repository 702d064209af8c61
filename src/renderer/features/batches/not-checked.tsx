import { RefreshCw } from "lucide-react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { Banner, Button, Empty } from "../../ui/index.ts";
import type { StepProps } from "./file-step.tsx";
import { WizardFrame } from "./wizard-frame.tsx";

/** Rows without columns of their own whose check did not come to its end. */
export function NotChecked({ batch, onStep }: StepProps) {
  const check = useCommand("batches.check");
  const banner =
    check.failure === undefined ? undefined : (
      <Banner tone="bad" title="The rows could not be compared.">
        {failureSentence(check.failure)}
      </Banner>
    );
  return (
    <WizardFrame batch={batch} step="check" onStep={onStep} banner={banner} actions={null}>
      <Empty
        title="These rows are not compared yet."
        action={
          <Button
            variant="primary"
            icon={RefreshCw}
            isPending={check.isRunning}
            onPress={() => void check.run({ id: batch.id, revision: batch.revision })}
          >
            Compare them
          </Button>
        }
      >
        {batch.message ?? "Comparing them was ended."} Nothing was sent.
      </Empty>
    </WizardFrame>
  );
}
