import type { ReactNode } from "react";
import { Link, PageHeader } from "../../ui/index.ts";
import "./settings.css";

export interface SettingsSection {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

export interface SettingsPageProps {
  readonly sections: readonly SettingsSection[];
  readonly selected: string | undefined;
}

/** Sections at the left, the chosen one beside them. */
export function SettingsPage({ sections, selected }: SettingsPageProps) {
  const section = sections.find((one) => one.id === selected) ?? sections[0];
  if (section === undefined) return null;
  return (
    <div className="page">
      <PageHeader title={`Settings, ${section.label}`} />
      <div className="settings fill">
        <nav className="settings-nav" aria-label="Sections of the settings" data-pane>
          {sections.map((one) => (
            <Link key={one.id} to={`/settings/${one.id}`} className="" current={one.id === section.id}>
              {one.label}
            </Link>
          ))}
        </nav>
        <section className="settings-body" aria-label={section.label} data-pane tabIndex={-1} key={section.id}>
          {section.content}
        </section>
      </div>
    </div>
  );
}
