interface SectionLinksProps {
  readonly sections: readonly { readonly id: string; readonly title: string }[];
}

/** The page's parts, in sight while it scrolls. */
export const SectionLinks = ({ sections }: SectionLinksProps) => (
  <nav
    aria-label="On this page"
    className="sticky top-0 z-10 -mx-4 mt-9 overflow-x-auto border-line border-y bg-canvas px-4 sm:-mx-6 sm:px-6 lg:-mx-10 lg:px-10 print:hidden"
  >
    <ul className="flex gap-x-6 whitespace-nowrap text-sm">
      {sections.map(({ id, title }) => (
        <li key={id}>
          <a href={`#${id}-title`} className="block py-2.5 text-soft -outline-offset-2 hover:text-ink">
            {title}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
