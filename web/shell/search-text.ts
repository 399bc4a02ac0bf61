// All values stay plain strings, so that an address can be read, typed and mailed: ?period=30d&channel=web
export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

export const stringifySearch = (search: Readonly<Record<string, unknown>>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
  return params.size === 0 ? "" : `?${params}`;
};
