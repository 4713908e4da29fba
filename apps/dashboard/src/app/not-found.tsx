import type { Metadata } from "next";
import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style.ts";

export const metadata: Metadata = { title: "Not here" };

const NotFoundPage = () => (
  <div className="max-w-[40rem] py-6">
    <h1 className="font-semibold text-2xl tracking-tight">There is nothing at this address</h1>
    <p className="mt-2 text-soft">
      A plan or a run that stood here may have been deleted. Deleting a plan deletes its schedule and its runs with it.
    </p>
    <div className="mt-6 flex flex-wrap gap-3">
      <Link href="/" className={buttonStyle("primary")}>
        To the plans
      </Link>
      <Link href="/plans/new" className={buttonStyle()}>
        New plan
      </Link>
    </div>
  </div>
);

export default NotFoundPage;
