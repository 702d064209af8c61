import type { AppState } from "@contract";
import { ConnectionsSection } from "../features/connections/connections-section.tsx";
import { NetworkSection } from "../features/network/network-section.tsx";
import { PeopleSection } from "../features/people/people-section.tsx";
import { AboutSection } from "../features/workspace/about-section.tsx";
import { GeneralSection } from "../features/workspace/general-section.tsx";
import { SettingsPage, type SettingsSection } from "../features/workspace/settings-page.tsx";
import { TrainingSection } from "../features/training/training-section.tsx";

export interface SettingsRouteProps {
  readonly state: AppState;
  readonly section: string | undefined;
}

/** The settings with the sections of all features; Training only in a training workspace. */
export function SettingsRoute({ state, section }: SettingsRouteProps) {
  const { person } = state;
  const training: readonly SettingsSection[] =
    state.current?.kind === "training" ? [{ id: "training", label: "Training", content: <TrainingSection /> }] : [];
  const sections: readonly SettingsSection[] = [
    { id: "general", label: "General", content: <GeneralSection person={person} /> },
    { id: "connections", label: "Connections", content: <ConnectionsSection person={person} /> },
    { id: "people", label: "People", content: <PeopleSection person={person} /> },
    { id: "network", label: "Network", content: <NetworkSection person={person} /> },
    ...training,
    { id: "about", label: "About", content: <AboutSection state={state} /> },
  ];
  return <SettingsPage sections={sections} selected={section} />;
}
