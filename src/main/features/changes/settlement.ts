import type { ChangeDetail } from "@contract";

/** How an unclear outcome was settled: by comparison after a re-read, or by a person's word. */
export type Settlement = NonNullable<ChangeDetail["settlement"]>;
