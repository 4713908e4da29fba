import { daysBetween, formatAge } from "@/lib/format/dates.ts";

/** Prices older than this are shown to be. */
const staleAfterDays = 60;

interface CatalogDateProps {
  readonly catalog: string;
  readonly asOf: string;
}

export const CatalogDate = ({ catalog, asOf }: CatalogDateProps) => {
  const days = daysBetween(asOf, new Date());
  return (
    <>
      {asOf}, <span className={days > staleAfterDays ? "text-warn" : "text-soft"}>{formatAge(days)}</span>{" "}
      <span className="break-words text-soft">({catalog})</span>
    </>
  );
};
