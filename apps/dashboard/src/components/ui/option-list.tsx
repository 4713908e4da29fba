import type { Option } from "@/components/ui/combobox-options.ts";

interface OptionListProps {
  readonly id: string;
  readonly options: readonly Option[];
  readonly active: number;
  readonly onPick: (option: Option) => void;
}

/** The list under a combobox, which keeps the focus and hears the keys. */
export const OptionList = ({ id, options, active, onPick }: OptionListProps) => (
  <div
    id={id}
    role="listbox"
    aria-label="Suggestions"
    className={`absolute top-full right-0 left-0 z-20 mt-1 max-h-72 overflow-y-auto rounded-lg border border-line bg-raised py-1 shadow-lg ${options.length === 0 ? "hidden" : ""}`}
  >
    {options.map((option, index) => (
      <div
        key={option.value}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={index === active}
        ref={(element) => {
          if (index === active) element?.scrollIntoView({ block: "nearest" });
        }}
        // The input must not lose the focus before the choice arrives.
        onPointerDown={(event) => event.preventDefault()}
        onPointerUp={() => onPick(option)}
        className="flex cursor-pointer flex-wrap justify-between gap-x-4 px-3 py-1.5 text-sm leading-5 hover:bg-sunken aria-selected:bg-wash"
      >
        <span className="break-all">{option.value}</span>
        {option.note && <span className="whitespace-nowrap text-soft">{option.note}</span>}
      </div>
    ))}
  </div>
);
