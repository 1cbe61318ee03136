// Starts the app. What fails here is caught by boot.js, which shows the reload panel.

import { prepare, takeOver, untilAnswered } from "./adopt.js";
import init from "./business-portal.js";

prepare();
await untilAnswered();
const module = await init({ module_or_path: new URL("business-portal_bg.wasm", import.meta.url) });
window.portalStarted();
takeOver(module.__wbindgen_externrefs);
