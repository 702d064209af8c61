import type { Connection, LoadJob } from "@contract";
import { CircleCheck, CircleX, TriangleAlert, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { failureSentence, useBridgeEvent, useCall, useCommand } from "../../bridge/index.ts";
import { Button, counted, ErrorMessage, Icon, IconButton, Progress, useAnnounce } from "../../ui/index.ts";
import { jobWords, spokenProgress } from "./load-words.ts";

interface JobProps {
  readonly job: LoadJob;
  readonly connection: Connection | undefined;
  readonly onDismiss: () => void;
}

function Job({ job, connection, onDismiss }: JobProps) {
  const cancel = useCommand("accounts.cancelLoad");
  const words = jobWords(job, connection?.name ?? "the connection");
  if (job.state === "running") {
    return (
      <section className="job" aria-label="Reading accounts">
        <span>{words}</span>
        <Progress label="Customers read" done={job.customersDone} total={job.customersTotal} />
        <span className="muted">{counted(job.accountsDone, "account")}</span>
        <Button size="sm" isPending={cancel.isRunning} onPress={() => void cancel.run({ jobId: job.id })}>Cancel</Button>
        {cancel.failure === undefined ? null : <ErrorMessage>{failureSentence(cancel.failure)}</ErrorMessage>}
      </section>
    );
  }
  const isBad = job.state === "failed";
  const icon = isBad ? CircleX : job.message === undefined ? CircleCheck : TriangleAlert;
  return (
    <section className="job" aria-label="Accounts read" data-state={job.state}>
      <span className={isBad ? "status bad" : job.message === undefined ? "status good" : "status warn"}><Icon of={icon} size="s" /></span>
      <span>{words}</span>
      <span className="grow" />
      <IconButton label="Close" icon={X} onPress={onDismiss} />
    </section>
  );
}

const noJobs: readonly LoadJob[] = [];

/** Each job as it was told last: an event is newer than the list, but a job that has ended stays ended. */
function newestJobs(known: readonly LoadJob[], told: ReadonlyMap<string, LoadJob>): readonly LoadJob[] {
  const ended = new Set(known.filter((job) => job.state !== "running").map((job) => job.id));
  const listed = known.map((job) => (ended.has(job.id) ? job : (told.get(job.id) ?? job)));
  return [...listed, ...[...told.values()].filter((job) => !known.some((each) => each.id === job.id))];
}

/** The loads of this session: running ones with their progress, then how each ended until it is closed. */
export function LoadProgress({ connections }: { readonly connections: readonly Connection[] }) {
  const { data: known = noJobs } = useCall("accounts.loadJobs", {});
  const [told, setTold] = useState<ReadonlyMap<string, LoadJob>>(new Map());
  useBridgeEvent("accounts.loadProgress", (job) => setTold((before) => new Map(before).set(job.id, job)));
  const jobs = useMemo(() => newestJobs(known, told), [known, told]);
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const announce = useAnnounce();
  const spoken = useRef(new Map<string, string>());
  const [openedAtMs] = useState(() => Date.now());
  const shown = jobs.filter((job) => !dismissed.includes(job.id) && (job.finishedAtMs ?? openedAtMs) >= openedAtMs);
  useEffect(() => {
    for (const job of jobs) {
      const sentence = spokenProgress(job);
      const before = spoken.current.get(job.id);
      spoken.current.set(job.id, sentence);
      const wasRunning = before !== undefined && before !== sentence;
      if (wasRunning && sentence !== "") announce(sentence, job.state === "failed" ? "assertive" : "polite");
    }
  }, [jobs, announce]);
  return shown.map((job) => (
    <Job
      key={job.id}
      job={job}
      connection={connections.find((each) => each.id === job.connectionId)}
      onDismiss={() => setDismissed((ids) => [...ids, job.id])}
    />
  ));
}
