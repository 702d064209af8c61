import type { Bucket, FinzlyFieldName, RiskClass, RowFilter } from "@contract";

/** What the rows of a batch are narrowed to on screen; it never changes what is sent. */
export interface PlanFilter {
  readonly bucket: Bucket;
  readonly search: string;
  readonly risk: RiskClass | undefined;
  readonly field: FinzlyFieldName | undefined;
  readonly largeIncrease: boolean;
}

export const noFilter: Omit<PlanFilter, "bucket"> = {
  search: "",
  risk: undefined,
  field: undefined,
  largeIncrease: false,
};

/** Whether something besides the bucket narrows the rows. */
export function isNarrowed({ search, risk, field, largeIncrease }: PlanFilter): boolean {
  return search.trim() !== "" || risk !== undefined || field !== undefined || largeIncrease;
}

/** The bridge's filter for what is on screen. */
export function rowFilterOf(filter: PlanFilter): RowFilter {
  const search = filter.search.trim().slice(0, 100);
  return {
    bucket: filter.bucket,
    ...(search === "" ? {} : { search }),
    ...(filter.risk === undefined ? {} : { risk: filter.risk }),
    ...(filter.field === undefined ? {} : { field: filter.field }),
    ...(filter.largeIncrease ? { largeIncrease: true } : {}),
  };
}
