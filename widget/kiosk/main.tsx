import { render } from "preact";
import { openDeviceStore } from "./device-store.ts";
import { Kiosk } from "./Kiosk.tsx";

const place = document.getElementById("survey");
if (place !== null) void start(place);

async function start(place: HTMLElement): Promise<void> {
  // Asked for once: without it the browser may throw answers away when the disk is full.
  void navigator.storage?.persist?.();
  void navigator.serviceWorker?.register("/k/worker.js", { scope: "/k" });
  const store = await openDeviceStore();
  place.textContent = "";
  render(<Kiosk store={store} />, place);
}
