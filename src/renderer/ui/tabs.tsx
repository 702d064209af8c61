import { useState, type ReactNode } from "react";
import { Tab, TabList, Tabs } from "react-aria-components";
import { countText } from "./format.ts";

export interface TabChoice<T extends string = string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number | undefined;
}

export interface TabBarProps<T extends string> {
  /** Tells the id its panel takes. */
  readonly onId: (id: string) => void;
  readonly label: string;
  readonly className: string;
  readonly choices: readonly T[];
  readonly selected: T;
  readonly onSelect: (choice: T) => void;
  /** A `Tab` for each choice. */
  readonly children: ReactNode;
}

/** The tabs over a `TabPanel`. */
export function TabBar<T extends string>({
  onId,
  label,
  className,
  choices,
  selected,
  onSelect,
  children,
}: TabBarProps<T>) {
  return (
    <Tabs
      className="tab-set"
      selectedKey={selected}
      onSelectionChange={(key) => {
        const choice = choices.find((each) => each === key);
        if (choice !== undefined) onSelect(choice);
      }}
    >
      <TabList
        ref={(list) => {
          if (list !== null) onId(list.id);
        }}
        className={className}
        aria-label={label}
      >
        {children}
      </TabList>
    </Tabs>
  );
}

export interface TabPanelProps {
  /** What its bar told; empty before. */
  readonly id: string;
  readonly selected: string;
  /** Something in it takes focus, as a grid does: the panel itself is no Tab stop. */
  readonly children: ReactNode;
}

/**
 * What the selected tab shows. The library's own panel asks the style of what is in it at every change in it, which a
 * scrolled grid makes at every frame; this one only bears the ids the library's tabs point to.
 */
export function TabPanel({ id, selected, children }: TabPanelProps) {
  return (
    <div
      className="page fill"
      role="tabpanel"
      id={id === "" ? undefined : `${id}-tabpanel-${selected}`}
      aria-labelledby={id === "" ? undefined : `${id}-tab-${selected}`}
    >
      {children}
    </div>
  );
}

export interface TabbedViewsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly TabChoice<T>[];
  readonly selected: T;
  readonly onSelect: (id: T) => void;
  /** At the right end of the bar. */
  readonly actions?: ReactNode;
  /** What the selected tab shows; it fills the rest of the page. */
  readonly children: ReactNode;
}

/** A bar of views with counts over one panel. */
export function TabbedViews<T extends string>({
  label,
  tabs,
  selected,
  onSelect,
  actions,
  children,
}: TabbedViewsProps<T>) {
  const [id, setId] = useState("");
  return (
    <div className="page">
      <div className="bar views">
        <TabBar
          onId={setId}
          label={label}
          className="tabs"
          choices={tabs.map((tab) => tab.id)}
          selected={selected}
          onSelect={onSelect}
        >
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className="tab">
              {tab.label}
              {tab.count === undefined ? null : <span className="n">{countText(tab.count)}</span>}
            </Tab>
          ))}
        </TabBar>
        <span className="grow" />
        {actions}
      </div>
      <TabPanel id={id} selected={selected}>
        {children}
      </TabPanel>
    </div>
  );
}
