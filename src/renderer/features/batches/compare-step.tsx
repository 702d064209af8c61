import { finzlyFieldNames, type BatchDetail, type Bucket } from "@contract";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { ArrowLeft, ArrowRight, RefreshCw } from "lucide-react";
import { useMemo, useState } from "react";
import { failureSentence, useCall, useCommand } from "../../bridge/index.ts";
import {
  Banner,
  Button,
  counted,
  dateTimeText,
  Empty,
  Facet,
  Grid,
  Icon,
  Loading,
  SearchField,
  ToggleGroup,
  useNow,
  type Choice,
} from "../../ui/index.ts";
import type { RiskClass } from "@contract";
import { hasFile } from "./batch-steps.ts";
import { BucketTabs } from "./bucket-tabs.tsx";
import { bucketLooks } from "./batch-words.ts";
import { compareColumns } from "./compare-columns.tsx";
import { DamageBanner } from "./check-banner.tsx";
import { sortedGroups } from "./check-words.ts";
import type { StepProps } from "./file-step.tsx";
import { planFields } from "./plan-cells.ts";
import { isNarrowed, noFilter, rowFilterOf, type PlanFilter, type SizeOfChange } from "./row-filter.ts";
import { TotalsBar } from "./totals-bar.tsx";
import { useBatchRows } from "./use-batch.ts";
import { useRested } from "./use-rested.ts";
import { useRowTicks } from "./use-row-ticks.ts";
import { WizardFrame } from "./wizard-frame.tsx";

const searchRestMs = 120;
const risks: readonly Choice<RiskClass>[] = [
  { id: "high", label: "High" },
  { id: "medium", label: "Medium" },
  { id: "low", label: "Low" },
];

const sizes: readonly Choice<SizeOfChange>[] = [
  { id: "large", label: "Large increase" },
  { id: "half", label: "Raised by 50 % or more" },
  { id: "tenth", label: "Raised by 10 % or more" },
];

interface ToolsProps {
  readonly batch: BatchDetail;
  readonly filter: PlanFilter;
  readonly onFilter: (filter: PlanFilter) => void;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
}

function Tools({ batch, filter, onFilter, all, onAll }: ToolsProps) {
  const set = (part: Partial<PlanFilter>) => onFilter({ ...filter, ...part });
  const changed = batch.totals.figures.map((figure) => figure.field);
  const fields = finzlyFieldNames.filter((field) => changed.includes(field));
  return (
    <search className="bar filters tools" aria-label="Filter these rows">
      <SearchField label="Find in these rows" value={filter.search} onChange={(search) => set({ search })} />
      <Facet<RiskClass> label="Risk" choices={risks} value={filter.risk} onChange={(risk) => set({ risk })} />
      <Facet
        label="Column changed"
        choices={fields.map((field) => ({ id: field, label: finzlyFields[field].label }))}
        value={filter.field}
        onChange={(field) => set({ field })}
      />
      <Facet<SizeOfChange>
        label="Size of change"
        choices={sizes}
        value={filter.size}
        onChange={(size) => set({ size })}
      />
      {isNarrowed(filter) ? (
        <Button size="sm" variant="quiet" onPress={() => onFilter({ ...noFilter, bucket: filter.bucket })}>
          Clear
        </Button>
      ) : null}
      <span className="grow" />
      <span className="legend">
        <span className="diff">
          <del>old</del>
          <Icon of={ArrowRight} size="xs" />
          <span className="sr">to</span>
          <ins>new</ins>
        </span>
        <span className="muted">A filter never changes what is sent</span>
      </span>
      <ToggleGroup
        bare
        size="sm"
        label="Columns"
        choices={[
          { id: "changed", label: "Changed columns" },
          { id: "all", label: `All ${String(planFields(batch, true).length)}` },
        ]}
        value={all ? "all" : "changed"}
        onChange={(choice: "changed" | "all") => onAll(choice === "all")}
      />
    </search>
  );
}

interface RowsProps {
  readonly batch: BatchDetail;
  readonly filter: PlanFilter;
  readonly all: boolean;
  readonly onClear: () => void;
  readonly onFailure: (sentence: string) => void;
}

