interface AmountProps {
  /** Formatted already. */
  readonly value: string;
  readonly unit: string;
  /** What the unit is for, which may stand on a line of its own: "an instance-hour". */
  readonly per?: string;
}

/** A figure with its unit, the figure first to the eye. */
export const Amount = ({ value, unit, per }: AmountProps) => (
  <>
    <span className="whitespace-nowrap">
      {value} <span className="text-soft">{unit}</span>
    </span>
    {per && <span className="text-soft"> {per}</span>}
  </>
);
