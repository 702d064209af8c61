import type { Restoration } from "@contract";
import { GitCompareArrows } from "lucide-react";
import { failureSentence, useCall, useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { Banner, Button, dateTimeText } from "../../ui/index.ts";
import { restoredWords } from "./restored-words.ts";

/** Asks main to compare everything a restored file holds back. */
export function CompareButton({ isComparing = false }: { readonly isComparing?: boolean | undefined }) {
  const compare = useCommand("changes.compareHeld");
  return (
    <Button
      size="sm"
      icon={GitCompareArrows}
      isPending={isComparing || compare.isRunning}
      onPress={() => void compare.run({})}
    >
      Compare with the provider
    </Button>
  );
}

function Notice({ restoration }: { readonly restoration: Restoration }) {
  const mayEdit = useMayEdit();
  const { title, body } = restoredWords(restoration, dateTimeText);
  return (
    <Banner
      tone="warn"
      title={title}
      actions={mayEdit ? <CompareButton isComparing={restoration.comparing} /> : undefined}
    >
      {body}
    </Banner>
  );
}

/** While the open file is not the newest one and holds changes that may have been sent already. */
export function RestoredBanner() {
  const { data, failure } = useCall("changes.restored", {});
  if (failure !== undefined) return <Banner tone="bad" title="Held changes could not be counted.">{failureSentence(failure)}</Banner>;
  return data?.restoration === undefined ? null : <Notice restoration={data.restoration} />;
}
