import type { ReactNode } from "react";

type NoticeTone = "plain" | "good" | "warn" | "bad";

const tones: Readonly<Record<NoticeTone, string>> = {
  plain: "border-line bg-sunken",
  good: "border-accent/40 bg-wash",
  warn: "border-warn/40 bg-warn-wash",
  bad: "border-bad/40 bg-bad-wash",
};

interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly title?: string;
  readonly children?: ReactNode;
}

export const Notice = ({ tone = "plain", title, children }: NoticeProps) => (
  <div className={`rounded-lg border px-4 py-3 text-sm leading-6 ${tones[tone]}`}>
    {title && <p className="font-medium">{title}</p>}
    {children}
  </div>
);
