import "@fontsource-variable/inter/wght.css";
import "./ui/mantine.css";
import "./ui/tokens.css";
import "./ui/parts.css";
import "./ui/charts/charts.css";
import "./shell/shell.css";
import { setNonce } from "get-nonce";
import { beginFigures } from "./shell/beginning.ts";
import { currentDensity, setDensity } from "./shell/density.ts";
import { pageNonce } from "./shell/nonce.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root.");
const nonce = pageNonce();
if (nonce !== undefined) setNonce(nonce);
setDensity(currentDensity());
beginFigures(window.location);
// Not awaited here: the program is made of parts that this very file brings along.
void import("./shell/App.tsx").then(({ drawApp }) => drawApp(root));
