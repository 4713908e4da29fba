"use client";

import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";

interface DetailProps {
  readonly children: ReactNode;
  /** What stands behind the figure: shown on hover, on focus and on a tap. */
  readonly detail: ReactNode;
}

/** A figure or a word that tells where it comes from when asked. */
export const Detail = ({ children, detail }: DetailProps) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Tooltip.Provider delayDuration={150} disableHoverableContent={false}>
      <Tooltip.Root open={isOpen} onOpenChange={setIsOpen}>
        <Tooltip.Trigger asChild>
          <button
            type="button"
            // A click would close what the hover opened, and a tap has no hover.
            onPointerDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.preventDefault();
              setIsOpen(true);
            }}
            className="cursor-help rounded-sm text-left underline decoration-edge decoration-dotted underline-offset-4 hover:decoration-accent"
          >
            {children}
          </button>
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            sideOffset={6}
            collisionPadding={12}
            className="z-40 max-w-[22rem] rounded-md border border-line bg-raised px-3 py-2 text-ink text-sm leading-5 shadow-lg"
          >
            {detail}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
};
