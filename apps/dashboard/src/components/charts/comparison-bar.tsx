import { scaleLinear } from "@visx/scale";
import { Bar, Line } from "@visx/shape";

interface ComparisonBarProps {
  readonly value: number;
  /** Marked on every bar, to compare with. */
  readonly reference: number;
  readonly most: number;
  readonly isReference: boolean;
}

/** One bar of a column of bars on a common scale; the figures beside it say the same. */
export const ComparisonBar = ({ value, reference, most, isReference }: ComparisonBarProps) => {
  const position = scaleLinear({ domain: [0, most], range: [0, 100] });
  const mark = `${position(reference)}%`;
  return (
    <svg aria-hidden="true" className="block h-5 w-full">
      <Bar
        x="0"
        y="4"
        width={`${position(value)}%`}
        height="12"
        rx="1.5"
        fill={isReference ? "var(--color-part-weights)" : "var(--color-part-runtime)"}
      />
      {!isReference && <Line x1={mark} x2={mark} y1="1" y2="19" stroke="var(--color-accent)" strokeWidth={1.5} strokeDasharray="2 2" />}
    </svg>
  );
};
