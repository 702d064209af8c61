import type { AppState } from "@contract";
import { Search } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { EnvironmentBadge, Icon, Kbd } from "../ui/index.ts";
import { Mark } from "./mark.tsx";

export interface TitleBarProps {
  readonly workspace: AppState["current"];
  readonly onPalette?: (() => void) | undefined;
}

/** Drags the window; leaves room for the system's own window buttons. */
export function TitleBar({ workspace, onPalette }: TitleBarProps) {
  return (
    <header className="titlebar">
      <div className="where">
        <Mark />
        <b>Vostro</b>
        {workspace === undefined ? null : (
          <>
            <span className="sep" />
            <span className="soft workspace-name">{workspace.name}</span>
            <EnvironmentBadge environment={workspace.environment} />
          </>
        )}
      </div>
      {onPalette === undefined ? null : (
        <AriaButton className="command-field" onPress={onPalette}>
          <Icon of={Search} />
          <span>Find an account or run a command</span>
          <Kbd keys="Ctrl K" />
        </AriaButton>
      )}
    </header>
  );
}
