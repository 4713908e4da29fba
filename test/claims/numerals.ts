/** 1342.05 with no decimals: "1,342". */
export const plain = (value: number, decimals = 0): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** 0.286 as "28.6". */
export const percent = (share: number, decimals = 0): string => plain(share * 100, decimals);

export const usdText = (value: number): string => `$${plain(value)}`;
