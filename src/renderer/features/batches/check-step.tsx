import type { ProblemGroup, RowFilter } from "@contract";
import { wholeNumberColumns } from "@contract/rules/bulk/whole-numbers.ts";
import { ArrowLeft, ArrowRight, Download } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { failureSentence, useCall, useCommand } from "../../bridge/index.ts";
import {
  Banner,
  Button,
  Callout,
  counted,
  Empty,
  Grid,
  Loading,
  Progress,
  useAnnounce,
  useFocusRescue,
  WarningMessage,
  type GridEditing,
} from "../../ui/index.ts";
import { DamageBanner } from "./check-banner.tsx";
import { sortedGroups, stoppedSentence } from "./check-words.ts";
import { wholeNumberWords } from "./batch-words.ts";
import { hasFile, isFromSavedMap } from "./batch-steps.ts";
import type { StepProps } from "./file-step.tsx";
import type { PlanRow } from "@contract";
import { NotChecked } from "./not-checked.tsx";
import { problemColumns, sourceIndex } from "./problem-columns.tsx";
import { ProblemList } from "./problem-list.tsx";
import { workSentence } from "./progress-words.ts";
import { RowFix } from "./row-fix.tsx";
import { useBatchRows } from "./use-batch.ts";
import { useRowTicks } from "./use-row-ticks.ts";
import { WizardFrame } from "./wizard-frame.tsx";

function Checking({ batch, progress, onStep }: StepProps) {
  const cancel = useCommand("batches.cancel");
  return (
    <WizardFrame batch={batch} step="check" onStep={onStep} actions={null}>
      <div className="prose" aria-busy="true">
        <p className="strong">Checking every row against the rules and the last known values…</p>
        <Progress label="Rows checked" done={progress?.rowsDone ?? 0} total={progress?.rowsTotal ?? batch.rows} />
        <p className="soft">{progress === undefined ? "Starting." : workSentence(progress)}</p>
        <div className="acts">
          <Button isPending={cancel.isRunning} onPress={() => void cancel.run({ id: batch.id })}>
            Cancel checking
          </Button>
          <span className="muted small">Nothing is sent by checking.</span>
        </div>
        {cancel.failure === undefined ? null : <Callout tone="bad">{failureSentence(cancel.failure)}</Callout>}
      </div>
    </WizardFrame>
  );
}

interface RowsProps extends Pick<StepProps, "batch"> {
  readonly group: ProblemGroup | undefined;
  readonly onFailure: (sentence: string) => void;
}

function ProblemRows({ batch, group, onFailure }: RowsProps) {
  const groupId = group?.id;
  const filter = useMemo<RowFilter>(
    () => (groupId === undefined ? { bucket: "blocked" } : { problemGroup: groupId }),
    [groupId],
  );
  const list = useBatchRows(batch.id, filter);
  const fix = useCommand("batches.fixCell");
  const announce = useAnnounce();
  const columns = useMemo(() => problemColumns(batch.columns, group), [batch.columns, group]);
  const [picked, setPicked] = useState({ groupId, index: 0 });
  const at = picked.groupId === groupId ? picked.index : 0;
  const hasFix = group !== undefined && (group.fix !== undefined || group.code === "CSV-LONG-ROW");
  const ticks = useRowTicks({ id: batch.id, list, filter, chosen: undefined, onFailure });
  const save = async (row: PlanRow, index: number, text: string) => {
    const result = await fix.run({ id: batch.id, row: row.row, column: index, text });
    if (!result.ok) return onFailure(result.failure.message);
    const left = result.value.problems.filter((problem) => problem.severity === "error");
    announce(
      left.length === 0 ? `Row ${String(row.row)} is right now.` : `Row ${String(row.row)}: ${left[0]?.message ?? ""}`,
    );
    list.reload();
  };
  const editing: GridEditing<PlanRow> = {
    canEdit: (_row, columnId) => sourceIndex(columnId) !== undefined,
    textOf: (row, columnId) => row.cells[sourceIndex(columnId) ?? -1] ?? "",
    onSave: (row, columnId, text) => {
      const index = sourceIndex(columnId);
      if (index !== undefined) void save(row, index, text);
    },
  };
  const matching = list.matching ?? 0;
  return (
    <div className="page">
      <div className="fill">
        <Grid
          label={group === undefined ? "Blocked rows" : `Rows: ${group.column}, ${group.message}`}
          columns={columns}
          rowCount={matching}
          rowAt={list.rowAt}
          onVisibleRange={list.onVisibleRange}
          selectedIndex={hasFix ? at : undefined}
          onSelect={(index) => setPicked({ groupId, index })}
          ticks={ticks}
          editing={editing}
          rowClass={(row) => (ticks.isIn(row) ? undefined : "off")}
          empty={list.matching === undefined ? <Loading /> : <Empty title="No row has this problem any more." />}
        />
      </div>
      <RowFix
        batchId={batch.id}
        columns={batch.columns}
        group={group}
        row={list.rowAt(at)}
        onDone={list.reload}
        onFailure={onFailure}
      />
      <footer className="gridfoot">
        <span>
          {counted(matching, "row")}
          {group === undefined ? " blocked" : " with this problem"}
        </span>
        <span className="grow" />
        <span>{hasFile(batch) ? "Enter or F2 edits a cell; " : ""}Space leaves a row out</span>
      </footer>
    </div>
  );
}

