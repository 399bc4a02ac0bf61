import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

export type Search = Readonly<Record<string, string | undefined>>;

/** The search part of the address as the screen's own type, and how to change it.
 *  @param read turns raw strings into typed values, with defaults for what is missing or wrong; define it outside the component
 *  @returns [values, change]; change merges: undefined removes a name */
export const useTypedSearch = <Values>(read: (search: Search) => Values): [Values, (patch: Search, how?: { replace?: boolean }) => void] => {
  const raw: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const values = useMemo(() => read(raw), [read, raw]);
  const change = useCallback(
    (patch: Search, how: { replace?: boolean } = {}) =>
      void navigate({ to: ".", search: (before: Search) => ({ ...before, ...patch }), replace: how.replace ?? true, resetScroll: false }),
    [navigate],
  );
  return [values, change];
};
