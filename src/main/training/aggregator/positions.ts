import type { SeededRandom } from "../shared/random.ts";
import { moneyOf } from "./details.ts";
import type { Detail } from "./records.ts";

interface Security {
  readonly symbol: string;
  readonly securityName: string;
  readonly cusip: string;
  readonly invSecurityType: string;
  readonly assetClass: string;
}

function security(
  symbol: string,
  securityName: string,
  cusip: string,
  invSecurityType: string,
  assetClass: string,
): Security {
  return { symbol, securityName, cusip, invSecurityType, assetClass };
}

const securities: readonly [Security, ...Security[]] = [
  security("HVBX", "Harborview Bond Index", "41162H108", "MFUND", "DOMESTICBOND"),
  security("GRNT", "Granite Solar Inc.", "38741R104", "STOCK", "LARGESTOCK"),
  security("INTX", "International Growth Fund", "45822P204", "MFUND", "INTLSTOCK"),
  security("CASHX", "Prime Money Fund", "14754D100", "MFUND", "MONEYMRKT"),
  security("KSTL", "Kestrel Logistics & Freight", "49271V100", "STOCK", "OTHER"),
];

const coins = ["BTC", "ETH", "LTC"] as const;

/** Units with up to eight decimals, which no float may touch. */
function unitsOf(random: SeededRandom, decimals: number): string {
  return decimals === 0 ? String(1 + random.int(900)) : `${random.int(90)}.${random.digits(decimals)}`;
}

function makeCoin(index: number, random: SeededRandom, nowS: number): Detail {
  const symbol = coins[index % coins.length] ?? coins[0];
  return {
    id: 4_100_000 + random.int(900_000),
    symbol,
    description: `${symbol} wallet`,
    units: { decimal: unitsOf(random, 8) },
    currentPrice: moneyOf(100_000 + random.int(6_000_000)),
    currentPriceDate: nowS - random.int(86_400),
    marketValue: moneyOf(random.int(40_000_000)),
    securityCurrency: "USD",
  };
}

function makePosition(index: number, random: SeededRandom, nowS: number): Detail {
  const held = securities[index % securities.length] ?? securities[0];
  const costMinor = 50_000 + random.int(20_000_000);
  const gainMinor = random.int(2_000_000) - 700_000;
  const isOption = index === 4;
  return {
    id: 4_100_000 + random.int(900_000),
    description: held.securityName,
    symbol: held.symbol,
    units: { decimal: unitsOf(random, index % 2 === 0 ? 4 : 0) },
    currentPrice: moneyOf(500 + random.int(60_000)),
    securityName: held.securityName,
    transactionType: random.pick(["cash", "margin"]),
    marketValue: moneyOf(costMinor + gainMinor),
    changePercent: { decimal: `-0.${random.digits(2)}` },
    dailyChange: moneyOf(random.int(90_000) - 45_000),
    costBasis: moneyOf(costMinor),
    holdType: "INVESTMENT",
    invSecurityType: held.invSecurityType,
    status: "A",
    currentPriceDate: nowS - random.int(86_400),
    securityType: held.invSecurityType,
    ...(held.invSecurityType === "MFUND" ? { mfType: "OPENEND" } : {}),
    posType: random.pick(["LONG", "SHORT"]),
    totalGLDollar: moneyOf(gainMinor),
    totalGLPercent: { decimal: `${random.int(30)}.${random.digits(2)}` },
    ...(isOption
      ? {
          optionStrikePrice: moneyOf(12_500),
          optionType: "CALL",
          optionSharesPerContract: { decimal: "100" },
          optionExpireDate: "2027-01-15",
        }
      : {}),
    fiAssetClass: random.pick(["COMMON STOCK", "CORPORATE BONDS", "ALLOCATION FUNDS"]),
    assetClass: held.assetClass,
    currencyRate: { decimal: "1.0" },
    securityId: held.cusip,
    securityIdType: "CUSIP",
    costBasisPerShare: moneyOf(100 + random.int(40_000)),
    subAccountType: "cash",
    securityCurrency: "USD",
    todayGLDollar: moneyOf(random.int(40_000) - 20_000),
    todayGLPercent: { decimal: `0.${random.digits(2)}` },
  };
}

/** Holdings of an investment account: up to five, in every documented field; a cryptocurrency wallet holds coins. */
export function makePositions(type: string, random: SeededRandom, nowS: number): readonly Detail[] {
  const make = type === "cryptocurrency" ? makeCoin : makePosition;
  const count = type === "cryptocurrency" ? 3 : 1 + random.int(5);
  return Array.from({ length: count }, (_, index) => make(index, random, nowS));
}
