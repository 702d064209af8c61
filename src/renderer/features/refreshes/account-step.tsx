import type { RefreshDetail } from "@contract";
import { snapshotStep } from "@contract/rules/aggregation/snapshot-step.ts";
import { Copy, X } from "lucide-react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { Button, DateTime, ErrorMessage, Facts, IconButton, NotSet, useToast } from "../../ui/index.ts";
import { meaningOf, type ResultRow } from "./refresh-words.ts";

/** Copies through main, which keeps in the audit trail that it was. */
export function useCopyMessage(id: RefreshDetail["id"]) {
  const copy = useCommand("refreshes.copyMessage");
  const toast = useToast();
  return {
    isRunning: copy.isRunning,
    failure: copy.failure,
    run: async (accountId?: string) => {
      const result = await copy.run({ id, ...(accountId === undefined ? {} : { accountId }) });
      if (result.ok) toast("Copied (masked)");
    },
  };
}

const moment = (atS: number | undefined) => (atS === undefined ? <NotSet /> : <DateTime atMs={atS * 1000} />);
const id = (value: string | undefined) => (value === undefined ? <NotSet /> : <span className="id">{value}</span>);

export interface AccountStepProps {
  readonly refresh: RefreshDetail;
  readonly row: ResultRow;
  readonly onClose: () => void;
}

/** One account of a refresh: its three dates, what its code means, and what to tell whoever must act. */
export function AccountStep({ refresh, row, onClose }: AccountStepProps) {
  const copy = useCopyMessage(refresh.id);
  const mayEdit = useMayEdit();
  const shown = row.after ?? row.before ?? {};
  const { meaning, heading, text } = snapshotStep(shown, { customerId: refresh.customerId, accountId: row.accountId });
  const isTold = row.verdict === "failed" || row.verdict === "unclear";
  const { short, doing } = meaningOf(row);
  const code = isTold && meaning.code !== undefined ? `${String(meaning.code)}: ` : "";
  return (
    <section className="account-step" aria-labelledby="account-step" data-pane>
      <div className="stack">
        <header className="row">
          <h3 id="account-step">{shown.name ?? row.accountId}</h3>
          <span className="grow">{code}{isTold ? meaning.meaning : `${short}.`}</span>
          <IconButton label="Close" icon={X} onPress={onClose} />
        </header>
        <div className="step-facts">
          <Facts
            facts={[
              { label: "Balance date", value: moment(shown.balanceDateS) },
              { label: "Last attempt", value: moment(shown.attemptDateS) },
              { label: "Institution login", value: id(shown.institutionLoginId) },
            ]}
          />
          <Facts
            facts={[
              { label: "Last success", value: moment(shown.successDateS) },
              { label: "Institution", value: id(shown.institutionId) },
              { label: "Account", value: id(row.accountId) },
            ]}
          />
        </div>
      </div>
      <div className="stack next-step">
        <p className="strong">{isTold ? heading : "Who must act"}</p>
        {isTold ? <blockquote>{text}</blockquote> : <p>{doing}.</p>}
        {isTold && mayEdit ? (
          <Button size="sm" icon={Copy} isPending={copy.isRunning} onPress={() => void copy.run(row.accountId)}>
            Copy message
          </Button>
        ) : null}
        {copy.failure === undefined ? null : <ErrorMessage>{failureSentence(copy.failure)}</ErrorMessage>}
      </div>
    </section>
  );
}
