import type { FieldUnit } from "./shown-value.ts";

export interface PositionField {
  readonly label: string;
  readonly unit: FieldUnit;
}

/** The documented keys of a holding (reference §2.4 and §2.7), in the order of the table's columns. */
export const positionFields: ReadonlyMap<string, PositionField> = new Map(
  (
    [
      ["symbol", "Symbol", "id"],
      ["securityName", "Security", "text"],
      ["description", "Description", "text"],
      ["units", "Units", "number"],
      ["currentPrice", "Price", "money"],
      ["marketValue", "Market value", "money"],
      ["costBasis", "Cost basis", "money"],
      ["costBasisPerShare", "Cost per share", "money"],
      ["totalGLDollar", "Gain or loss", "money"],
      ["totalGLPercent", "Gain or loss, percent", "percent"],
      ["todayGLDollar", "Today", "money"],
      ["todayGLPercent", "Today, percent", "percent"],
      ["dailyChange", "Daily change", "money"],
      ["changePercent", "Change, percent", "percent"],
      ["currentPriceDate", "Price date", "date"],
      ["securityId", "Security id", "id"],
      ["securityIdType", "Id type", "text"],
      ["securityType", "Security type", "text"],
      ["invSecurityType", "Investment type", "text"],
      ["mfType", "Fund type", "text"],
      ["assetClass", "Asset class", "text"],
      ["fiAssetClass", "Bank's asset class", "text"],
      ["posType", "Position", "text"],
      ["holdType", "Held as", "text"],
      ["transactionType", "Bought with", "text"],
      ["subAccountType", "Sub-account", "text"],
      ["status", "Status", "text"],
      ["optionType", "Option", "text"],
      ["optionStrikePrice", "Strike price", "money"],
      ["optionSharesPerContract", "Shares per contract", "number"],
      ["optionExpireDate", "Option expires", "date"],
      ["securityCurrency", "Currency", "id"],
      ["currencyRate", "Currency rate", "number"],
      ["id", "Position id", "id"],
    ] as const
  ).map(([key, label, unit]) => [key, { label, unit }]),
);
