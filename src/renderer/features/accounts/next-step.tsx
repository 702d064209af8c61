import type { AccountId, AggregationStatus } from "@contract";
import { CircleCheck, Copy, TriangleAlert } from "lucide-react";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { useMayEdit } from "../../bridge/use-may-edit.ts";
import { Button, ErrorMessage, Icon, Tag, useToast } from "../../ui/index.ts";
import { Actor } from "./actor-words.tsx";

export interface NextStepProps {
  readonly accountId: AccountId;
  readonly status: AggregationStatus;
}

/** Copies the next step through main, which keeps in the audit trail that it was. */
export function useCopyNextStep() {
  const copy = useCommand("accounts.copyNextStep");
  const toast = useToast();
  return {
    isRunning: copy.isRunning,
    failure: copy.failure,
    run: async (id: AccountId) => {
      const result = await copy.run({ id });
      if (result.ok) toast("Copied (masked)");
    },
  };
}

/** The code, what it means, who must act, and what to tell them. */
export function NextStep({ accountId, status }: NextStepProps) {
  const mayEdit = useMayEdit();
  const copy = useCopyNextStep();
  const isGood = status.act === "nobody";
  return (
    <div className="next-step">
      <p className={isGood ? "status good" : status.act === "wait" ? "status run" : "status bad"}>
        <Icon of={isGood ? CircleCheck : TriangleAlert} size="s" />
        <b>
          {status.code === undefined ? "" : `${String(status.code)}: `}
          {status.short}
        </b>
      </p>
      <p className="soft">{status.meaning}</p>
      <p className="row">
        <Actor act={status.act} />
        {status.isConnectFix ? <Tag>Connect Fix</Tag> : null}
      </p>
      {isGood ? null : (
        <>
          <p>{status.doing}.</p>
          <p className="muted">{status.category}</p>
          <p className="strong">{status.nextStepHeading}</p>
          <blockquote>{status.nextStep}</blockquote>
          {mayEdit ? (
            <Button size="sm" icon={Copy} keys="C" isPending={copy.isRunning} onPress={() => void copy.run(accountId)}>
              Copy next step
            </Button>
          ) : null}
          {copy.failure === undefined ? null : <ErrorMessage>{failureSentence(copy.failure)}</ErrorMessage>}
        </>
      )}
    </div>
  );
}
