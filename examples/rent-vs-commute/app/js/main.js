// Wohnweg: from the form to the finished report. The address bar holds the task (?task=tk_…), so that a reload or a
// copied address in the same browser comes back to the same report.

import { ApiError, cancelTask, createReport, getTask, newKey, readable } from "./api.js";
import { byId, setText } from "./dom.js";
import { belongsToForm, createForm } from "./form.js";
import { applyEvent, applyTask, isOver, newRun } from "./run.js";
import { drawSample } from "./sample.js";
import { follow } from "./stream.js";
import { createWork } from "./work.js";

const form = createForm({ onSubmit: submit });
const work = createWork();
let run = null;
let stopFollowing = () => {};
let lastInput = null;
let isSending = false;
let wish = { text: "", key: "" }; // the search being sent; the same search sent again is the same task until answered

drawSample(byId("sample-map"), byId("sample-rows"));

// MARK: the search

async function submit(input) {
  if (isSending) return;
  isSending = true;
  form.busy(true);
  lastInput = input;
  const text = JSON.stringify(input);
  if (wish.text !== text) wish = { text, key: newKey() };
  try {
    const task = await createReport(input, wish.key);
    wish = { text: "", key: "" };
    history.pushState(null, "", `?task=${encodeURIComponent(task.id)}`);
    showReport(task.id, task);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code !== "unreachable") wish = { text: "", key: "" };
    showForm();
    form.showProblem(problem);
  } finally {
    isSending = false;
    form.busy(false);
  }
}

function showForm() {
  leave();
  setView("search");
  document.title = "Wohnweg: live where you can afford it, arrive on time";
}

// MARK: the report

async function showReport(id, known) {
  leave();
  setView("work");
  work.reset();
  const mine = newRun(id);
  run = mine;
  if (known) applyTask(mine, { ...known, result: null, problem: null });
  work.draw(mine);
  byId("work-title").focus({ preventScroll: true });
  scrollTo(0, 0);
  try {
    const task = await getTask(id);
    if (run !== mine) return;
    lastInput = task.input ?? lastInput;
    applyTask(mine, { ...task, state: isOver(task) ? "running" : task.state });
  } catch (error) {
    if (run !== mine) return;
    const problem = problemOf(error);
    if (problem.status >= 400 && problem.status < 500) {
      gone(problem);
      return;
    }
    // The server is away for the moment: the stream below waits for it.
  }
  work.draw(mine);
  watchRun(mine);
}

function watchRun(mine) {
  let isDue = false;
  const redraw = () => {
    if (isDue) return;
    isDue = true;
    // A timer, not a frame: pages in the background get no frames, and the title should still change.
    setTimeout(() => {
      isDue = false;
      if (run === mine) settle(mine);
    }, 40);
  };
  const ticking = setInterval(redraw, 400);
  const stop = follow(mine.id, {
    onEvent(event) {
      applyEvent(mine, event, Date.now());
      if (isOver(mine)) clearInterval(ticking);
      redraw();
    },
    onLink(isUp) {
      const line = byId("connection");
      line.hidden = isUp;
      setText(line, isUp ? "" : "Connection lost, carrying on as soon as it is back.");
    },
    onGone: gone,
  });
  stopFollowing = () => {
    clearInterval(ticking);
    stop();
  };
}

/** Draws the run and does what its end asks for. */
function settle(mine) {
  work.draw(mine);
  if (mine.state === "done" && !mine.result) fetchResult(mine);
  if (mine.state === "failed") failed(readable(mine.problem));
}

/** For a last event that came without the result. */
async function fetchResult(mine) {
  try {
    const task = await getTask(mine.id);
    mine.result = task.result ?? { areas: [] };
    if (run === mine) work.draw(mine);
  } catch (error) {
    if (run === mine) showTrouble(problemOf(error));
  }
}

function failed(problem) {
  if (!belongsToForm(problem)) {
    showTrouble(problem);
    return;
  }
  const input = run.input ?? lastInput;
  history.replaceState(null, "", location.pathname);
  showForm();
  if (input) form.fill(input);
  form.showProblem(problem);
}

/** The address names a task this browser may not see, or that is no longer there. */
function gone(problem) {
  byId("view-work").dataset.state = "failed";
  setText(byId("work-title"), "We cannot open this report");
  setText(byId("work-lead"), "");
  byId("cancel").hidden = true;
  const isUnknown = problem.status === 403 || problem.status === 404;
  showTrouble(isUnknown ? {
    ...problem,
    title: "Not in this browser",
    detail: "This report was made in another browser, or it has been removed. A new search takes less than a minute.",
  } : problem);
}

function showTrouble(problem) {
  byId("connection").hidden = true;
  setText(byId("problem-title"), problem.title);
  setText(byId("problem-detail"), problem.detail);
  byId("problem-id").hidden = !problem.request_id;
  setText(byId("problem-id"), problem.request_id ? `Request ${problem.request_id}` : "");
  byId("retry").hidden = !lastInput;
  byId("problem").hidden = false;
}

function leave() {
  stopFollowing();
  stopFollowing = () => {};
  run = null;
}

// MARK: the page

function setView(name) {
  byId("view-search").hidden = name !== "search";
  byId("view-work").hidden = name !== "work";
  document.body.dataset.view = name;
}

function problemOf(error) {
  if (error instanceof ApiError) return error.problem;
  console.error(error);
  return readable(null);
}

function changeSearch() {
  const input = run?.input ?? lastInput;
  history.pushState(null, "", location.pathname);
  showForm();
  form.clearErrors();
  if (input) form.fill(input);
  form.focus();
}

async function cancel() {
  const mine = run;
  if (!mine) return;
  byId("cancel").disabled = true;
  setText(byId("cancel"), "Stopping");
  try {
    await cancelTask(mine.id);
  } catch (error) {
    if (run !== mine || isOver(mine)) return;
    byId("cancel").disabled = false;
    setText(byId("cancel"), "Stop");
    setText(byId("connection"), problemOf(error).detail);
    byId("connection").hidden = false;
  }
}

/** Shows what the address says. */
function route() {
  const id = new URLSearchParams(location.search).get("task");
  if (id) showReport(id);
  else showForm();
}

byId("again").addEventListener("click", changeSearch);
byId("problem-edit").addEventListener("click", changeSearch);
byId("retry").addEventListener("click", () => lastInput && submit(lastInput));
byId("cancel").addEventListener("click", cancel);
byId("home").addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  if (location.search) history.pushState(null, "", location.pathname);
  showForm();
});
addEventListener("popstate", route);
route();
