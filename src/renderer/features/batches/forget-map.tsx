import { Trash2 } from "lucide-react";
import { useState } from "react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { Button, Callout, ConfirmDialog, useAnnounce } from "../../ui/index.ts";

export interface ForgetMapProps {
  readonly map: { readonly id: number; readonly name: string };
  /** What the button says; the map's name is spoken with it. */
  readonly label: string;
}

/** Lets a saved map go, after a question. */
export function ForgetMap({ map, label }: ForgetMapProps) {
  const { run, isRunning, failure } = useCommand("batches.deleteMap");
  const [asks, setAsks] = useState(false);
  const announce = useAnnounce();
  const forget = async () => {
    const result = await run({ id: map.id });
    if (!result.ok) return;
    setAsks(false);
    announce(`The map “${map.name}” is forgotten.`);
  };
  return (
    <>
      <Button variant="quiet" size="sm" icon={Trash2} onPress={() => setAsks(true)}>
        {label} <span className="sr">{map.name}</span>
      </Button>
      <ConfirmDialog
        title={`Forget the map “${map.name}”?`}
        isOpen={asks}
        confirmLabel="Forget the map"
        danger
        isPending={isRunning}
        onCancel={() => setAsks(false)}
        onConfirm={() => void forget()}
      >
        <p>The next file with these headings asks what its columns are. Batches that are here keep their columns.</p>
        {failure === undefined ? null : <Callout tone="bad">{failureSentence(failure)}</Callout>}
      </ConfirmDialog>
    </>
  );
}
