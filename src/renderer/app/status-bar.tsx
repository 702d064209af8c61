import type { AppState, Settings, Status } from "@contract";
import { Clock, Send, ShieldAlert, ShieldCheck, UserRound, Wifi, WifiOff } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { classNames, countText, dateTimeText, EnvironmentBadge, Icon, Link } from "../ui/index.ts";

export interface StatusBarProps {
  readonly state: AppState;
  readonly status: Status | undefined;
  readonly settings: Settings | undefined;
  readonly onDensity: () => void;
  readonly onShortcuts: () => void;
}

function auditWords(audit: Status["audit"]): string {
  const entries = `${countText(audit.entries)} ${audit.entries === 1 ? "entry" : "entries"}`;
  if (audit.intact === undefined) return `Audit trail being checked, ${entries}`;
  return audit.intact ? `Audit trail intact, ${entries}` : "Audit trail broken";
}

function Facts({ status }: { readonly status: Status }) {
  const { drafts, waiting, sending, attention } = status.work;
  const isBroken = status.audit.intact === false;
  return (
    <>
      <span className={status.online ? "ok" : "off"}>
        <Icon of={status.online ? Wifi : WifiOff} size="s" />
        {status.online ? "Online" : "Offline"}
      </span>
      <Link to="/outbox" className="">
        <Icon of={Send} size="s" />
        Outbox {countText(drafts + waiting + sending + attention)}
        {sending === 0 ? "" : status.online ? ", sending" : ", waiting for a connection"}
      </Link>
      <Link to="/log" className={classNames(isBroken ? "broken" : status.audit.intact === true && "ok")}>
        <Icon of={isBroken ? ShieldAlert : ShieldCheck} size="s" />
        {auditWords(status.audit)}
      </Link>
      <span>
        <Icon of={Clock} size="s" />
        {status.lastLoadAtMs === undefined ? "Nothing read yet" : `Last read ${dateTimeText(status.lastLoadAtMs)}`}
      </span>
    </>
  );
}

/** Always visible: environment, person, connection, outbox, audit trail, last read. */
export function StatusBar({ state, status, settings, onDensity, onShortcuts }: StatusBarProps) {
  return (
    <footer className="statusbar" data-pane>
      {state.current === undefined ? null : <EnvironmentBadge environment={state.current.environment} />}
      {state.person === undefined ? null : (
        <span>
          <Icon of={UserRound} size="s" />
          {state.person.name}, {state.person.role}
        </span>
      )}
      {status === undefined ? null : <Facts status={status} />}
      <span className="grow" />
      {settings === undefined ? null : (
        <AriaButton onPress={onDensity} aria-label={`Rows: ${settings.density}. Change`}>
          {settings.density === "compact" ? "Compact" : "Comfortable"}
        </AriaButton>
      )}
      <AriaButton onPress={onShortcuts}>
        <kbd>?</kbd> Shortcuts
      </AriaButton>
    </footer>
  );
}
