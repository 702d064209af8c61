import type { Bucket, FinzlyFieldName, RiskClass, RowFilter } from "@contract";

/** How much a limit is raised. */
export type SizeOfChange = "large" | "half" | "tenth";

const sizes: Readonly<Record<SizeOfChange, Partial<RowFilter>>> = {
  large: { largeIncrease: true },
  half: { increaseFromTenths: 500 },
  tenth: { increaseFromTenths: 100 },
};

/** What the rows of a batch are narrowed to on screen; it never changes what is sent. */
export interface PlanFilter {
  readonly bucket: Bucket;
  readonly search: string;
  readonly risk: RiskClass | undefined;
  readonly field: FinzlyFieldName | undefined;
  readonly size: SizeOfChange | undefined;
}

export const noFilter: Omit<PlanFilter, "bucket"> = {
  search: "",
  risk: undefined,
  field: undefined,
  size: undefined,
};

/** Whether something besides the bucket narrows the rows. */
export function isNarrowed({ search, risk, field, size }: PlanFilter): boolean {
  return search.trim() !== "" || risk !== undefined || field !== undefined || size !== undefined;
}

/** The bridge's filter for what is on screen. */
export function rowFilterOf(filter: PlanFilter): RowFilter {
  const search = filter.search.trim().slice(0, 100);
  return {
    bucket: filter.bucket,
    ...(search === "" ? {} : { search }),
    ...(filter.risk === undefined ? {} : { risk: filter.risk }),
    ...(filter.field === undefined ? {} : { field: filter.field }),
    ...(filter.size === undefined ? {} : sizes[filter.size]),
  };
}
