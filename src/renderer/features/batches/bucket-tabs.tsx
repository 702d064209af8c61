import { buckets, type BatchDetail, type Bucket } from "@contract";
import { useState, type ReactNode } from "react";
import { Tab } from "react-aria-components";
import { classNames, countText, Icon, TabBar, TabPanel } from "../../ui/index.ts";
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
  const [id, setId] = useState("");
  return (
    <div className="page fill">
      <TabBar
        onId={setId}
        label="What each row would do"
        className="buckets"
        choices={buckets}
        selected={selected}
        onSelect={onSelect}
      >
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
      </TabBar>
      <TabPanel id={id} selected={selected}>
        {children}
      </TabPanel>
    </div>
  );
}
