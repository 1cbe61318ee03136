// Svelte: mounts the log-in and the sign-up.

import { mount } from "svelte";

import App from "./App.svelte";
import "../style.css";

mount(App, { target: document.getElementById("root") });
