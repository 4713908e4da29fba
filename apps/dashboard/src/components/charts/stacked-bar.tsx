import { Group } from "@visx/group";
import { scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import { useId } from "react";

interface BarPart {
  readonly id: string;
  readonly size: number;
  /** A colour, or "striped" for what is neither used nor free. */
  readonly fill: string;
}

interface StackedBarProps {
  readonly label: string;
  readonly parts: readonly BarPart[];
}

/** One bar in percentages of its width, so that it needs no script to fit its place. */
export const StackedBar = ({ label, parts }: StackedBarProps) => {
  const stripes = useId();
  const whole = parts.reduce((sum, { size }) => sum + size, 0);
  const position = scaleLinear({ domain: [0, whole], range: [0, 100] });
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { size }) => sum + size, 0));
  return (
    <svg role="img" aria-label={label} className="block h-8 w-full overflow-hidden rounded">
      <defs>
        <pattern id={stripes} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--color-sunken)" />
          <rect width="2" height="6" fill="var(--color-edge)" opacity="0.55" />
        </pattern>
      </defs>
      <Group>
        {parts.map(({ id, size, fill }, index) => (
          <Bar
            key={id}
            x={`${position(starts[index] ?? 0)}%`}
            width={`${position(size)}%`}
            height="100%"
            fill={fill === "striped" ? `url(#${stripes})` : fill}
            stroke="var(--color-canvas)"
            strokeWidth={1.5}
          />
        ))}
      </Group>
    </svg>
  );
};
