// Everything the visitor reads that depends on data: money, times, names of steps and services.

const euros = new Intl.NumberFormat("en", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const count = new Intl.NumberFormat("en");

export const money = (value) => euros.format(value);
export const number = (value) => count.format(value);

/** Seconds or minutes, short: "0.4 s", "18 s", "1 min 5 s"; nothing for what nobody can notice. */
export function duration(ms) {
  if (ms < 50) return "";
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest ? `${Math.floor(seconds / 60)} min ${rest} s` : `${seconds / 60} min`;
}

export function plural(n, one, many) {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** A sentence starts with a capital and ends with a full stop. */
export function sentence(text) {
  const trimmed = String(text ?? "").trim();
  if (!trimmed) return "";
  const start = trimmed[0].toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}

// Steps by the name they have in the recipe: what is going on, and what it says when done. A step that is not
// listed here goes by its own title.
const STEPS = {
  geocode: ["Finding your office", "Found your office"],
  areas: ["Listing neighbourhoods", "Listed the neighbourhoods"],
  commute: ["Working out commutes", "Worked out the commutes"],
  rents: ["Fetching rents", "Fetched the rents"],
  ranking: ["Ranking neighbourhoods", "Ranked the neighbourhoods"],
  layout: ["Drawing the chart", "Drew the chart"],
  table: ["Writing the table", "Wrote the table"],
  report: ["Laying out your PDF", "Laid out your PDF"],
  pause: ["Taking a breath", "Took a breath"],
  watch: ["Setting up your rent watch", "Your rent watch is set"],
};

export function stepTitle(step) {
  const words = STEPS[step.name];
  if (!words) return step.title || step.name;
  return step.state === "done" ? words[1] : words[0];
}

const SERVICES = {
  geocoder: "address service",
  geocoding: "address service",
  transit: "transit service",
  rents: "rent service",
};

const serviceName = (provider) => SERVICES[provider] ?? "service we asked";

/** The calm line for a try that did not succeed at once, or null when there is nothing to say. */
export function waitNote(event) {
  if (event.outcome !== "retried") return null;
  const service = serviceName(event.provider);
  const seconds = Math.round((event.waited_ms ?? 0) / 1000);
  if (event.status === 429) {
    const wait = seconds >= 1 ? `${seconds} s` : "a moment";
    return `The ${service} asked us to wait ${wait}, carrying on.`;
  }
  if (event.status === null || event.status === undefined) {
    return `The ${service} did not answer in time, so we ask again.`;
  }
  return `The ${service} was busy for a moment, so we ask again.`;
}
