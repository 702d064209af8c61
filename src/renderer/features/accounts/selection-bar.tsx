import { ListChecks, RefreshCw } from "lucide-react";
import { useState } from "react";
import { Button, Callout, counted, Icon } from "../../ui/index.ts";
import type { AccountSelection } from "./account-selection.ts";
import { SetValueDialog } from "./set-value-dialog.tsx";

export interface SelectionBarProps {
  readonly selection: AccountSelection;
  /** How many pass the filter. */
  readonly matching: number;
  /** Asks for a refresh of the customers behind the selection; absent where nothing can be refreshed. */
  readonly onRefresh: (() => void) | undefined;
}

/** How many accounts are ticked, and what can be done with them. */
export function SelectionBar({ selection, matching, onRefresh }: SelectionBarProps) {
  const [isOpen, setOpen] = useState(false);
  const { ids, isGathering, problem } = selection;
  if (ids.size === 0 && !isGathering && problem === undefined) return null;
  return (
    <section className="bar sunken" aria-label="Selected accounts" data-pane>
      <Icon of={ListChecks} size="s" />
      <span className="small">
        {isGathering ? `Selecting ${counted(matching, "account")}…` : `${counted(ids.size, "account")} selected`}
      </span>
      {problem === undefined ? null : <Callout tone="warn">{problem}</Callout>}
      <span className="grow" />
      {ids.size === 0 ? null : (
        <>
          <Button size="sm" onPress={() => selection.ticks.onTickAll(true)}>
            Select all {counted(matching, "account")} in this filter
          </Button>
          {onRefresh === undefined ? null : (
            <Button size="sm" icon={RefreshCw} onPress={onRefresh}>
              Refresh customers…
            </Button>
          )}
          <Button size="sm" variant="primary" onPress={() => setOpen(true)}>
            Set value…
          </Button>
        </>
      )}
      <Button size="sm" variant="quiet" onPress={selection.clear}>
        Clear selection
      </Button>
      <SetValueDialog ids={ids} isOpen={isOpen} onClose={() => setOpen(false)} />
    </section>
  );
}
