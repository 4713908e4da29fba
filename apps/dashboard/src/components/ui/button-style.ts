export type ButtonTone = "primary" | "secondary" | "quiet" | "danger";

const tones: Readonly<Record<ButtonTone, string>> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border border-edge/60 bg-raised text-ink hover:border-edge hover:bg-sunken",
  quiet: "text-accent hover:bg-wash",
  danger: "border border-bad/60 bg-raised text-bad hover:bg-bad-wash",
};

/** One look for buttons and for links that act as such. */
export const buttonStyle = (tone: ButtonTone = "secondary"): string =>
  `inline-flex min-h-9 cursor-pointer items-center justify-center gap-2 rounded-md px-3.5 py-1.5 text-center font-medium text-sm leading-5 transition-colors disabled:cursor-not-allowed disabled:opacity-60 ${tones[tone]}`;

/** For actions inside tables and beside fields. */
export const smallButtonStyle = (tone: ButtonTone = "quiet"): string =>
  `inline-flex min-h-7 cursor-pointer items-center gap-1.5 rounded-md px-2 py-0.5 font-medium text-sm leading-5 transition-colors disabled:cursor-not-allowed disabled:opacity-60 ${tones[tone]}`;
