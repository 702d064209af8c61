import type { Failure, OutputOf, Result } from "@contract";
import { useState } from "react";
import { call } from "../../bridge/index.ts";
import { useNavigate, useToast } from "../../ui/index.ts";

export interface NewBatchActs {
  readonly chooseFile: () => void;
  readonly paste: () => void;
  readonly template: () => void;
  readonly failure: Failure | undefined;
  readonly clear: () => void;
}

/** The ways to begin a batch; each leads to its steps. */
export function useNewBatch(): NewBatchActs {
  const [failure, setFailure] = useState<Failure>();
  const go = useNavigate();
  const toast = useToast();
  const begin = (made: Promise<Result<OutputOf<"batches.paste">>>) =>
    void made.then((result) => {
      setFailure(result.ok ? undefined : result.failure);
      if (result.ok && result.value.id !== undefined) go(`/import/${String(result.value.id)}`);
    });
  return {
    chooseFile: () => begin(call("batches.chooseFile", {})),
    paste: () => begin(call("batches.paste", {})),
    template: () =>
      void call("batches.exportTemplate", {}).then((result) => {
        setFailure(result.ok ? undefined : result.failure);
        if (result.ok && result.value.saved) toast(`Template saved as ${result.value.fileName ?? "a file"}`);
      }),
    failure,
    clear: () => setFailure(undefined),
  };
}
