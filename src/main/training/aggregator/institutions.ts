import type { Institution } from "./records.ts";

const userAndPassword: Institution["fields"] = [
  { name: "Banking Userid", isMasked: false },
  { name: "Banking Password", isMasked: true },
];
const withPin: Institution["fields"] = [...userAndPassword, { name: "Telephone PIN", isMasked: true }];

/** The institutions whose accounts are aggregated; the first two are the provider's own test banks. */
export const institutions: readonly [Institution, ...Institution[]] = [
  { id: "101732", name: "FinBank", visibleDigits: 5, fields: userAndPassword },
  { id: "102105", name: "FinBank Profiles - A", visibleDigits: 4, fields: userAndPassword },
  { id: "103118", name: "Harborview National", visibleDigits: 4, fields: userAndPassword },
  { id: "104220", name: "Granite State Credit Union", visibleDigits: 4, fields: withPin },
  { id: "105361", name: "Northline Savings", visibleDigits: 4, fields: userAndPassword },
  { id: "106472", name: "Prairie Federal", visibleDigits: 4, fields: withPin },
  { id: "107583", name: "Lakeshore Brokerage & Trust", visibleDigits: 4, fields: userAndPassword },
];
