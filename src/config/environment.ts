/** The environment of this process; the rest of the code is handed what it needs of it. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
