import type { Connection, Environment } from "@contract";

/**
 * What a live workspace is labelled after: production as soon as one connection is, else sandbox, also when every
 * connection is a training one. Only the training workspace is labelled TRAINING, and it does not ask here.
 */
export function mostDangerous(connections: readonly Pick<Connection, "environment">[]): Environment {
  return connections.some(({ environment }) => environment === "production") ? "production" : "sandbox";
}
