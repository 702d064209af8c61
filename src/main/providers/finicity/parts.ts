import type { FinicityConnection } from "@contract";
import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import type { WebAddress } from "../../core/web-address.ts";
import type { HttpClient } from "../../http/client.ts";
import type { Pace } from "../../http/pace.ts";

export type WireForm = FinicityConnection["wire"];

export interface FinicityCredentials {
  readonly partnerId: string;
  readonly partnerSecret: string;
  readonly appKey: string;
}

/** Everything the provider of one Finicity connection works with. */
export interface FinicityParts {
  readonly connection: FinicityConnection;
  readonly credentials: FinicityCredentials;
  /** Called when Finicity refuses the credentials, with a sentence. */
  readonly onRefused: (message: string) => void;
  readonly base: WebAddress;
  readonly http: HttpClient;
  /** Waits for the answer of a refresh as long as the connection says. */
  readonly patientHttp: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1); spreads the waits of reads. */
  readonly random: () => number;
  readonly pace: Pace;
}

/** XML is of the classic services only (reference §2.2). */
export const wireOf = ({ wire, forms }: FinicityConnection): WireForm => (forms === "classic" ? wire : "json");
export const mediaTypeOf = (wire: WireForm): string => `application/${wire}`;
