import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { erasureNotices } from "./composition.ts";
import { ErasureNotices } from "./erasure-notices.ts";
import { pageNonce } from "./nonce.ts";
import { queryClient } from "./queries.ts";
import { beginPage, router } from "./router.tsx";
import { mantineVariables, theme } from "./theme.ts";

const App = () => (
  <MantineProvider
    theme={theme}
    defaultColorScheme="auto"
    cssVariablesResolver={mantineVariables}
    getStyleNonce={() => pageNonce() ?? ""}
  >
    <Notifications position="bottom-right" limit={4} />
    <QueryClientProvider client={queryClient}>
      <ErasureNotices value={erasureNotices}>
        <RouterProvider router={router} />
      </ErasureNotices>
    </QueryClientProvider>
  </MantineProvider>
);

export const drawApp = (root: HTMLElement): void => {
  beginPage(window.location);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
};
