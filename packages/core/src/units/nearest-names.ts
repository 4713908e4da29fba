/** The three names closest to what was asked, by edit distance; ties go by the alphabet. */
export const nearestNames = (asked: string, names: readonly string[], most = 3): string[] => {
  const wanted = asked.toLowerCase().slice(0, 100);
  return names
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
};

/** Edit distance; a name that holds the other whole counts as near. */
const distanceTo = (wanted: string, name: string): number => {
  if (wanted !== "" && (name.includes(wanted) || wanted.includes(name))) return Math.abs(name.length - wanted.length) / 100;
  let previous = Array.from({ length: name.length + 1 }, (_, column) => column);
  for (let row = 1; row <= wanted.length; row++) {
    const current = [row];
    for (let column = 1; column <= name.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (wanted[row - 1] === name[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[name.length] ?? 0;
};
