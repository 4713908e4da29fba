import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style.ts";

interface PlanPagingProps {
  readonly isFirst: boolean;
  readonly next: string | undefined;
}

export const PlanPaging = ({ isFirst, next }: PlanPagingProps) =>
  isFirst && next === undefined ? null : (
    <nav aria-label="Pages" className="mt-6 flex gap-3">
      {!isFirst && (
        <Link href="/" className={buttonStyle()}>
          Newest
        </Link>
      )}
      {next !== undefined && (
        <Link href={`/?cursor=${encodeURIComponent(next)}`} rel="next" className={buttonStyle()}>
          Older
        </Link>
      )}
    </nav>
  );
