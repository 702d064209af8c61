import { buckets, type BatchDetail, type Bucket } from "@contract";
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { classNames, countText, Icon } from "../../ui/index.ts";
import { bucketLooks } from "./batch-words.ts";

export interface BucketTabsProps {
  readonly batch: Pick<BatchDetail, "counts" | "totals">;
  readonly selected: Bucket;
  readonly onSelect: (bucket: Bucket) => void;
  readonly children: ReactNode;
}

function noteOf(bucket: Bucket, { counts, totals }: BucketTabsProps["batch"]): string {
  const all = counts["will-change"] ?? 0;
  if (bucket !== "will-change" || all === 0) return bucketLooks[bucket].note;
  const left = all - totals.chosen;
  return left === 0
    ? `all ${countText(all)} chosen`
    : `${countText(totals.chosen)} chosen, ${countText(left)} left out`;
}

/** What each row would do, as tabs with counts. */
export function BucketTabs({ batch, selected, onSelect, children }: BucketTabsProps) {
  return (
    <Tabs
      className="page fill"
      selectedKey={selected}
      onSelectionChange={(key) => {
        const bucket = buckets.find((each) => each === key);
        if (bucket !== undefined) onSelect(bucket);
      }}
    >
      <TabList className="buckets" aria-label="What each row would do">
        {buckets.map((bucket) => {
          const look = bucketLooks[bucket];
          return (
            <Tab key={bucket} id={bucket} className={classNames("bucket", look.tone)}>
              <span className="w">
                <Icon of={look.icon} size="s" />
                {look.word}
              </span>
              <b>{countText(batch.counts[bucket] ?? 0)}</b>
              <small>{noteOf(bucket, batch)}</small>
            </Tab>
          );
        })}
      </TabList>
      <TabPanel id={selected} className="page fill">
        {children}
      </TabPanel>
    </Tabs>
  );
}
