import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { countText } from "./format.ts";

export interface TabChoice<T extends string = string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number | undefined;
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
  return (
    <Tabs
      className="page tabbed"
      selectedKey={selected}
      onSelectionChange={(key) => {
        const tab = tabs.find((one) => one.id === key);
        if (tab !== undefined) onSelect(tab.id);
      }}
    >
      <div className="bar views">
        <TabList className="tabs" aria-label={label}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className="tab">
              {tab.label}
              {tab.count === undefined ? null : <span className="n">{countText(tab.count)}</span>}
            </Tab>
          ))}
        </TabList>
        <span className="grow" />
        {actions}
      </div>
      <TabPanel id={selected} className="page fill">
        {children}
      </TabPanel>
    </Tabs>
  );
}
