// The host, as the pages of the bench ask it.

const PROBLEMS = {
  wrong_credentials: "The email address and the password don’t match. Check both and try again.",
};

/** Logs in; gives the words of a refusal, or null. */
export async function logIn(email, password) {
  const answer = await fetch("/api/log-in", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  }).catch(() => null);
  if (answer?.ok) {
    return null;
  }
  const problem = await answer?.json().catch(() => null);
  return PROBLEMS[problem?.code] ?? "That didn’t work. Try again.";
}
