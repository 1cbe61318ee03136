// Starts the app. What fails here is caught by boot.js, which shows the reload panel.

import init from "./business-portal.js";

await init({ module_or_path: new URL("business-portal_bg.wasm", import.meta.url) });
window.portalStarted();
