// Supabase's form as its documentation has it, with a client that asks our host.

import { Auth } from "@supabase/auth-ui-react";
import { ThemeSupa } from "@supabase/auth-ui-shared";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

import { logIn } from "../api.js";
import "../style.css";
import "./stitches.css";

const client = {
  auth: {
    signInWithPassword: async ({ email, password }) => {
      const refusal = await logIn(email, password);
      return { error: refusal && { message: refusal } };
    },
    signUp: async () => ({ error: { message: "Not in the bench." } }),
    onAuthStateChange: () => ({ data: { subscription: { unsubscribe: () => {} } } }),
  },
};

const words = {
  email_label: "Email address",
  password_label: "Password",
  email_input_placeholder: "",
  password_input_placeholder: "",
};
const localization = {
  variables: {
    sign_in: { ...words, button_label: "Log in", loading_button_label: "Log in" },
    sign_up: { ...words, button_label: "Sign up", loading_button_label: "Sign up" },
  },
};

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
  const isSignUp = path === "/sign-up";
  return (
    <main>
      <h1>{isSignUp ? "Sign up" : "Log in"}</h1>
      <p>Use your email address.</p>
      <Auth
        supabaseClient={client}
        view={isSignUp ? "sign_up" : "sign_in"}
        appearance={{ theme: ThemeSupa }}
        localization={localization}
        providers={[]}
        showLinks={false}
      />
      {isSignUp ? (
        <p>
          Already have an account? <a href="/log-in" onClick={go}>Log in</a>
        </p>
      ) : (
        <p>
          New to TikTok For Business? <a href="/sign-up" onClick={go}>Sign up</a>
        </p>
      )}
    </main>
  );
}

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
