import { useDebouncedValue } from "@mantine/hooks";
import { useQueries, useQuery } from "@tanstack/react-query";
import { api } from "../shell/api.ts";
import { type Choices, failureOf, missingIn, withChosen } from "../ui/choices.ts";

export { PersonaPicture } from "./segments/PersonaPicture.tsx";
export { addressOfPicture } from "./segments/segments.data.ts";

type Named = { id: string; name: string };
type Wish = { isWanted?: boolean; chosen?: readonly (string | null | undefined)[] };

type Found = { isLooking: boolean; found: readonly (Named & { email: string | null })[]; error: Error | null };

const FOUND_MAX = 6;
const ASK_AFTER_MS = 150;
const nobody: readonly never[] = [];

/** Customers by a part of their name, address or id, those seen last first; asked for when typing rests, and not before two characters.
 *  @returns whether it still looks, whom it found by this very text, and what it failed by */
export const useFoundCustomers = (text: string, mayRead: boolean): Found => {
  const [asked] = useDebouncedValue(text, ASK_AFTER_MS);
  const isWanted = mayRead && text.length >= 2;
  const isAsked = isWanted && asked === text;
  const search = useQuery({
    queryKey: ["customers", "found", text],
    queryFn: ({ signal }) => api.get<{ items: (Named & { email: string | null })[] }>("/api/customers", { query: { search: text, who: "all", sort: "lastSeen", direction: "desc", limit: FOUND_MAX }, signal }),
    enabled: isAsked,
    ...patience,
  });
  return { isLooking: isWanted && (!isAsked || search.isPending), found: (isAsked ? search.data?.items : undefined) ?? nobody, error: isAsked ? search.error : null };
};

const patience = { retry: false, staleTime: 60_000 } as const;

/** Segments and contact lists to choose from: the first hundred by name, and those chosen. */
export const useSegmentChoices = ({ isWanted = true, chosen = [] }: Wish = {}): Choices => {
  const list = useQuery({
    queryKey: ["segments", "choices"],
    queryFn: ({ signal }) => api.get<{ items: Named[] }>("/api/segments", { query: { limit: 100 }, signal }),
    select: ({ items }) => items.map(({ id, name }) => ({ value: id, label: name })),
    enabled: isWanted,
    ...patience,
  });
  const others = useQueries({
    queries: list.data === undefined ? [] : missingIn(list.data, chosen).map((id) => ({ queryKey: ["segments", "choices", id], queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Named>(`/api/segments/${id}`, { signal }), ...patience })),
  });
  const names = new Map(others.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.name] as const])));
  return { choices: withChosen(list.data, chosen, names), failure: failureOf(list.error) };
};
