import type { RejectionDocument } from "@headroom/core";
import type { Column } from "@/components/ui/data-table.tsx";

export interface RejectionTableProps {
  readonly rejections: readonly RejectionDocument[];
  /** With several services each row says which one it is about. */
  readonly services: "one" | "several";
}

const whatColumn: Column<RejectionDocument> = {
  title: "Accelerators",
  isRowHeader: true,
  width: "14rem",
  cell: ({ what }) => <span className="font-normal">{what}</span>,
};

const serviceColumn: Column<RejectionDocument> = { title: "For", cell: ({ service }) => service ?? "" };

export const forServices = (services: "one" | "several"): readonly Column<RejectionDocument>[] =>
  services === "several" ? [whatColumn, serviceColumn] : [whatColumn];

export const keyOfRejection = ({ service = "", what, detail }: RejectionDocument): string => `${service} ${what} ${detail}`;
