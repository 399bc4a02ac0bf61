import "@fontsource-variable/inter/wght.css";
import "./ui/mantine.css";
import "./ui/tokens.css";
import "./ui/parts.css";
import "./ui/charts/charts.css";
import "./shell/shell.css";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App.tsx";
import { currentDensity, setDensity } from "./shell/density.ts";
import { pageNonce } from "./shell/nonce.ts";
import { beginPage } from "./shell/router.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root.");
const nonce = pageNonce();
if (nonce !== undefined) setNonce(nonce);
setDensity(currentDensity());
beginPage(window.location);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
