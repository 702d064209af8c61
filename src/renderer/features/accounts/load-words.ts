import type { LoadJob } from "@contract";

const count = (n: number, one: string) => `${n.toLocaleString("en-US")} ${one}${n === 1 ? "" : "s"}`;

/** One line about a load: what is read, how far, or how it ended and what stayed. */
export function jobWords(job: LoadJob, connectionName: string): string {
  const accounts = count(job.accountsDone, "account");
  const message = job.message === undefined ? "" : ` ${job.message}`;
  switch (job.state) {
    case "running": {
      const total = job.customersTotal === undefined ? "" : ` of ${job.customersTotal.toLocaleString("en-US")}`;
      return `Reading ${connectionName}: customer ${job.customersDone.toLocaleString("en-US")}${total}.${message}`;
    }
    case "finished":
      return `Read ${accounts} of ${count(job.customersDone, "customer")} from ${connectionName}.${message}`;
    case "cancelled":
      return `Stopped. ${accounts} read before that ${job.accountsDone === 1 ? "is" : "are"} kept.`;
    case "failed":
      return `Reading ${connectionName} failed.${message} What was already here is kept.`;
  }
}

/** What is spoken: every tenth of the way while the total is known, and the end. */
export function spokenProgress(job: LoadJob): string {
  if (job.state !== "running") return jobWords(job, "the provider");
  if (job.customersTotal === undefined || job.customersTotal === 0) return "";
  const tenths = Math.floor((job.customersDone / job.customersTotal) * 10);
  return tenths === 0 ? "" : `${String(tenths * 10)} % of the customers read.`;
}
