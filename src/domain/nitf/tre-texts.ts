/**
 * The field texts of the TREs of one name, in the file's order, out of GDAL's `TRE` metadata domain. There the first one of a
 * name stands under the name itself and the others under `NAME_2`, `NAME_3` …, with backslashes before quotes, backslashes,
 * line ends and NULs (GDAL NITF driver, "Retrieval of TREs"; CPLES_BackslashQuotable).
 */
export function treTexts(domain: Readonly<Record<string, string>>, name: string): string[] {
  return Object.entries(domain)
    .flatMap(([key, value]) => {
      const position = positionOf(key.trim(), name);
      return position === null ? [] : [{ position, text: unescaped(value) }];
    })
    .sort((a, b) => a.position - b.position)
    .map(({ text }) => text);
}

function positionOf(key: string, name: string): number | null {
  if (key === name) return 1;
  const suffix = key.startsWith(`${name}_`) ? key.slice(name.length + 1) : '';
  return /^\d+$/.test(suffix) ? Number(suffix) : null;
}

function unescaped(value: string): string {
  return value.replace(/\\([\s\S])/g, (_pair, character: string) => (character === '0' ? '\0' : character === 'n' ? '\n' : character));
}
