import { LosslessNumber } from "lossless-json";
import type { Institution, StoredAccount } from "../aggregator/index.ts";
import type { WireDocument } from "./wire-format.ts";

/**
 * The sign-in fields of an account's institution. The first holds the stored user name; masked ones are always empty.
 * JSON has descriptions and numeric ids; XML has neither, and tells value lengths except in the printed sample.
 */
export function loginFormDocument(account: StoredAccount, institution: Institution, username: string): WireDocument {
  const fields = institution.fields.map(({ name, isMasked }, index) => ({
    id: `${institution.id}${String(index + 1).padStart(3, "0")}`,
    name,
    value: isMasked ? "" : username,
    mask: String(isMasked),
    displayOrder: index + 1,
  }));
  const lengths = account.wireForm === "printed" ? [] : [["valueLengthMin", "1"], ["valueLengthMax", "100"]] as const;
  return {
    json: () => ({
      loginForm: fields.map(({ id, name, value, mask, displayOrder }) => ({
        id: new LosslessNumber(id),
        name,
        value,
        description: name,
        mask,
        displayOrder,
      })),
    }),
    xml: () => ({
      name: "loginForm",
      content: fields.map((field) => ({
        name: "loginField",
        content: [...Object.entries(field), ...lengths].map(([name, value]) => ({ name, content: String(value) })),
      })),
    }),
  };
}
