import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";
import { ErrorState } from "../ui/ErrorState.tsx";
import { loadable } from "../ui/loadable.tsx";
import { onSignedOut } from "./api.ts";
import { screens } from "./composition.ts";
import { Frame } from "./Frame.tsx";
import { NotFound } from "./NotFound.tsx";
import { queryClient } from "./queries.ts";
import { Guard } from "./Guard.tsx";
import type { Screen } from "./screens.ts";
import { parseSearch, stringifySearch } from "./search-text.ts";
import { sessionQuery } from "./session.data.ts";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const frame = createRoute({
  id: "frame",
  getParentRoute: () => root,
  component: Frame,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: "/sign-in", search: returnTo(location.href) });
  },
});

const returnTo = (href: string): Record<string, string> => (href === "/" ? {} : { next: href });

const routeOf = (screen: Screen) => {
  const { Part: Loaded, load } = loadable(screen.load);
  return createRoute({
    path: screen.path,
    getParentRoute: () => (screen.isPublic ? root : frame),
    // Fetched while the pointer rests on a link, and before the old screen is taken away.
    loader: async () => void (await load()),
    staleTime: Number.POSITIVE_INFINITY,
    component: () => (screen.ability === undefined ? <Loaded /> : <Guard ability={screen.ability}><Loaded /></Guard>),
  });
};

export const router = createRouter({
  routeTree: root.addChildren([
    frame.addChildren(screens.filter((screen) => !screen.isPublic).map(routeOf)),
    ...screens.filter((screen) => screen.isPublic).map(routeOf),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultPreloadDelay: 80,
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
});

/** Asks for session and screen at once and not one after another. What fails here is told by whoever asks again. */
export const beginPage = ({ pathname }: Location): void => {
  const screen = screens.find(({ path }) => path === pathname);
  if (screen === undefined || screen.isPublic) return;
  void queryClient.prefetchQuery(sessionQuery);
  screen.load().catch(() => undefined);
};

onSignedOut(() => {
  queryClient.setQueryData(sessionQuery.queryKey, null);
  const { pathname, href } = router.state.location;
  const isPublic = screens.some((screen) => screen.isPublic && screen.path === pathname);
  if (!isPublic) void router.navigate({ to: "/sign-in", search: returnTo(href) });
});
