import type { ConnectionId, InputOf, ProposedFields } from "@contract";

/** What a person types to add an account that cannot be read; every field but the first four may stay blank. */
export interface HandAccount {
  readonly connectionId: ConnectionId | undefined;
  readonly customerUid: string;
  readonly customerName: string;
  readonly accountUid: string;
  readonly accountName: string;
  readonly accountNumber: string;
  readonly accountType: string;
  readonly accountSubType: string;
  readonly currency: string;
  readonly routingNumber: string;
  readonly fundingBasis: "prefunded" | "underwritten" | "neither" | undefined;
  readonly debitExposureLimit: string;
  readonly creditExposureLimit: string;
  readonly secCodes: string;
  readonly achCompanyId: string;
}

export const emptyHandAccount: HandAccount = {
  connectionId: undefined, customerUid: "", customerName: "", accountUid: "", accountName: "", accountNumber: "",
  accountType: "", accountSubType: "", currency: "USD", routingNumber: "", fundingBasis: undefined, debitExposureLimit: "",
  creditExposureLimit: "", secCodes: "", achCompanyId: "",
};

const textFields = [
  "accountName", "accountNumber", "accountType", "accountSubType", "currency", "routingNumber", "debitExposureLimit",
  "creditExposureLimit", "achCompanyId",
] as const;

/** The last-known values a person vouches for; a blank stays unknown. */
export function handKnown(typed: HandAccount): ProposedFields {
  const texts = Object.fromEntries(textFields.flatMap((field) => (typed[field].trim() === "" ? [] : [[field, typed[field].trim()]])));
  const codes = typed.secCodes.toUpperCase().split(/[\s,;]+/u).filter((code) => code !== "");
  const basis = typed.fundingBasis;
  return {
    ...texts,
    ...(codes.length === 0 ? {} : { secCodes: [...new Set(codes)] }),
    ...(basis === undefined ? {} : { isAchPrefund: basis === "prefunded", isUnderWritten: basis === "underwritten" }),
  };
}

export interface HandFault {
  readonly field: keyof HandAccount;
  readonly message: string;
}

/** What must be put right before main is asked. */
export function handFaults(typed: HandAccount): readonly HandFault[] {
  const faults: HandFault[] = [];
  if (typed.connectionId === undefined) faults.push({ field: "connectionId", message: "Choose the connection the account belongs to." });
  if (!/^[A-Za-z0-9_-]{1,100}$/u.test(typed.customerUid.trim())) {
    faults.push({ field: "customerUid", message: "Customer UID is letters, digits, hyphen and underscore." });
  }
  if (typed.customerName.trim() === "") faults.push({ field: "customerName", message: "Enter the customer’s name." });
  if (!/^[0-9]{1,40}$/u.test(typed.accountUid.trim())) faults.push({ field: "accountUid", message: "Account UID is digits only." });
  return faults;
}

export function handInput(typed: HandAccount, connectionId: ConnectionId): InputOf<"accounts.addByHand"> {
  return {
    connectionId,
    customerUid: typed.customerUid.trim(),
    customerName: typed.customerName.trim(),
    accountUid: typed.accountUid.trim(),
    known: handKnown(typed),
  };
}
