// What an entry page does before the app is there: it takes what is pressed and sent, says what a
// browser can see is missing, and asks the host at once where it knows how. What it can't do itself
// the app does when it comes (adopt.js), with the answer that came meanwhile.

(function () {
  const html = document.documentElement;
  const { arrives } = html.dataset;
  const named = (id) => document.getElementById(id);
  const isEarly = () => html.dataset.entry !== undefined;
  const on = (type, act) => addEventListener(type, (event) => isEarly() && act(event), true);
  // What was pressed and waits for the app, in its order; what was sent for it, with the answers under
  // way: promises of [status, text].
  const presses = [];
  const sent = [];
  window.portalEarly = { presses, sent };

  function busy(button, is) {
    button.ariaBusy = button.ariaDisabled = is ? "true" : null;
    if (is) {
      const spinner = '<span class="spinner" aria-hidden="true"></span>';
      button.insertAdjacentHTML("beforeend", spinner);
    } else {
      button.lastElementChild.remove();
    }
  }

  function post(name, request) {
    const path = `/api/${name}`;
    const body = JSON.stringify(request);
    const headers = { "content-type": "application/json" };
    // A page that is told of a guest is drawn for nobody; any other acts for its session.
    if (named("session")) {
      headers["portal-account"] = "none";
    }
    const key = crypto.randomUUID?.();
    if (key) {
      headers["idempotency-key"] = `"${key}"`;
    }
    const answer = fetch(path, { method: "POST", headers, body })
      .then(async (it) => [it.status, await it.text()])
      // The app says so.
      .catch(() => [0]);
    const it = { path, body, answer };
    sent.push(it);
    return it;
  }

  const drop = (list, it) => list.splice(list.indexOf(it), 1);

  // As src/features/authorization/departure.rs does it.
  async function depart(button) {
    try {
      const region = localStorage["portal.region"] ?? null;
      const request = { purpose: button.dataset.purpose, region, language: html.lang };
      const [status, text] = await post("begin-authorization", request).answer;
      if (isEarly() && status === 200) {
        // Whoever comes back by the browser's own button isn't sent there again.
        drop(presses, button);
        busy(button, false);
        sessionStorage["portal.away"] = Date.now() + 600_000;
        location.assign(JSON.parse(text).authorize_url);
      }
    } catch {
      // Where nothing may be stored, the app does it.
    }
  }

  // The page is read. Who comes back from TikTok waits for this alone.
  on("readystatechange", () => {
    if (arrives && !sent[0]) {
      post(arrives, { query: location.search.slice(1) });
    }
  });

  on("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("[type=submit]");
    const failure = form.querySelector(".form-failure");
    if (button.ariaBusy) {
      return;
    }
    for (const control of form.elements) {
      const missing = control.type === "checkbox" ? !control.checked : !control.value;
      control.setCustomValidity((missing && control.dataset.missing) || "");
    }
    if (!form.reportValidity()) {
      return;
    }
    failure.textContent = "";
    presses.push(form);
    busy(button, true);
    if (form.dataset.send && !location.search) {
      const { email, password } = form.elements;
      const request = { email: email.value.normalize("NFC"), password: password.value, then: null };
      const it = post(form.dataset.send, request);
      it.answer.then(([status, text]) => {
        const words = named(`early-${status}`);
        if (isEarly() && words && text.includes(words.dataset.code)) {
          drop(sent, it);
          drop(presses, form);
          busy(button, false);
          failure.append(words.content.cloneNode(true));
        }
      });
    }
  });

  on("click", (event) => {
    const button = event.target.closest("[type=button]");
    if (!button || button.ariaBusy) {
      return;
    }
    presses.push(button);
    if (button.matches(".button-tiktok")) {
      busy(button, true);
      if (button.dataset.purpose) {
        depart(button);
      }
    }
  });
})();
