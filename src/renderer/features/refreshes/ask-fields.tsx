import type { InstitutionLogin, OutputOf } from "@contract";
import { Callout, Checkbox, counted, ErrorMessage, SelectField, timeText } from "../../ui/index.ts";
import { CustomerStandings, type AskedCustomer, type Obstacle } from "./customer-standings.tsx";

export type OfferedConnection = OutputOf<"refreshes.offer">["connections"][number];

interface LoginChoiceProps {
  readonly logins: readonly InstitutionLogin[];
  readonly value: string;
  readonly onChange: (login: string) => void;
}

export const everyLogin = "all";

function loginWords({ institutionId, institutionLoginId, accounts, accountNames }: InstitutionLogin) {
  const more = accounts > accountNames.length ? ` and ${String(accounts - accountNames.length)} more` : "";
  const bank = institutionId === undefined ? "" : `institution ${institutionId}, `;
  return {
    id: institutionLoginId,
    label: `Only ${bank}login ${institutionLoginId}`,
    sub: `${counted(accounts, "account")}: ${accountNames.join(", ")}${more}`,
  };
}

/** All banks of the customer, or one sign-in at one of them. */
export function LoginChoice({ logins, value, onChange }: LoginChoiceProps) {
  if (logins.length === 0) return null;
  const all = logins.reduce((sum, { accounts }) => sum + accounts, 0);
  return (
    <SelectField
      label="What is refreshed"
      choices={[
        {
          id: everyLogin,
          label: "All banks of the customer",
          sub: `${counted(logins.length, "sign-in")}, ${counted(all, "account")}`,
        },
        ...logins.map(loginWords),
      ]}
      value={value}
      onChange={onChange}
    />
  );
}

export interface WhoIsAskedProps {
  readonly customers: readonly AskedCustomer[];
  readonly obstacles: readonly Obstacle[];
  readonly agreed: boolean;
  readonly onAgree: (agreed: boolean) => void;
  readonly isMissed: boolean;
  /** Customers without an obstacle. */
  readonly ready: number;
  readonly isFromSelection: boolean;
}

/** Whom the refresh reaches; more than one customer has to be agreed to by their number. */
export function WhoIsAsked(props: WhoIsAskedProps) {
  const { customers, obstacles, agreed, onAgree, isMissed, ready, isFromSelection } = props;
  const [only] = obstacles;
  const isList = isFromSelection || customers.length > 1;
  return (
    <>
      {isList ? <CustomerStandings customers={customers} obstacles={obstacles} /> : null}
      {isList || only === undefined ? null : (
        <Callout tone="warn">
          {only.message}
          {only.retryAtMs === undefined ? "" : ` It can be asked for again after ${timeText(only.retryAtMs)}.`}
        </Callout>
      )}
      {ready > 1 ? (
        <Checkbox isSelected={agreed} onChange={onAgree}>
          Refresh {counted(ready, "customer")}, one after another
        </Checkbox>
      ) : null}
      {isMissed && ready > 1 && !agreed ? <ErrorMessage>Confirm the number of customers.</ErrorMessage> : null}
      {isList && customers.length > 0 && ready === 0 ? (
        <p className="soft">None of them can be refreshed now. Nothing is sent.</p>
      ) : null}
    </>
  );
}
