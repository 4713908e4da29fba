interface OfClass {
  readonly service: string;
  readonly class: string;
}

/** The rows of each class of each service, found once for all who ask. */
export const rowsByClass = <T extends OfClass>(rows: readonly T[]): ((service: string, className: string) => readonly T[]) => {
  const services = new Map<string, Map<string, T[]>>();
  for (const row of rows) {
    const classes = services.get(row.service) ?? new Map<string, T[]>();
    services.set(row.service, classes);
    const ofClass = classes.get(row.class);
    if (ofClass) ofClass.push(row);
    else classes.set(row.class, [row]);
  }
  return (service, className) => services.get(service)?.get(className) ?? [];
};
