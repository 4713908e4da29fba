/** A line that gave no offer, and why. */
export interface RefusedRow {
  readonly file: string;
  readonly line: number;
  /** The column at fault; empty where it is the line as a whole. */
  readonly column: string;
  readonly reason: string;
}

/** A line that was kept though something about it is odd. */
export interface RowNote {
  readonly file: string;
  readonly line: number;
  readonly note: string;
}

/** rows = accepted + refused; an accepted row stands behind at least one offer. */
export interface CloudCounts {
  readonly cloud: string;
  readonly rows: number;
  readonly accepted: number;
  readonly refused: number;
  readonly instanceTypes: number;
  readonly offers: number;
}

export interface ImportReport {
  readonly clouds: readonly CloudCounts[];
  readonly refused: readonly RefusedRow[];
  /** Most frequent first. */
  readonly refusedByReason: readonly { readonly reason: string; readonly rows: number }[];
  readonly notes: readonly RowNote[];
}

export const countByReason = (refused: readonly RefusedRow[]): ImportReport["refusedByReason"] => {
  const rows = new Map<string, number>();
  for (const { reason } of refused) rows.set(reason, (rows.get(reason) ?? 0) + 1);
  return [...rows]
    .map(([reason, count]) => ({ reason, rows: count }))
    .toSorted((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1));
};
