import type { AccountId, ConnectionId } from "@contract";
import { failureSentence, useCall } from "../../bridge/index.ts";
import { Button, Callout, counted, Dialog, ErrorMessage, Loading } from "../../ui/index.ts";
import { AskForm } from "./ask-form.tsx";
import "./refreshes.css";

export interface Asking {
  readonly connectionId?: ConnectionId | undefined;
  readonly customers: readonly string[];
}

export interface AskDialogProps {
  readonly asking: Asking | undefined;
  readonly onClose: () => void;
  /** The refreshes that were started. */
  readonly onStarted: (ids: readonly number[]) => void;
}

/** Asks who is to be refreshed and why. Nothing is sent before its last button. */
export function AskDialog({ asking, ...rest }: AskDialogProps) {
  const offer = useCall("refreshes.offer", { customers: [] }, { enabled: asking !== undefined });
  return (
    <Dialog title="Refresh a customer’s accounts" isOpen={asking !== undefined} onClose={rest.onClose}>
      {asking === undefined || offer.data === undefined ? (
        offer.failure === undefined ? <Loading /> : <ErrorMessage>{failureSentence(offer.failure)}</ErrorMessage>
      ) : (
        <AskForm
          connections={offer.data.connections}
          connectionId={asking.connectionId}
          typed={asking.customers.join(", ")}
          {...rest}
        />
      )}
    </Dialog>
  );
}

export interface SelectionDialogProps extends Omit<AskDialogProps, "asking"> {
  readonly ids: ReadonlySet<AccountId>;
}

function SelectionForm({ ids, ...rest }: SelectionDialogProps) {
  const accountIds = [...ids];
  const found = useCall("refreshes.customersOf", { accountIds });
  const offer = useCall("refreshes.offer", { customers: [] });
  const failure = found.failure ?? offer.failure;
  if (failure !== undefined) return <ErrorMessage>{failureSentence(failure)}</ErrorMessage>;
  if (found.data === undefined || offer.data === undefined) return <Loading>Finding their customers…</Loading>;
  const { groups, withoutRefresh } = found.data;
  const connections = offer.data.connections.filter(({ id }) => groups.some((group) => group.connectionId === id));
  const tooMany = groups.find(({ total, customers }) => total > customers.length);
  const close = (
    <div className="acts">
      <span className="grow" />
      <Button onPress={rest.onClose}>Close</Button>
    </div>
  );
  if (groups.length === 0) {
    return (
      <div className="stack">
        <p>None of the selected accounts is behind Finicity or Signzy; only those can be refreshed.</p>
        {close}
      </div>
    );
  }
  if (tooMany !== undefined) {
    return (
      <div className="stack">
        <Callout tone="warn">
          These accounts belong to {counted(tooMany.total, "customer")}. At most {tooMany.customers.length} can be
          refreshed at once; select fewer accounts.
        </Callout>
        {close}
      </div>
    );
  }
  return (
    <div className="stack">
      {withoutRefresh === 0 ? null : (
        <p className="soft small">
          {counted(withoutRefresh, "selected account is", "selected accounts are")} not behind Finicity or Signzy and
          {withoutRefresh === 1 ? " has" : " have"} no refresh.
        </p>
      )}
      {groups.length < 2 ? null : (
        <p className="soft small">
          The selection spans {groups.length} connections; each is asked separately. Choose one, then come back for the next.
        </p>
      )}
      <AskForm connections={connections} connectionId={connections[0]?.id} typed="" selected={groups} {...rest} />
    </div>
  );
}

/** Asks for the customers behind selected accounts, at one connection. */
export function SelectionDialog(props: SelectionDialogProps & { readonly isOpen: boolean }) {
  const { isOpen, ...rest } = props;
  return (
    <Dialog title={`Refresh the customers of ${counted(props.ids.size, "account")}`} isOpen={isOpen} onClose={props.onClose} wide>
      {isOpen ? <SelectionForm {...rest} /> : null}
    </Dialog>
  );
}
