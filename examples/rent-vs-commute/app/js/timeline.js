// The progress card: bar, current line, calm note, and the list of steps.

import { byId, h, setText, setVar } from "./dom.js";
import { fraction, isOver } from "./run.js";
import { duration, plural, stepTitle } from "./words.js";

/** Draws a run whenever `draw(run)` is called; the bar never goes back while it is the same run. */
export function createTimeline() {
  const list = byId("timeline");
  const items = new Map();
  let furthest = 0;

  function reset() {
    furthest = 0;
    items.clear();
    list.replaceChildren();
  }

  function draw(run) {
    furthest = Math.max(furthest, fraction(run, Date.now()));
    const percent = Math.floor(furthest * 100);
    const meter = byId("progress");
    meter.setAttribute("aria-valuenow", String(percent));
    setVar(meter, "--done", furthest.toFixed(4));
    meter.classList.toggle("meter-live", !isOver(run));
    setText(byId("percent"), `${percent}%`);
    const text = currentText(run);
    setText(byId("progress-text"), text);
    meter.setAttribute("aria-valuetext", `${percent} percent, ${text}`);

    const note = byId("note");
    note.hidden = !run.note;
    setText(note, run.note ?? "");

    for (const step of run.steps) if (isWanted(step, run)) drawStep(step);
    const tally = byId("tally");
    tally.hidden = !isOver(run);
    if (isOver(run)) setText(tally, tallyText(run));
  }

  function drawStep(step) {
    let item = items.get(step.name);
    if (!item) {
      const part = (name) => h("span", { class: name });
      const parts = { title: part("step-title"), detail: part("step-detail"), time: part("step-time") };
      const node = h("li", { "data-step": step.name }, h("span", { class: "step-sign", "aria-hidden": "true" }),
        h("span", { class: "step-words" }, parts.title, parts.detail), parts.time);
      item = { node, ...parts };
      items.set(step.name, item);
      list.append(node);
    }
    item.node.dataset.state = step.state;
    setText(item.title, stepTitle(step));
    setText(item.detail, detail(step));
    setText(item.time, step.state === "done" && step.ms !== null ? duration(step.ms) : "");
  }

  return { draw, reset };
}

/** The rent watch is on the list only for those who asked for it. */
const isWanted = (step, run) => step.name !== "watch" || run.input?.watch === true;

function detail(step) {
  if (step.state === "skipped") return "Not needed this time";
  if (step.state === "failed") return "Did not work";
  if (step.state === "running" && step.total) return [step.label, share(step)].filter(Boolean).join(", ");
  if (step.state === "done" && step.total) return plural(step.total, "neighbourhood", "neighbourhoods");
  return "";
}

const share = (step) => `${Math.min(step.done, step.total)} of ${step.total}`;

/** What is going on, e.g. "Fetching rents: Neukölln (12 of 34)". */
export function currentText(run) {
  if (run.state === "done") return "Your report is ready";
  if (run.state === "failed") return "Stopped by a problem";
  if (run.state === "cancelled") return "Stopped";
  const step = run.steps.find((each) => each.state === "running");
  if (!step) return run.state === "queued" ? "Getting ready" : "One moment";
  const title = stepTitle(step);
  if (!step.total) return title;
  return `${title}: ${step.label ? `${step.label} ` : ""}(${share(step)})`;
}

function tallyText(run) {
  const parts = [];
  if (run.ms) parts.push(`Made in ${duration(run.ms)}`);
  if (run.retried) parts.push(`asked again ${plural(run.retried, "time", "times")} where a service was busy`);
  if (run.resumed) parts.push("went on by itself after an interruption");
  return parts.length ? `${parts.join("; ")}.` : "";
}
