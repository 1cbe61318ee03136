// Vanilla: HTML by hand, and what it can't do by itself. It listens to the document, so that nothing
// is missed by whoever is faster than the parser.

import { logIn } from "../api.js";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.parentElement.id !== "log-in") {
    return;
  }
  event.preventDefault();
  const button = form.querySelector("button");
  const alert = form.querySelector("[role=alert]");
  button.disabled = true;
  alert.hidden = true;
  const refusal = await logIn(form.elements.email.value, form.elements.password.value);
  button.disabled = false;
  if (refusal) {
    alert.textContent = refusal;
    alert.hidden = false;
  } else {
    location.assign("/");
  }
});

function show() {
  for (const view of document.querySelectorAll("main")) {
    view.hidden = (view.id === "sign-up") !== (location.pathname === "/sign-up");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link) {
    event.preventDefault();
    history.pushState(null, "", link.href);
    show();
  }
});
document.addEventListener("DOMContentLoaded", show);
addEventListener("popstate", show);
