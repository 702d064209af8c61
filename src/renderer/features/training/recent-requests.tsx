import type { TrainingPanel } from "@contract";
import { Tag, timeWithSecondsText } from "../../ui/index.ts";

const shownRequests = 25;

export interface RecentRequestsProps {
  readonly requests: TrainingPanel["requests"];
}

/** What the simulated Finzly was asked, and whether it applied it. */
export function RecentRequests({ requests }: RecentRequestsProps) {
  if (requests.length === 0) return <p className="soft small">None yet.</p>;
  const newest = requests.toSorted((a, b) => b.seq - a.seq).slice(0, shownRequests);
  return (
    <table className="requests">
      <thead>
        <tr><th>At</th><th>Request</th><th>Answer</th><th>Applied</th><th>Fault</th></tr>
      </thead>
      <tbody>
        {newest.map((request) => (
          <tr key={request.seq}>
            <td>{timeWithSecondsText(request.atMs)}</td>
            <td className="id">{request.line}</td>
            <td>{request.status ?? "none"}</td>
            <td>{request.applied ? "Yes" : "No"}</td>
            <td>{request.fault === undefined ? "" : <Tag tone="warn">{request.fault}</Tag>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
