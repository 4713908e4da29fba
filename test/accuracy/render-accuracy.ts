import { type MeasuredFigure, relativeError } from "./measured-figure.ts";
import { bandOf, type ErrorSummary, groupFigures, summarizeErrors } from "./summarize-errors.ts";

export interface AccuracyChapter {
  readonly title: string;
  /** What the rows are, how they were chosen, and what others claim. */
  readonly about: string;
  readonly figures: readonly MeasuredFigure[];
  /** Lines that the calibration printed of rows it had left out. */
  readonly leftOut?: readonly string[];
  /** Why rows miss: the first whose pattern the label matches. */
  readonly reasons: readonly MissReason[];
}

export type MissReason = readonly [label: RegExp, why: string];

const groupings: readonly { readonly title: string; readonly keyOf: (figure: MeasuredFigure) => string | undefined }[] = [
  { title: "engine or framework", keyOf: ({ engine }) => engine },
  { title: "model family", keyOf: ({ modelFamily }) => modelFamily },
  { title: "accelerator", keyOf: ({ accelerator }) => accelerator },
];

/** A chapter as Markdown: each quantity with its error in all, by group, its band, and the rows that miss worst. */
export const renderChapter = ({ title, about, figures, leftOut = [], reasons }: AccuracyChapter): string =>
  [
    `## ${title}`,
    about,
    ...(leftOut.length > 0 ? [["Left out of the fit, in turn:", "", ...leftOut.map((line) => `- ${line}`)].join("\n")] : []),
    ...groupFigures(figures, ({ quantity }) => quantity).map(([quantity, rows]) => renderQuantity(quantity, rows, reasons)),
  ].join("\n\n");

const renderQuantity = (quantity: string, figures: readonly MeasuredFigure[], reasons: AccuracyChapter["reasons"]): string => {
  const band = bandOf(figures);
  return [
    `### ${quantity}`,
    table(["rows", ...errorColumns], [errorCells(summarizeErrors(figures))]),
    ...(band
      ? [
          `The 80 % band holds ${percent(band.inside)} of ${band.rows} rows; half of the bands are narrower than a factor of ${band.medianWidth.toFixed(2)}.`,
        ]
      : []),
    ...[...groupings, ...furtherGroupings(figures)].flatMap((grouping) => renderGrouping(grouping, figures)),
    ...worstRows(figures, reasons),
  ].join("\n\n");
};

const furtherGroupings = (figures: readonly MeasuredFigure[]) =>
  [...new Set(figures.flatMap(({ groups }) => Object.keys(groups ?? {})))].map((name) => ({
    title: name,
    keyOf: ({ groups }: MeasuredFigure) => groups?.[name],
  }));

const renderGrouping = ({ title, keyOf }: (typeof groupings)[number], figures: readonly MeasuredFigure[]): string[] => {
  const groups = groupFigures(figures, keyOf);
  if (groups.length < 2) return [];
  return [
    table(
      [title, "rows", ...errorColumns],
      groups.map(([key, rows]) => [key, ...errorCells(summarizeErrors(rows))]),
    ),
  ];
};

const errorColumns = ["mean", "median", "p90", "bias"];

const errorCells = ({ rows, unanswered, mean, median, p90, bias }: ErrorSummary): string[] => [
  unanswered > 0 ? `${rows} (${unanswered} refused)` : `${rows}`,
  percent(mean),
  percent(median),
  percent(p90),
  `${bias < 0 ? "−" : "+"}${percent(Math.abs(bias))}`,
];

/** What misses by less is a rounding, or one run against the next. */
const worthExplaining = 0.05;

const worstRows = (figures: readonly MeasuredFigure[], reasons: readonly MissReason[]): string[] => {
  const worst = figures
    .filter((figure) => Math.abs(relativeError(figure)) > worthExplaining)
    .toSorted((a, b) => Math.abs(relativeError(b)) - Math.abs(relativeError(a)) || (a.label < b.label ? -1 : 1))
    .slice(0, 5);
  if (worst.length === 0) return [];
  const cells = worst.map((figure) => [
    figure.label.replaceAll("|", " "),
    figure.predicted === undefined ? "refused" : figure.predicted.toPrecision(4),
    figure.measured.toPrecision(4),
    reasons.find(([label]) => label.test(figure.label))?.[1] ?? "not known",
  ]);
  return [table(["worst rows", "predicted", "measured", "why"], cells)];
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
