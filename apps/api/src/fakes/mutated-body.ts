import fc from "fast-check";

type Path = readonly (string | number)[];

const removed = Symbol("removed");

/** What a careless or a hostile caller writes in the place of something right. */
const replacements = fc
  .constantFrom<readonly unknown[]>(
    ...[0, -0, -1, 1, 2, 0.5, 1e-300, 3, 7, 1000, 1e6, 2 ** 31, 2 ** 53, 1e12, 1e15, 1e300].map((value) => [value]),
    ...["", "x", "0", "-1.00", "0.000001", "999999999999.999999", "toString", "__proto__", "a/b~c", "9".repeat(200)].map((value) => [
      value,
    ]),
    ...[null, true, false, [], {}, [[]], removed].map((value) => [value]),
  )
  .map(([value]) => value);

/** A valid body with one to three of its parts replaced, so that what lies behind the first checks is reached too. */
export const mutationsOf = (body: unknown): fc.Arbitrary<unknown> => {
  const paths = pathsOf(body);
  const mutation = fc.tuple(fc.nat(paths.length - 1), replacements);
  return fc
    .array(mutation, { minLength: 1, maxLength: 3 })
    .map((mutations) => mutations.reduce((mutated, [index, value]) => replaceAt(mutated, paths[index] ?? [], value), body));
};

const pathsOf = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== "object" || value === null) return [path];
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...(path.length > 0 ? [path] : []), ...parts.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
};

const replaceAt = (body: unknown, [key, ...rest]: Path, value: unknown): unknown => {
  if (key === undefined) return value;
  if (typeof body !== "object" || body === null) return body;
  if (Array.isArray(body)) return body.flatMap((part, index) => (index === key ? kept(replaceAt(part, rest, value)) : [part]));
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, part]) =>
      name === key ? kept(replaceAt(part, rest, value)).map((to) => [name, to]) : [[name, part]],
    ),
  );
};

const kept = (value: unknown): unknown[] => (value === removed ? [] : [value]);