function PlanRows({ batch, filter, all, onClear, onFailure }: RowsProps) {
  const rested = useRested(filter, searchRestMs);
  const asked = useMemo(() => rowFilterOf(rested), [rested]);
  const list = useBatchRows(batch.id, asked);
  const nowMs = useNow();
  const isChange = filter.bucket === "will-change";
  const columns = useMemo(() => compareColumns(batch, all, nowMs, !isChange), [batch, all, nowMs, isChange]);
  const ticks = useRowTicks({
    id: batch.id,
    list,
    filter: asked,
    chosen: isNarrowed(rested) ? undefined : batch.totals.chosen,
    onFailure,
  });
  if (list.failure !== undefined) {
    return (
      <Banner
        tone="bad"
        title="These rows could not be read."
        actions={
          <Button size="sm" onPress={list.reload}>
            Try again
          </Button>
        }
      >
        {failureSentence(list.failure)}
      </Banner>
    );
  }
  const words = bucketLooks[filter.bucket].word;
  return (
    <>
      <div className="fill">
        <Grid
          label={`Rows: ${words}`}
          columns={columns}
          rowCount={list.matching ?? 0}
          rowAt={list.rowAt}
          onVisibleRange={list.onVisibleRange}
          ticks={isChange ? ticks : undefined}
          rowClass={(row) => (isChange && !ticks.isIn(row) ? "off" : undefined)}
          empty={
            list.matching === undefined ? (
              <Loading />
            ) : isNarrowed(rested) ? (
              <Empty title="No row matches these filters." action={<Button onPress={onClear}>Clear filter</Button>} />
            ) : (
              <Empty title={`No row is in “${words}”.`} />
            )
          }
        />
      </div>
      {isNarrowed(rested) ? (
        <footer className="gridfoot">
          <span>{counted(list.matching ?? 0, "row")} shown. Ctrl A ticks all of them.</span>
        </footer>
      ) : null}
    </>
  );
}

function Overtaken({ batch }: { readonly batch: BatchDetail }) {
  const { connectionName = "the connection", comparedAtMs } = batch;
  const when = comparedAtMs === undefined ? "" : ` ${dateTimeText(comparedAtMs)}`;
  return (
    <Banner tone="warn" title="Accounts changed since this was compared.">
      Values at {connectionName} were written or read anew since{when}. A row whose account moved is not sent; Compare again
      shows which. Corrections and ticks stay.
    </Banner>
  );
}

export interface CompareStepProps extends StepProps {
  readonly filter: PlanFilter;
  readonly onFilter: (filter: PlanFilter) => void;
}

/** The dry run: every row with old and new, in the bucket of what it would do; ticks say what is sent. */
export function CompareStep({ batch, onStep, filter, onFilter }: CompareStepProps) {
  const [all, setAll] = useState(false);
  const [failed, setFailed] = useState<string>();
  const problems = useCall("batches.problems", { id: batch.id }, { enabled: hasFile(batch), keepPrevious: true });
  const { chosen } = batch.totals;
  const check = useCommand("batches.check");
  const compareAgain = async () => {
    onStep("compare");
    const result = await check.run({ id: batch.id, revision: batch.revision });
    if (!result.ok) setFailed(result.failure.message);
  };
  const banner =
    failed === undefined && batch.source === "undo" && batch.parent !== undefined ? (
      <Banner tone="info" title={`This puts back what “${batch.parent.name}” wrote.`}>
        Will change: put back. Conflict and No change: kept, because they changed since. Blocked and Not found: could
        not be put back.
      </Banner>
    ) : failed === undefined ? (
      <DamageBanner
        rows={batch.rows}
        summaries={problems.data?.columnSummaries ?? []}
        groups={sortedGroups(problems.data?.groups ?? [])}
        onShow={() => onStep("check")}
        onDownload={undefined}
      />
    ) : (
      <Banner
        tone="bad"
        title="This was not done."
        actions={
          <Button size="sm" onPress={() => setFailed(undefined)}>
            Close
          </Button>
        }
      >
        {failed}
      </Banner>
    );
  return (
    <WizardFrame
      batch={batch}
      step="compare"
      onStep={onStep}
      banner={
        <>
          {batch.isOvertaken && failed === undefined ? <Overtaken batch={batch} /> : null}
          {banner}
        </>
      }
      note={<TotalsBar batch={batch} />}
      onBack={() => onStep("check")}
      onNext={() => onStep("confirm")}
      actions={
        <>
          <Button icon={ArrowLeft} keys="[" onPress={() => onStep("check")}>
            Back to Check
          </Button>
          <Button icon={RefreshCw} isPending={check.isRunning} onPress={() => void compareAgain()}>
            Compare again
          </Button>
          <Button variant="primary" icon={ArrowRight} keys="]" onPress={() => onStep("confirm")}>
            Continue to confirm {counted(chosen, "change")}
          </Button>
        </>
      }
    >
      <BucketTabs
        batch={batch}
        selected={filter.bucket}
        onSelect={(bucket: Bucket) => onFilter({ ...noFilter, bucket })}
      >
        <Tools batch={batch} filter={filter} onFilter={onFilter} all={all} onAll={setAll} />
        <PlanRows
          batch={batch}
          filter={filter}
          all={all}
          onClear={() => onFilter({ ...noFilter, bucket: filter.bucket })}
          onFailure={setFailed}
        />
      </BucketTabs>
    </WizardFrame>
  );
}
