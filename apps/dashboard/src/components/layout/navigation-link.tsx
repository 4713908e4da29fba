"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

export const NavigationLink = ({ href, children }: { readonly href: string; readonly children: string }) => {
  const isHere = usePathname() === href;
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className="whitespace-nowrap rounded-md px-2.5 py-1.5 text-sm text-soft hover:text-ink aria-[current]:font-medium aria-[current]:text-ink"
    >
      {children}
    </Link>
  );
};
