// One measure against the visitor's limit: a bar, a tick at the limit, the figure beside it.

import { h, setVar } from "./dom.js";

/**
 * `value`, `limit` and `end` (where the scale ends) are in the same unit; a bar past the end is cut off there.
 * `kind` is "rent" or "way"; `text` is what is read.
 */
export function bar(kind, value, limit, end, text) {
  const over = value > limit;
  const element = h("span", { class: `bar bar-${kind}${over ? " bar-over" : ""}` },
    h("span", { class: "bar-track", "aria-hidden": "true" },
      h("span", { class: "bar-fill" }), h("span", { class: "bar-limit" })),
    h("span", { class: "bar-text" }, text));
  setVar(element, "--share", Math.max(0.02, Math.min(1, value / end)).toFixed(4));
  setVar(element, "--limit", (limit / end).toFixed(4));
  return element;
}

/** Where a scale for these values ends: beyond the limit, far enough for all values, at most three times the limit. */
export function scaleEnd(values, limit) {
  return Math.min(limit * 3, Math.max(limit * 1.3, ...values));
}
