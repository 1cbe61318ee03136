// React: the log-in and the sign-up as two views of one state.

import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

import { logIn } from "../api.js";
import "../style.css";

function App() {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const follow = () => setPath(location.pathname);
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  const go = (event) => {
    event.preventDefault();
    history.pushState(null, "", event.currentTarget.href);
    setPath(location.pathname);
  };
  return path === "/sign-up" ? <SignUp go={go} /> : <LogIn go={go} />;
}

function LogIn({ go }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    setPending(true);
    setRefusal(null);
    const refused = await logIn(email, password);
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
        {refusal && <p role="alert">{refusal}</p>}
        <Fields autoComplete="current-password" {...{ email, setEmail, password, setPassword }} />
        <button disabled={pending}>Log in</button>
      </form>
      <p>
        New to TikTok For Business? <a href="/sign-up" onClick={go}>Sign up</a>
      </p>
    </main>
  );
}

function SignUp({ go }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  return (
    <main>
      <h1>Sign up</h1>
      <p>Use your email address.</p>
      <form>
        <Fields autoComplete="new-password" {...{ email, setEmail, password, setPassword }} />
        <button>Sign up</button>
      </form>
      <p>
        Already have an account? <a href="/log-in" onClick={go}>Log in</a>
      </p>
    </main>
  );
}

function Fields({ email, setEmail, password, setPassword, autoComplete }) {
  return (
    <>
      <label>
        Email address
        <input
          name="email"
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </label>
      <label>
        Password
        <input
          name="password"
          type="password"
          autoComplete={autoComplete}
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
    </>
  );
}

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
