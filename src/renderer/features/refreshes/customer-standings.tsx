/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a long list has to be scrolled with the keyboard */
import type { OutputOf } from "@contract";
import { CircleCheck, CircleSlash } from "lucide-react";
import { counted, dateText, dateTimeText, Status, timeText, useNow } from "../../ui/index.ts";

export type Obstacle = OutputOf<"refreshes.offer">["obstacles"][number];

export interface AskedCustomer {
  readonly customerId: string;
  readonly customerName?: string | undefined;
  readonly accounts?: number | undefined;
}

function Standing({ obstacle, nowMs }: { readonly obstacle: Obstacle | undefined; readonly nowMs: number }) {
  if (obstacle === undefined) return <Status icon={CircleCheck} tone="good">Will be refreshed</Status>;
  const { retryAtMs, message } = obstacle;
  const isToday = retryAtMs !== undefined && dateText(retryAtMs) === dateText(nowMs);
  const until = retryAtMs === undefined ? undefined : isToday ? timeText(retryAtMs) : dateTimeText(retryAtMs);
  return (
    <span title={message}>
      <Status icon={CircleSlash} tone="warn">
        {until === undefined ? "Skipped: being refreshed already" : `Skipped until ${until}: cooling down`}
      </Status>
    </span>
  );
}

export interface CustomerStandingsProps {
  readonly customers: readonly AskedCustomer[];
  readonly obstacles: readonly Obstacle[];
}

/** Which of the customers will be refreshed, and which are skipped, why and until when. */
export function CustomerStandings({ customers, obstacles }: CustomerStandingsProps) {
  const nowMs = useNow();
  const skipped = customers.filter(({ customerId }) => obstacles.some((one) => one.customerId === customerId)).length;
  return (
    <section className="standings" aria-label="Customers, scrollable" tabIndex={0}>
      <table aria-label="Customers to refresh">
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col">Customer ID</th>
            <th scope="col">
              {counted(customers.length - skipped, "customer")} to refresh
              {skipped === 0 ? "" : `, ${String(skipped)} skipped`}
            </th>
          </tr>
        </thead>
        <tbody>
          {customers.map(({ customerId, customerName, accounts }) => (
            <tr key={customerId}>
              <th scope="row">
                {customerName ?? customerId}
                {accounts === undefined ? null : <span className="muted"> {counted(accounts, "account")} selected</span>}
              </th>
              <td><span className="id">{customerId}</span></td>
              <td><Standing obstacle={obstacles.find((one) => one.customerId === customerId)} nowMs={nowMs} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
