// SolidJS: the log-in and the sign-up as two views of one signal.

import { createSignal, onCleanup, Show } from "solid-js";
import { render } from "solid-js/web";

import { logIn } from "../api.js";
import "../style.css";

function App() {
  const [path, setPath] = createSignal(location.pathname);
  const follow = () => setPath(location.pathname);
  addEventListener("popstate", follow);
  onCleanup(() => removeEventListener("popstate", follow));
  const go = (event) => {
    event.preventDefault();
    history.pushState(null, "", event.currentTarget.href);
    follow();
  };
  return (
    <Show when={path() === "/sign-up"} fallback={<LogIn go={go} />}>
      <SignUp go={go} />
    </Show>
  );
}

function LogIn(props) {
  const [email, setEmail] = createSignal("");
  const [password, setPassword] = createSignal("");
  const [pending, setPending] = createSignal(false);
  const [refusal, setRefusal] = createSignal(null);
  const submit = async (event) => {
    event.preventDefault();
    setPending(true);
    setRefusal(null);
    const refused = await logIn(email(), password());
    setPending(false);
    setRefusal(refused);
    if (!refused) {
      location.assign("/");
    }
  };
  return (
    <main>
      <h1>Log in</h1>
      <p>Use your email address.</p>
      <form onSubmit={submit}>
        <Show when={refusal()}>
          <p role="alert">{refusal()}</p>
        </Show>
        <Fields
          autocomplete="current-password"
          email={email()}
          setEmail={setEmail}
          password={password()}
          setPassword={setPassword}
        />
        <button disabled={pending()}>Log in</button>
      </form>
      <p>
        New to TikTok For Business? <a href="/sign-up" onClick={props.go}>Sign up</a>
      </p>
    </main>
  );
}

function SignUp(props) {
  const [email, setEmail] = createSignal("");
  const [password, setPassword] = createSignal("");
  return (
    <main>
      <h1>Sign up</h1>
      <p>Use your email address.</p>
      <form>
        <Fields
          autocomplete="new-password"
          email={email()}
          setEmail={setEmail}
          password={password()}
          setPassword={setPassword}
        />
        <button>Sign up</button>
      </form>
      <p>
        Already have an account? <a href="/log-in" onClick={props.go}>Log in</a>
      </p>
    </main>
  );
}

function Fields(props) {
  return (
    <>
      <label>
        Email address
        <input
          name="email"
          type="email"
          autocomplete="username"
          required
          value={props.email}
          onInput={(event) => props.setEmail(event.currentTarget.value)}
        />
      </label>
      <label>
        Password
        <input
          name="password"
          type="password"
          autocomplete={props.autocomplete}
          required
          value={props.password}
          onInput={(event) => props.setPassword(event.currentTarget.value)}
        />
      </label>
    </>
  );
}

render(() => <App />, document.getElementById("root"));