/** Problems by kind with counts; fixed in place, for a whole group, or left out. */
export function CheckStep(props: StepProps) {
  const { batch, onStep } = props;
  const problems = useCall(
    "batches.problems",
    { id: batch.id },
    { enabled: batch.state === "compare", keepPrevious: true },
  );
  const download = useCommand("batches.exportProblems");
  const [selected, setSelected] = useState<string>();
  const [failed, setFailed] = useState<string>();
  const announce = useAnnounce();
  const groups = useMemo(() => sortedGroups(problems.data?.groups ?? []), [problems.data]);
  const frame = useRef<HTMLDivElement>(null);
  useFocusRescue(frame, [selected, ...groups.map(({ id }) => id)].join(" "));
  if (batch.state === "checking") return <Checking {...props} />;
  if (batch.state === "columns") return <NotChecked {...props} />;
  const hasBlocked = (batch.counts.blocked ?? 0) > 0;
  const group = groups.find((each) => each.id === selected) ?? (hasBlocked ? undefined : groups[0]);
  const save = () =>
    void download.run({ id: batch.id }).then((result) => (result.ok ? undefined : setFailed(result.failure.message)));
  const canDownload = groups.length > 0 && batch.columns.length > 0;
  const whole = wholeNumberColumns(batch.columns);
  const summaries = problems.data?.columnSummaries ?? [];
  const banner =
    failed === undefined && summaries.length === 0 && isFromSavedMap(batch) ? (
      <Banner
        tone="info"
        title={`The saved map “${batch.mapName ?? ""}” fits these headings exactly.`}
        actions={
          <Button size="sm" onPress={() => onStep("columns")}>
            Look at the columns
          </Button>
        }
      >
        The step Columns was skipped.
      </Banner>
    ) : failed === undefined ? (
      <DamageBanner
        rows={batch.rows}
        summaries={summaries}
        groups={groups}
        onShow={(shown) => setSelected(shown.id)}
        onDownload={canDownload ? save : undefined}
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
      step="check"
      onStep={onStep}
      banner={banner}
      note={<span className="soft small">{stoppedSentence(batch.counts, batch.rows)}</span>}
      onBack={hasFile(batch) ? () => onStep("columns") : undefined}
      onNext={() => onStep("compare")}
      actions={
        <>
          {canDownload ? (
            <Button variant="quiet" icon={Download} isPending={download.isRunning} onPress={save}>
              Download problem rows
            </Button>
          ) : null}
          {hasFile(batch) ? (
            <Button icon={ArrowLeft} keys="[" onPress={() => onStep("columns")}>
              Back to Columns
            </Button>
          ) : null}
          <Button variant="primary" icon={ArrowRight} keys="]" onPress={() => onStep("compare")}>
            Continue to Compare
          </Button>
        </>
      }
    >
      {problems.data === undefined ? (
        <Loading>Reading the problems…</Loading>
      ) : groups.length === 0 ? (
        <Empty title="Nothing to put right.">Every row can be read and passes the rules.</Empty>
      ) : (
        <div className="check-step" ref={frame}>
          <section className="scroll" aria-label="Problems by kind" data-pane tabIndex={-1}>
            <ProblemList
              batchId={batch.id}
              groups={groups}
              selected={group?.id}
              onSelect={setSelected}
              onDone={announce}
              onFailure={setFailed}
              readOnly={false}
            />
            {whole.length > 0 && canDownload ? (
              <div className="whole-numbers">
                <WarningMessage>Problem rows: {wholeNumberWords(whole)}</WarningMessage>
              </div>
            ) : null}
          </section>
          <ProblemRows batch={batch} group={group} onFailure={setFailed} />
        </div>
      )}
    </WizardFrame>
  );
}
