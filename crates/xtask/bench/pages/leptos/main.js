// Leptos: starts the module, which puts the page into the body.

import start from "./made/floor.js";
import "../style.css";

start();
