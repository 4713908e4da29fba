export const SiteFooter = () => (
  <footer className="border-line border-t print:hidden">
    <p className="mx-auto w-full max-w-[80rem] px-4 py-5 text-soft text-xs leading-5 sm:px-6 lg:px-10">
      Prices are dated and say where they are from. Speeds are estimates with a band. Every plan shown was checked again by rules that share
      no code with the solver.
    </p>
  </footer>
);
