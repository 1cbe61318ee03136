// What the portal's page promises beside the others, judged by medians.

const FRAME_MS = 1000 / 60;

const ms = (value) => `${Math.round(value)} ms`;

/** Each promise in words, whether it holds, and by which numbers. What needs the build before is
 * left out where none was given. */
export function bounds({ slow, fast }) {
  const [ours, was] = [slow.portal, slow.before];
  const atMost = (line, value, bound, unit = ms) => ({
    line,
    holds: value <= bound,
    is: `${unit(value)} of ${unit(bound)}`,
  });
  const below = (line, value, bound) => ({
    line,
    holds: value < bound,
    is: `${ms(value)}, which is to be below ${ms(bound)}`,
  });
  const lines = [
    atMost("slow: usable at most 1.15 × vanilla's", ours.usable, 1.15 * slow.vanilla.usable),
    below("slow: usable before Svelte's", ours.usable, slow.svelte.usable),
    below("slow: usable before SolidJS's", ours.usable, slow.solid.usable),
    atMost("slow: answered at most 1.6 × vanilla's", ours.answered, 1.6 * slow.vanilla.answered),
    below("slow: answered before React's", ours.answered, slow.react.answered),
    atMost(
      "fast: usable within 250 ms or 1.3 × vanilla's",
      fast.portal.usable,
      Math.max(250, 1.3 * fast.vanilla.usable),
    ),
    atMost("slow: files asked for after the press to Ads Manager", ours.adsManagerParts, 0, String),
  ];
  if (was) {
    lines.push(
      atMost("slow: script until idle at most 0.5 × the build before", ours.script, 0.5 * was.script),
      atMost(
        "fast: to the sign-up at most one frame longer than the build before",
        fast.portal.signUp,
        fast.before.signUp + FRAME_MS,
      ),
    );
  }
  return lines;
}
